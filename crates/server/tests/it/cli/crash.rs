use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use reqwest::Client;
use serde_json::{Value, json};

use super::process::Home;

const SENDERS: u64 = 16;

/// Sends until the service has ended. Returns the id and the number of each message that was acknowledged.
async fn send_until_killed(
    client: Client,
    url: String,
    key: String,
    sender: u64,
    sent: Arc<AtomicU64>,
) -> Vec<(String, u64)> {
    let mut acknowledged = Vec::new();
    for number in (sender..).step_by(usize::try_from(SENDERS).unwrap()) {
        let data = json!({"stages": [{"name": "Leads", "count": number}]});
        let message = json!({"type": "widget", "widgetKey": "sales-funnel-progress", "data": data});
        let Ok(answer) = client.post(&url).bearer_auth(&key).json(&message).send().await else { break };
        assert_eq!(answer.status(), 201);
        let Ok(body) = answer.json::<Value>().await else { break };
        acknowledged.push((body["data"]["messageId"].as_str().unwrap().to_owned(), number));
        sent.fetch_add(1, Ordering::Relaxed);
    }
    acknowledged
}

/// All messages of the conversation: their ids and numbers.
async fn read_all(client: &Client, url: &str, key: &str) -> HashMap<String, u64> {
    let mut found = HashMap::new();
    let mut page = format!("{url}?limit=100");
    loop {
        let answer = client.get(&page).bearer_auth(key).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let body: Value = answer.json().await.unwrap();
        for message in body["data"]["messages"].as_array().unwrap() {
            let number = message["data"]["stages"][0]["count"].as_u64().unwrap();
            found.insert(message["messageId"].as_str().unwrap().to_owned(), number);
        }
        match body["data"]["nextCursor"].as_str() {
            Some(cursor) => page = format!("{url}?limit=100&cursor={cursor}"),
            None => return found,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_under_load_loses_no_acknowledged_message() {
    let home = Home::migrated();
    let key = home.new_key();
    let client = super::process::client();
    let no_limit = [("WIDGETD_RATE_LIMIT_MESSAGE", "off")];
    let mut acknowledged = HashMap::new();
    for round in 0..3 {
        let mut service = home.start_with(&no_limit);
        let url = service.url("/api/v1/conversation/c/message");
        let sent = Arc::new(AtomicU64::new(0));
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let begin = round * 1_000_000_000 + sender;
                tokio::spawn(send_until_killed(client.clone(), url.clone(), key.clone(), begin, Arc::clone(&sent)))
            })
            .collect();
        while sent.load(Ordering::Relaxed) < 300 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        service.signal("KILL");
        service.wait();
        for sender in senders {
            acknowledged.extend(sender.await.unwrap());
        }
    }
    let service = home.start_with(&no_limit);
    let found = read_all(&client, &service.url("/api/v1/conversation/c/message"), &key).await;
    let lost: Vec<_> = acknowledged.iter().filter(|(id, number)| found.get(*id) != Some(number)).collect();
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), acknowledged.len());
    // There may be more: messages whose answer the kill cut off, at most one a sender and round.
    assert!(found.len() - acknowledged.len() <= 48, "{} found, {} acknowledged", found.len(), acknowledged.len());
}
