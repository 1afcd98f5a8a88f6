//! A server that is unreachable, shuts down, or does not respond in time.

use std::time::{Duration, Instant};

use adapter_diesel::{ConnectError, PostgresStore};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection as _};
use domain::{
    access::{ApiKey, ApiKeySecret, Permissions},
    id::ApiKeyId,
    names::{UserId, WorkspaceId},
    time::Timestamp,
};
use ports::{ApiKeyStore as _, Housekeeping as _, StoreError};
use test_postgres::{Database, Server};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::fixture::{connect, connection, migrated, runtime};

fn key(n: u128) -> (ApiKey, domain::access::SecretHash) {
    let key = ApiKey {
        id: ApiKeyId::from_uuid(Uuid::from_u128(n)),
        workspace: WorkspaceId::parse("workspace").unwrap(),
        user: UserId::parse("user").unwrap(),
        permissions: Permissions::all(),
        created_at: Timestamp::from_micros(1),
        revoked_at: None,
    };
    (key, ApiKeySecret::from_random(n).hash())
}

#[tokio::test]
async fn an_unreachable_server_is_unavailable_and_its_password_is_not_shown() {
    let error = PostgresStore::connect("postgres://u:secret@127.0.0.1:1/d", runtime()).await.unwrap_err();
    assert!(matches!(error, ConnectError::Refused(StoreError::Unavailable(_))), "{error:?}");
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("onnection refused") && !shown.contains("secret"), "{shown}");
}

#[tokio::test]
async fn a_server_that_does_not_respond_is_unavailable_within_seconds() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("postgres://u@{}/d?sslmode=disable", silent.local_addr().unwrap());
    let begin = Instant::now();
    let error = PostgresStore::connect(&url, runtime()).await.unwrap_err();
    assert!(matches!(error, ConnectError::Refused(StoreError::Unavailable(_))), "{error:?}");
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn a_closed_store_is_unavailable() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    store.ping().await.unwrap();
    store.close().await;
    store.close().await;
    assert_eq!(store.ping().await, Err(StoreError::Unavailable("the store is closed".to_owned())));
    assert!(matches!(store.migrate().await, Err(StoreError::Unavailable(_))));
}

#[tokio::test]
async fn a_database_without_tables_fails_the_ping() {
    let database = Database::empty(Server::shared());
    let error = connect(&database.url()).await.ping().await.unwrap_err();
    assert_eq!(error, StoreError::Internal("relation \"api_key\" does not exist".to_owned()));
}

#[tokio::test]
async fn connections_outlive_the_runtime_they_were_first_used_on() {
    let database = migrated().await;
    let url = database.url();
    let store = tokio::task::spawn_blocking(move || {
        let brief = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        brief.block_on(async {
            let store = connect(&url).await;
            store.ping().await.unwrap();
            store
        })
    })
    .await
    .unwrap();
    let before = backends(&database).await;
    store.ping().await.unwrap();
    assert_eq!((before.len(), backends(&database).await), (1, before), "the same connection");
}

#[tokio::test]
async fn a_store_recovers_from_lost_connections() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    store.ping().await.unwrap();
    let terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE datname = current_database() AND pid <> pg_backend_pid()";
    connection(&database).await.batch_execute(terminate).await.unwrap();
    let begin = Instant::now();
    loop {
        match store.ping().await {
            Ok(()) => break,
            Err(error) => assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}"),
        }
        assert!(begin.elapsed() < Duration::from_secs(2), "it does not recover");
    }
}

#[tokio::test]
async fn a_lock_that_is_held_too_long_is_unavailable_and_reads_continue() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    let (key, hash) = key(1);
    let mut other = connection(&database).await;
    other.batch_execute("BEGIN; LOCK TABLE api_key IN SHARE MODE").await.unwrap();
    let begin = Instant::now();
    let (written, read) = tokio::join!(store.add(&key, hash), store.find(hash));
    assert_eq!(read, Ok(None));
    assert!(matches!(&written, Err(StoreError::Unavailable(why)) if why.contains("timeout")), "{written:?}");
    assert!(begin.elapsed() < Duration::from_secs(8), "{:?}", begin.elapsed());
    other.batch_execute("ROLLBACK").await.unwrap();
    store.add(&key, hash).await.unwrap();
    assert_eq!(store.find(hash).await.unwrap(), Some(key));
}

#[tokio::test]
async fn a_caller_that_stops_waiting_leaves_no_transaction_and_no_lock() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    let mut other = connection(&database).await;
    other.batch_execute("BEGIN; LOCK TABLE api_key IN SHARE MODE").await.unwrap();
    let (key, hash) = key(1);
    let gone = tokio::time::timeout(Duration::from_millis(300), store.add_first(&key, hash)).await;
    assert!(gone.is_err(), "it waits for the lock");
    other.batch_execute("ROLLBACK").await.unwrap();
    assert!(store.add_first(&key, hash).await.unwrap(), "nothing was added by the one who went");
}

#[derive(diesel::QueryableByName, PartialEq, Debug)]
struct Backend {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pid: i32,
}

async fn backends(database: &Database) -> Vec<Backend> {
    let query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'widgetd'";
    diesel::sql_query(query).load(&mut connection(database).await).await.unwrap()
}
