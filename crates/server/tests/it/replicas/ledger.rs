use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use reqwest::Method;
use serde_json::Value;

use super::fleet::{Fleet, ask};
use crate::cli::process::client;

/// What the load saw.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// The id of each message that was acknowledged, by its number.
    pub(super) acknowledged: BTreeMap<u64, String>,
    /// Numbers that were sent once, without a key, and not acknowledged.
    pub(super) uncertain: BTreeSet<u64>,
    /// How many messages were acknowledged only when they were sent again.
    pub(super) repeated: u64,
    /// How many answers were 503.
    pub(super) unavailable: u64,
    /// How many requests got no answer.
    pub(super) cut: u64,
    /// Answers that nobody should get.
    pub(super) unexpected: Vec<String>,
    /// The longest that anybody waited for an answer, or for being cut off.
    pub(super) slowest: Duration,
}

impl Ledger {
    /// Whether each acknowledged message is in the conversation exactly once, under the id that was told, and nothing is
    /// there twice or from nowhere.
    pub(super) async fn check(&self, fleet: &Fleet, conversation: &str) {
        assert!(self.unexpected.is_empty(), "{:?}\n{}", &self.unexpected, fleet.logs());
        let found = read_all(fleet, conversation).await;
        let twice: Vec<_> = found.iter().filter(|(_, ids)| ids.len() > 1).collect();
        assert!(twice.is_empty(), "{} numbers are there more than once: {twice:?}", twice.len());
        let found: BTreeMap<u64, String> = found.into_iter().map(|(number, ids)| (number, ids[0].clone())).collect();
        let lost: Vec<_> = self.acknowledged.iter().filter(|(number, id)| found.get(number) != Some(id)).collect();
        assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), self.acknowledged.len());
        let is_known = |number: &u64| self.acknowledged.contains_key(number) || self.uncertain.contains(number);
        let strange: Vec<_> = found.keys().filter(|number| !is_known(number)).collect();
        assert!(strange.is_empty(), "from nowhere: {strange:?}");
    }

    /// The numbers that are in the conversation although nobody was told so.
    pub(super) async fn untold(&self, fleet: &Fleet, conversation: &str) -> Vec<u64> {
        let found = read_all(fleet, conversation).await;
        found.into_keys().filter(|number| !self.acknowledged.contains_key(number)).collect()
    }
}

/// All messages of the conversation: their ids, by their numbers.
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
