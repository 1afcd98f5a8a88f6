//! Tests of behavior that no port exposes.

mod abandoned;
mod batcher;
mod group_commit;
mod plans;

use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use diesel::{QueryableByName, sql_query, sql_types::BigInt, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _};
use domain::{access::ApiKeySecret, names::WorkspaceId, widget::WidgetKey};
use ports::{ApiKeyStore, StoreError, WidgetStore as _};
use test_postgres::{Database, Server};
use tokio::{
    runtime::{Builder, Runtime},
    sync::Barrier,
};

use super::{PostgresStore, engine::transaction::TxError};

pub(super) async fn store() -> (PostgresStore, Database) {
    static RUNTIME: LazyLock<Runtime> =
        LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());
    let database = Database::empty(Server::shared());
    let store = PostgresStore::connect(&database.url(), RUNTIME.handle().clone()).await.unwrap();
    store.migrate().await.unwrap();
    (store, database)
}

async fn execute(connection: &mut AsyncPgConnection, statement: &str) -> Result<(), TxError<StoreError>> {
    Ok(connection.batch_execute(statement).await?)
}

/// Two transactions lock two rows in opposite order. PostgreSQL rolls back one of them, and it is retried.
#[tokio::test]
async fn a_transaction_that_a_deadlock_undid_is_retried() {
    let (store, _database) = store().await;
    let rows = "CREATE TABLE row (n int PRIMARY KEY, times int); INSERT INTO row VALUES (1, 0), (2, 0)";
    store.database.transaction(async |connection| execute(connection, rows).await).await.unwrap();
    let (both_have_one, runs) = (Barrier::new(2), AtomicU32::new(0));
    let run = async |first: u32, second: u32| {
        let work = async |connection: &mut AsyncPgConnection| {
            let add = |n| format!("UPDATE row SET times = times + 1 WHERE n = {n}");
            execute(connection, &add(first)).await?;
            if runs.fetch_add(1, Ordering::Relaxed) < 2 {
                both_have_one.wait().await;
            }
            execute(connection, &add(second)).await
        };
        store.database.transaction(work).await
    };
    let (one, other) = tokio::join!(run(1, 2), run(2, 1));
    assert_eq!((one, other), (Ok(()), Ok(())));
    // One of them twice; more often if it returns before the other has continued.
    assert!(runs.into_inner() >= 3);
    let undone = "DO $$ BEGIN ASSERT (SELECT min(times) = 2 AND max(times) = 2 FROM row); END $$";
    store.database.transaction(async |connection| execute(connection, undone).await).await.unwrap();
}

#[tokio::test]
async fn a_failed_transaction_is_rolled_back_and_leaves_the_connection_usable() {
    let (store, _database) = store().await;
    let error = store
        .database
        .transaction(async |connection| {
            execute(connection, "CREATE TABLE half (n int)").await?;
            execute(connection, "SELECT 1 / 0").await
        })
        .await;
    assert_eq!(error, Err(StoreError::Internal("division by zero".to_owned())));
    let refused = store
        .database
        .transaction(async |connection| {
            execute(connection, "CREATE TABLE half (n int)").await?;
            Err::<(), _>(TxError::Domain(StoreError::Internal("refused".to_owned())))
        })
        .await;
    assert_eq!(refused, Err(StoreError::Internal("refused".to_owned())));
    store
        .database
        .transaction(async |connection| execute(connection, "CREATE TABLE half (n int)").await)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_canceled() {
    let (store, _database) = store().await;
    let slow = store.database.run(async |connection| execute(connection, "SELECT pg_sleep(60)").await);
    let error = tokio::time::timeout(Duration::from_secs(8), slow).await.unwrap();
    assert_eq!(error, Err(StoreError::Unavailable("canceling statement due to statement timeout".to_owned())));
}

#[derive(QueryableByName, Debug)]
struct Prepared {
    #[diesel(sql_type = Text)]
    statement: String,
    #[diesel(sql_type = BigInt)]
    times: i64,
}

/// The queries of every message are prepared once for each connection.
#[tokio::test]
async fn the_statements_of_the_hot_path_are_prepared_once() {
    let (store, _database) = store().await;
    let workspace = WorkspaceId::parse("w").unwrap();
    for n in 0..5 {
        ApiKeyStore::find(&store, ApiKeySecret::from_random(n).hash()).await.unwrap();
        store.contract(&workspace, &WidgetKey::parse(format!("key-{n}")).unwrap()).await.unwrap();
    }
    let query = "SELECT statement, generic_plans + custom_plans AS times FROM pg_prepared_statements
                 WHERE statement LIKE 'SELECT \"api_key\".%' OR statement LIKE 'SELECT \"widget\".%'";
    let prepared = store
        .database
        .run::<_, StoreError>(async |connection| Ok(sql_query(query).load::<Prepared>(connection).await?))
        .await
        .unwrap();
    let times: Vec<i64> = prepared.iter().map(|prepared| prepared.times).collect();
    assert_eq!(times, [5, 5], "{:?}", prepared.iter().map(|prepared| &prepared.statement).collect::<Vec<_>>());
}
