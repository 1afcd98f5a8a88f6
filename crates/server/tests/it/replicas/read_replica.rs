use std::time::Duration;

use reqwest::Method;
use serde_json::Value;
use test_postgres::{Cluster, Shutdown};

use super::{
    alone,
    fleet::{Fleet, NO_LIMITS, message},
    server, until,
};
use crate::harness::{WIDGETS, message_path, messages_path, widget, widget_path};

/// A replica that reads from a standby, which is up to date.
async fn followed() -> (Cluster, Cluster, Fleet) {
    let primary = server();
    let standby = primary.standby();
    let read = standby.url("postgres");
    let variables: Vec<_> = NO_LIMITS.into_iter().chain([("WIDGETD_READ_DATABASE_URL", read.as_str())]).collect();
    let fleet = Fleet::start(&primary.url("postgres"), 1, &variables);
    let written = primary.query("SELECT pg_current_wal_lsn()");
    let has_it = format!("SELECT pg_last_wal_replay_lsn() >= '{}'", written[0]);
    until("the standby has it all", async || standby.query(&has_it) == ["t"]).await;
    (primary, standby, fleet)
}

/// Pauses replay on the standby: it shows no later change.
async fn pause(standby: &Cluster) {
    standby.query("SELECT pg_wal_replay_pause()");
    let is_paused = async || standby.query("SELECT pg_get_wal_replay_pause_state()") == ["paused"];
    until("the standby shows nothing new", is_paused).await;
}

async fn get(fleet: &Fleet, path: &str) -> Value {
    let answer = fleet.ask(0, Method::GET, path, None).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body["data"].clone()
}

/// Sends a message and returns its id.
async fn send(fleet: &Fleet, conversation: &str) -> String {
    let sent = fleet.ask(0, Method::POST, &messages_path(conversation), Some(message(1))).await;
    assert_eq!(sent.status, 201, "{sent:?}");
    sent.body["data"]["messageId"].as_str().unwrap().to_owned()
}

async fn count(fleet: &Fleet, conversation: &str) -> usize {
    get(fleet, &messages_path(conversation)).await["messages"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn lists_and_conversations_are_read_from_the_replica() {
    let _alone = alone().await;
    let (_primary, standby, fleet) = followed().await;
    pause(&standby).await;
    let sent = send(&fleet, "c").await;
    let made = fleet.ask(0, Method::POST, WIDGETS, Some(widget("card"))).await.body["data"]["id"].clone();
    assert_eq!(count(&fleet, "c").await, 0);
    assert_eq!(get(&fleet, WIDGETS).await["widgets"], Value::Array(Vec::new()));
    // Reads by id go to the primary.
    assert_eq!(get(&fleet, &message_path("c", &sent)).await["messageId"], sent.as_str());
    assert_eq!(get(&fleet, &widget_path(made.as_str().unwrap())).await["id"], made);
    standby.query("SELECT pg_wal_replay_resume()");
    until("the message is listed", async || count(&fleet, "c").await == 1).await;
    until("the widget is listed", async || get(&fleet, WIDGETS).await["widgets"][0]["id"] == made).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn without_the_replica_everything_is_read_from_the_primary() {
    let _alone = alone().await;
    let (_primary, standby, fleet) = followed().await;
    assert_eq!(count(&fleet, "a").await, 0);

    let frozen = standby.freeze();
    send(&fleet, "a").await;
    let list = fleet.ask(0, Method::GET, &messages_path("a"), None).await;
    assert!(list.status == 200 && list.took < Duration::from_secs(5), "{list:?}");
    assert_eq!(list.body["data"]["messages"].as_array().unwrap().len(), 1);
    frozen.thaw();

    tokio::task::block_in_place(|| standby.stop(Shutdown::Immediate));
    send(&fleet, "a").await;
    assert_eq!(count(&fleet, "a").await, 2);

    tokio::task::block_in_place(|| standby.start_again());
    pause(&standby).await;
    let mut round = 0;
    let is_read_there = async || {
        round += 1;
        let conversation = format!("again-{round}");
        send(&fleet, &conversation).await;
        count(&fleet, &conversation).await == 0
    };
    until("the replica is read from again", is_read_there).await;
}
