//! Callers that stop waiting, such as HTTP clients that disconnect.

use std::time::Duration;

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::future::join_all;
use test_postgres::Database;
use tokio::time::timeout;

use super::{
    super::{PostgresStore, engine::transaction::TxError},
    execute,
    group_commit::count,
    store,
};

const BRIEF: Duration = Duration::from_millis(100);

async fn connection(database: &Database) -> AsyncPgConnection {
    AsyncPgConnection::establish(&database.url()).await.unwrap()
}

/// Returns once all sessions of the store are idle.
async fn all_sessions_idle(other: &mut AsyncPgConnection) {
    let busy = "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database()
                AND application_name = 'widgetd' AND state <> 'idle'";
    let wait = async {
        while count(other, busy).await > 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(2), wait).await.expect("an abandoned operation ends soon");
}

async fn read(store: &PostgresStore, statement: &str) -> Result<(), ports::StoreError> {
    store.database.run(async |connection| execute(connection, statement).await).await
}

#[tokio::test]
async fn an_abandoned_transaction_is_rolled_back_immediately() {
    let (store, database) = store().await;
    let mut other = connection(&database).await;
    other.batch_execute("CREATE TABLE row (n int PRIMARY KEY)").await.unwrap();
    let stuck = store.database.transaction(async |connection| {
        execute(connection, "INSERT INTO row VALUES (1)").await?;
        std::future::pending::<Result<(), TxError<ports::StoreError>>>().await
    });
    assert!(timeout(BRIEF, stuck).await.is_err());
    all_sessions_idle(&mut other).await;
    other.batch_execute("SET lock_timeout = '1s'; INSERT INTO row VALUES (1)").await.unwrap();
}

#[tokio::test]
async fn an_abandoned_statement_is_canceled_immediately() {
    let (store, database) = store().await;
    let mut other = connection(&database).await;
    assert!(timeout(BRIEF, read(&store, "SELECT pg_sleep(5)")).await.is_err());
    all_sessions_idle(&mut other).await;
}

/// Otherwise the next operation would wait for a connection behind a statement without a caller.
#[tokio::test]
async fn abandoned_reads_delay_no_other_operation() {
    let (store, _database) = store().await;
    for _ in 0..10 {
        let abandoned = join_all((0..6).map(|_| read(&store, "SELECT pg_sleep(5)")));
        assert!(timeout(BRIEF, abandoned).await.is_err());
    }
    timeout(Duration::from_secs(3), read(&store, "SELECT 1")).await.expect("within the wait for a connection").unwrap();
}
