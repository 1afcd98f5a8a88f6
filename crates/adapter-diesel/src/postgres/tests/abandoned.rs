//! Callers that stop waiting: HTTP clients go away.

use std::time::Duration;

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::future::join_all;
use test_postgres::Database;
use tokio::time::timeout;

use super::{
    super::{PostgresStore, engine::transaction::Stop},
    execute,
    group_commit::count,
    store,
};

const BRIEF: Duration = Duration::from_millis(100);

async fn connection(database: &Database) -> AsyncPgConnection {
    AsyncPgConnection::establish(&database.url()).await.unwrap()
}

/// Returns once no session of the store is in a transaction or at work.
async fn nothing_goes_on(other: &mut AsyncPgConnection) {
    let busy = "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database()
                AND application_name = 'widgetd' AND state <> 'idle'";
    let wait = async {
        while count(other, busy).await > 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(2), wait).await.expect("what was abandoned ends soon");
}

async fn read(store: &PostgresStore, statement: &str) -> Result<(), ports::StoreError> {
    store.read(async |connection| execute(connection, statement).await).await
}

#[tokio::test]
async fn an_abandoned_transaction_is_undone_at_once() {
    let (store, database) = store().await;
    let mut other = connection(&database).await;
    other.batch_execute("CREATE TABLE row (n int PRIMARY KEY)").await.unwrap();
    let stands_still = store.write(async |connection| {
        execute(connection, "INSERT INTO row VALUES (1)").await?;
        std::future::pending::<Result<(), Stop<ports::StoreError>>>().await
    });
    assert!(timeout(BRIEF, stands_still).await.is_err());
    nothing_goes_on(&mut other).await;
    other.batch_execute("SET lock_timeout = '1s'; INSERT INTO row VALUES (1)").await.unwrap();
}

#[tokio::test]
async fn an_abandoned_statement_is_ended_at_once() {
    let (store, database) = store().await;
    let mut other = connection(&database).await;
    assert!(timeout(BRIEF, read(&store, "SELECT pg_sleep(5)")).await.is_err());
    nothing_goes_on(&mut other).await;
}

/// Else who comes next would stand behind a statement that nobody waits for.
#[tokio::test]
async fn abandoned_reads_hold_up_nobody() {
    let (store, _database) = store().await;
    for _ in 0..10 {
        let gone = join_all((0..6).map(|_| read(&store, "SELECT pg_sleep(5)")));
        assert!(timeout(BRIEF, gone).await.is_err());
    }
    timeout(Duration::from_secs(3), read(&store, "SELECT 1")).await.expect("within the wait for a place").unwrap();
}
