//! Replicas on machines with wrong clocks: all use the database server's clock.

use std::time::Duration;

use domain::id::MessageId;
use reqwest::Method;
use serde_json::Value;
use test_postgres::Cluster;

use super::{
    alone,
    fleet::{Fleet, NO_LIMITS, Replica, ask, message},
    server, until,
};
use crate::cli::{process::client, skew::Skew};

const DAY: i64 = 86_400;
const PATH: &str = "/api/v1/conversation/c/message";

/// A replica on a machine with this clock.
fn replica(server: &Cluster, skew: &Skew, more: &[(&str, &str)]) -> Replica {
    let variables = skew.variables();
    let mut all: Vec<_> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend(NO_LIMITS);
    all.extend(more);
    Replica::start(&server.url("postgres"), &all)
}

/// One replica on a machine whose clock is right, and one on a machine with this clock.
fn fleet(server: &Cluster, skew: &Skew, more: &[(&str, &str)]) -> Fleet {
    let mut fleet = Fleet::start(&server.url("postgres"), 1, &NO_LIMITS);
    fleet.replicas.push(replica(server, skew, more));
    fleet
}

async fn send(fleet: &Fleet, replica: usize, number: u64, idempotency_key: Option<&str>) -> String {
    let url = format!("{}{PATH}", fleet.address(replica));
    let key = idempotency_key.map(str::to_owned);
    let answer = ask(&client(), &fleet.key, Method::POST, &url, Some(message(number)), key).await.unwrap();
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body["data"]["messageId"].as_str().unwrap().to_owned()
}

async fn read(fleet: &Fleet, replica: usize, query: &str) -> Vec<Value> {
    let answer = fleet.ask(replica, Method::GET, &format!("{PATH}?limit=100{query}"), None).await;
    answer.body["data"]["messages"].as_array().unwrap().clone()
}

fn millis(id: &str) -> i64 {
    i64::try_from(MessageId::parse(id).unwrap().as_uuid().as_u128() >> 80).unwrap()
}

/// Inserts a message and an idempotency key that are three days old by the server's clock. When they are deleted,
/// housekeeping has run.
fn put_old(server: &Cluster) {
    let then = format!("((extract(epoch FROM now()) - {}) * 1000000)::bigint", 3 * DAY);
    server.query(&format!(
        r"INSERT INTO message SELECT 'w', 'old', '\x00000000000170008000000000000001', NULL,
            '\x00000000000170008000000000000001', 1, 'card', 'u', {then}, NULL, '{{}}'"
    ));
    server.query(&format!(
        r"INSERT INTO idempotency SELECT 'w', '\x00000000000170008000000000000001', 'old', sha256(''), {then}, '{{}}'"
    ));
}

async fn until_old_is_gone(server: &Cluster) {
    let left = "SELECT (SELECT count(*) FROM message WHERE conversation_id = 'old')
        + (SELECT count(*) FROM idempotency WHERE key = 'old')";
    until("the old message and key are deleted", async || server.query(left) == ["0"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_replica_two_days_ahead_deletes_only_what_is_old_by_the_servers_clock() {
    let _alone = alone().await;
    let server = server();
    let mut fleet = Fleet::start(&server.url("postgres"), 1, &NO_LIMITS);
    for number in 0..20 {
        send(&fleet, 0, number, None).await;
    }
    put_old(&server);
    let skew = Skew::of(2 * DAY);
    fleet.replicas.push(replica(&server, &skew, &[("WIDGETD_MESSAGE_RETENTION", "1d")]));
    until_old_is_gone(&server).await;
    for replica in [0, 1] {
        assert_eq!(read(&fleet, replica, "").await.len(), 20);
    }
    let warned = fleet.replicas[1].home.log();
    assert!(warned.contains("differs from the database server's by more than 5 seconds"), "{warned}");
    let metrics = client().get(fleet.replicas[1].service.url("/metrics")).send().await.unwrap().text().await.unwrap();
    let distance = metrics.lines().find_map(|line| line.strip_prefix("widgetd_clock_distance_seconds "));
    let distance: f64 = distance.unwrap().parse().unwrap();
    assert!((distance - 172_800.0).abs() < 60.0, "{distance}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_replica_25_hours_ahead_forgets_no_idempotency_key() {
    let _alone = alone().await;
    let server = server();
    let mut fleet = Fleet::start(&server.url("postgres"), 1, &NO_LIMITS);
    let first = send(&fleet, 0, 1, Some("k")).await;
    put_old(&server);
    let skew = Skew::of(25 * 3_600);
    fleet.replicas.push(replica(&server, &skew, &[("WIDGETD_MESSAGE_RETENTION", "1d")]));
    until_old_is_gone(&server).await;
    for replica in [1, 0] {
        assert_eq!(send(&fleet, replica, 1, Some("k")).await, first);
    }
    assert_eq!(read(&fleet, 0, "").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_replica_20_seconds_behind_hides_no_message_from_a_reader_that_continues() {
    let _alone = alone().await;
    let server = server();
    let skew = Skew::of(-20);
    let fleet = fleet(&server, &skew, &[]);
    for number in 0..5 {
        let last = send(&fleet, 0, 2 * number, None).await;
        // The tolerance is the round trips of two measurements.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let next = send(&fleet, 1, 2 * number + 1, None).await;
        let read = read(&fleet, 0, &format!("&cursor={last}")).await;
        assert_eq!(read.iter().map(|message| message["messageId"].as_str().unwrap()).collect::<Vec<_>>(), [next]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_replica_that_starts_20_years_ahead_keeps_the_right_partitions() {
    let _alone = alone().await;
    let server = server();
    let skew = Skew::of(20 * 365 * DAY);
    // It is the first replica, so it creates them.
    let ahead = replica(&server, &skew, &[]);
    let key = ahead.home.new_key();
    let mut fleet = Fleet { replicas: vec![ahead], key };
    fleet.replicas.push(replica(&server, &Skew::of(0), &[]));
    let now: i64 = server.query("SELECT extract(epoch FROM now())::bigint")[0].parse().unwrap();
    let bounds = server.query(
        "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relispartition AND relkind = 'r'
            AND relname NOT IN ('message_first', 'message_rest')",
    );
    assert!(!bounds.is_empty());
    for bound in bounds {
        // FOR VALUES FROM ('\x…') TO ('\x…'), each of which is six bytes of milliseconds.
        let seconds = |part: &str| i64::from_str_radix(&part[..12], 16).unwrap() / 1_000;
        let [from, to] = bound.split(r"'\x").skip(1).map(seconds).collect::<Vec<_>>()[..] else { panic!("{bound}") };
        assert!(to - from <= 28 * DAY && to <= now + 29 * DAY, "{bound}");
    }
    let ids = [send(&fleet, 0, 1, None).await, send(&fleet, 1, 2, None).await];
    let apart = millis(&ids[1]) - millis(&ids[0]);
    assert!(apart.abs() < 60_000, "{apart}");
}
