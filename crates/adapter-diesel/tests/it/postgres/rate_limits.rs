//! Limits that several processes share, each with a separate store on one database.

use std::sync::Arc;

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection as _};
use domain::{
    id::ApiKeyId,
    names::WorkspaceId,
    rate_limit::{LimitClass, RateDecision, RateLimit},
    time::Timestamp,
};
use futures_util::future::join_all;
use port_contract::rate_limiter::{Limiters, SetClock};
use ports::{Clock as _, RateLimiter, StoreError};
use test_postgres::Database;
use uuid::Uuid;

use super::fixture::{connect, connection, migrated};

async fn limiters() -> Limiters {
    let database = migrated().await;
    let clocks: [Arc<SetClock>; 2] = Default::default();
    let [one, other] = clocks.each_ref();
    let limiters: [Arc<dyn RateLimiter>; 2] = [
        Arc::new(connect(&database.url()).await.rate_limiter(one.clone())),
        Arc::new(connect(&database.url()).await.rate_limiter(other.clone())),
    ];
    Limiters { limiters, clocks, guard: Arc::new(database) }
}

mod contract {
    port_contract::rate_limiter_contract!(crate::postgres::rate_limits::limiters);
}

fn key(number: u128) -> ApiKeyId {
    ApiKeyId::from_uuid(Uuid::from_u128(number))
}

async fn take(limiter: &dyn RateLimiter, number: u128, limit: RateLimit) -> Result<RateDecision, StoreError> {
    limiter.take(&WorkspaceId::parse("workspace").unwrap(), key(number), LimitClass::Message, limit).await
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

async fn number(database: &Database, query: &str) -> i64 {
    sql_query(query).get_result::<Number>(&mut connection(database).await).await.unwrap().number
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_that_count_the_same_keys_never_deadlock() {
    let database = migrated().await;
    let clock = Arc::new(SetClock::default());
    let mut processes = Vec::new();
    for _ in 0..3 {
        processes.push(connect(&database.url()).await.rate_limiter(clock.clone()));
    }
    let limit = RateLimit::per_hour(1_000_000);
    // Each starts with another key, and a batch contains many of them.
    let asked = (0..1_000_u32).map(|n| take(&processes[n as usize % 3], u128::from(n * 17 % 100), limit));
    for decision in join_all(asked).await {
        assert!(decision.unwrap().allowed);
    }
    assert_eq!(number(&database, "SELECT sum(used)::bigint AS number FROM rate_window").await, 1_000);
    let deadlocks = "SELECT deadlocks AS number FROM pg_stat_database WHERE datname = current_database()";
    assert_eq!(number(&database, deadlocks).await, 0);
}

#[tokio::test]
async fn a_flood_by_one_key_is_rejected_without_a_query() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    let clock = Arc::new(SetClock::default());
    let limiter = store.rate_limiter(clock.clone());
    let limit = RateLimit { requests: 3, window_seconds: 60 };
    for _ in 0..3 {
        assert!(take(&limiter, 1, limit).await.unwrap().allowed);
    }
    store.close().await;
    for _ in 0..1_000 {
        assert!(!take(&limiter, 1, limit).await.unwrap().allowed);
    }
    let closed = Err(StoreError::Unavailable("the store is closed".to_owned()));
    assert_eq!(take(&limiter, 2, limit).await, closed);
    let end = Timestamp::from_micros(clock.now().as_micros() + 60_000_000);
    clock.set(end);
    assert_eq!(take(&limiter, 1, limit).await, closed, "a new window is the database's affair");
    assert_eq!(number(&database, "SELECT used AS number FROM rate_window").await, 3);
}

#[tokio::test]
async fn a_failed_count_is_unavailable_and_recovers() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    let limiter = store.rate_limiter(Arc::new(SetClock::default()));
    let limit = RateLimit::per_hour(10);
    assert_eq!(take(&limiter, 1, limit).await.unwrap().remaining, 9);

    let mut other = connection(&database).await;
    other.batch_execute("BEGIN; LOCK TABLE rate_window IN SHARE MODE").await.unwrap();
    let held_up = take(&limiter, 1, limit).await;
    assert!(matches!(&held_up, Err(StoreError::Unavailable(why)) if why.contains("timeout")), "{held_up:?}");
    other.batch_execute("ROLLBACK").await.unwrap();
    assert_eq!(take(&limiter, 1, limit).await.unwrap().remaining, 8);

    let terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE datname = current_database() AND pid <> pg_backend_pid()";
    other.batch_execute(terminate).await.unwrap();
    // The first request may discover the lost connection.
    let mut answers = Vec::new();
    while answers.len() < 50 && !matches!(answers.last(), Some(Ok(_))) {
        answers.push(take(&limiter, 1, limit).await);
    }
    let last = answers.pop().unwrap().unwrap();
    assert_eq!(last.remaining, 7);
    assert!(answers.iter().all(|answer| matches!(answer, Err(StoreError::Unavailable(_)))), "{answers:?}");
}

/// An index on a changing column would grow with every count.
#[tokio::test]
async fn only_the_primary_key_of_a_count_is_indexed() {
    let database = migrated().await;
    let query = "SELECT sum(indnkeyatts)::bigint AS number FROM pg_index WHERE indrelid = 'rate_window'::regclass";
    assert_eq!(number(&database, query).await, 3);
}
