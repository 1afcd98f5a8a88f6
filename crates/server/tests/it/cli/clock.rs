//! Data stays when the machine's clock is wrong.

use std::time::{Duration, Instant};

use domain::id::MessageId;
use serde_json::{Value, json};

use super::{
    process::{Home, Service, TIMEOUT, client},
    skew::Skew,
};
use crate::harness::Backend;

const DAY: i64 = 86_400;

fn start(home: &Home, skew: &Skew, more: &[(&str, &str)]) -> Service {
    let variables = skew.variables();
    let mut all: Vec<_> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.extend(more);
    home.start_with(&all)
}

async fn ask(service: &Service, key: &str, message: Option<u64>, idempotency_key: Option<&str>) -> Value {
    let url = service.url("/api/v1/conversation/c/message");
    let request = match message {
        None => client().get(url),
        Some(count) => client().post(url).json(&json!({
            "type": "widget", "widgetKey": "sales-funnel-progress", "data": {"stages": [{"name": "Leads", "count": count}]},
        })),
    };
    let request = idempotency_key.into_iter().fold(request, |request, key| request.header("Idempotency-Key", key));
    let answer = request.bearer_auth(key).send().await.unwrap();
    assert!(answer.status().is_success(), "{answer:?}");
    let body: Value = answer.json().await.unwrap();
    body["data"].clone()
}

async fn count(service: &Service, key: &str) -> usize {
    ask(service, key, None, None).await["messages"].as_array().unwrap().len()
}

/// The time at which the id was created, in seconds.
fn made_at(message: &Value) -> i64 {
    let id = MessageId::parse(message["messageId"].as_str().unwrap()).unwrap();
    i64::try_from(id.as_uuid().as_u128() >> 80).unwrap() / 1_000
}

async fn gauge(service: &Service, name: &str) -> f64 {
    let text = client().get(service.url("/metrics")).send().await.unwrap().text().await.unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).parse().unwrap()
}

#[tokio::test]
async fn ids_go_back_with_a_clock_that_was_briefly_a_day_ahead() {
    let (home, skew) = (Home::migrated(), Skew::of(0));
    let key = home.new_key();
    let service = start(&home, &skew, &[]);
    let before = made_at(&ask(&service, &key, Some(1), None).await);
    skew.set(DAY);
    let ahead = made_at(&ask(&service, &key, Some(2), None).await) - before;
    // The server's clock was not ahead.
    let expected = if Backend::chosen() == Backend::Sqlite { DAY } else { 0 };
    assert!((expected..expected + 600).contains(&ahead), "{ahead}");
    skew.set(0);
    let after = made_at(&ask(&service, &key, Some(3), None).await) - before;
    assert!((0..600).contains(&after), "{after}");
}

/// SQLite only: on PostgreSQL the server's clock counts, which is right here.
#[tokio::test]
async fn a_start_on_sqlite_with_a_clock_days_ahead_suspends_deletions() {
    if Backend::chosen() != Backend::Sqlite {
        return;
    }
    let (home, skew) = (Home::migrated(), Skew::of(0));
    let key = home.new_key();
    let service = start(&home, &skew, &[]);
    let sent = ask(&service, &key, Some(1), Some("k")).await;
    assert_eq!(gauge(&service, "widgetd_deletions_suspended").await, 0.0);
    drop(service);
    // Forward, back, and forward again by less than a day: deletions stay suspended.
    for seconds in [2 * DAY, 0, DAY / 2] {
        skew.set(seconds);
        let service = start(&home, &skew, &[("WIDGETD_MESSAGE_RETENTION", "1d")]);
        let begin = Instant::now();
        while !home.log().contains("deletions of messages and idempotency keys are suspended until") {
            assert!(begin.elapsed() < TIMEOUT, "{}", home.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(gauge(&service, "widgetd_deletions_suspended").await, 1.0);
        assert_eq!(ask(&service, &key, Some(1), Some("k")).await["messageId"], sent["messageId"]);
        assert_eq!(count(&service, &key).await, 1);
    }
}
