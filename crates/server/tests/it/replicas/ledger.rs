use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use reqwest::Method;
use serde_json::Value;

use super::fleet::{Fleet, ask};
use crate::cli::process::client;

/// The results of the load's requests.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// The ids of the acknowledged messages, by number.
    pub(super) acknowledged: BTreeMap<u64, String>,
    /// The numbers of messages that were sent once, without a key, and not acknowledged.
    pub(super) uncertain: BTreeSet<u64>,
    /// The number of messages that were acknowledged only after a retry.
    pub(super) repeated: u64,
    /// The number of 503 answers.
    pub(super) unavailable: u64,
    /// The number of requests without an answer.
    pub(super) cut: u64,
    /// Answers that should not occur.
    pub(super) unexpected: Vec<String>,
    /// The longest time until an answer or a disconnect.
    pub(super) slowest: Duration,
}

impl Ledger {
    /// Panics unless the conversation has each acknowledged message exactly once, with its acknowledged id, and no message
    /// that was not sent.
    pub(super) async fn check(&self, fleet: &Fleet, conversation: &str) {
        assert!(self.unexpected.is_empty(), "{:?}\n{}", &self.unexpected, fleet.logs());
        let found = read_all(fleet, conversation).await;
        let twice: Vec<_> = found.iter().filter(|(_, ids)| ids.len() > 1).collect();
        assert!(twice.is_empty(), "{} messages are duplicated: {twice:?}", twice.len());
        let found: BTreeMap<u64, String> = found.into_iter().map(|(number, ids)| (number, ids[0].clone())).collect();
        let lost: Vec<_> = self.acknowledged.iter().filter(|(number, id)| found.get(number) != Some(id)).collect();
        assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), self.acknowledged.len());
        let is_known = |number: &u64| self.acknowledged.contains_key(number) || self.uncertain.contains(number);
        let strange: Vec<_> = found.keys().filter(|number| !is_known(number)).collect();
        assert!(strange.is_empty(), "never sent: {strange:?}");
    }

    /// The numbers of messages that are in the conversation and were not acknowledged.
    pub(super) async fn unacknowledged(&self, fleet: &Fleet, conversation: &str) -> Vec<u64> {
        let found = read_all(fleet, conversation).await;
        found.into_keys().filter(|number| !self.acknowledged.contains_key(number)).collect()
    }
}

/// The ids of all messages of the conversation, by number.
async fn read_all(fleet: &Fleet, conversation: &str) -> BTreeMap<u64, Vec<String>> {
    let (mut found, client) = (BTreeMap::<u64, Vec<String>>::new(), client());
    let url = format!("{}/api/v1/conversation/{conversation}/message?limit=100", fleet.address(0));
    let mut page = url.clone();
    loop {
        let answer = ask(&client, &fleet.key, Method::GET, &page, None, None).await.unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
        for message in answer.body["data"]["messages"].as_array().unwrap() {
            let number = message["data"]["stages"][0]["count"].as_u64().unwrap();
            found.entry(number).or_default().push(message["messageId"].as_str().unwrap().to_owned());
        }
        match &answer.body["data"]["nextCursor"] {
            Value::String(cursor) => page = format!("{url}&cursor={cursor}"),
            _ => return found,
        }
    }
}
