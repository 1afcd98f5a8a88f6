use std::time::Duration;

use diesel::{connection::SimpleConnection as _, prelude::*, sql_query, sql_types::BigInt};
use futures_util::future::join_all;
use ports::StoreError;

use super::{occupy, store};
use crate::{failure::store_error, sqlite::SqliteStore};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

async fn numbers(store: &SqliteStore) -> Vec<i64> {
    let rows = store.database.read(|connection| {
        sql_query("SELECT n FROM number ORDER BY n").load::<Number>(connection).map_err(store_error)
    });
    rows.await.unwrap().into_iter().map(|row| row.n).collect()
}

fn insert(connection: &mut SqliteConnection, n: i64) -> Result<(), StoreError> {
    connection.batch_execute(&format!("INSERT INTO number VALUES ({n})")).map_err(store_error)
}

/// Submits all jobs while the writer is busy, so that they share a batch.
async fn together<F>(store: &SqliteStore, count: i64, work: F) -> Vec<Result<(), StoreError>>
where
    F: Fn(i64, &mut SqliteConnection) -> Result<(), StoreError> + Clone + Send + 'static,
{
    let (release, occupied) = occupy(store).await;
    let jobs = (0..count).map(|n| {
        let work = work.clone();
        store.database.write(move |connection| work(n, connection))
    });
    let mut jobs = Box::pin(join_all(jobs));
    // Polled once, every job is queued.
    assert!(tokio::time::timeout(Duration::from_millis(5), &mut jobs).await.is_err());
    drop(release);
    occupied.await.unwrap().unwrap();
    jobs.await
}

async fn with_table() -> (SqliteStore, tempfile::TempDir) {
    let (store, directory) = store().await;
    let create = "CREATE TABLE number (n INTEGER PRIMARY KEY)";
    store.database.write(move |connection| connection.batch_execute(create).map_err(store_error)).await.unwrap();
    (store, directory)
}

#[tokio::test]
async fn a_failed_job_is_rolled_back_alone() {
    let (store, _directory) = with_table().await;
    let results = together(&store, 100, |n, connection| {
        insert(connection, n)?;
        match n % 10 {
            3 => Err(StoreError::Internal("on second thought".to_owned())),
            5 => insert(connection, n), // the same again: the statement fails
            7 => {
                let nested = connection.transaction::<(), diesel::result::Error, _>(|connection| {
                    insert(connection, n + 1_000).unwrap();
                    panic!("in the middle")
                });
                nested.map_err(store_error)
            }
            _ => Ok(()),
        }
    });
    let results = results.await;
    let kept: Vec<i64> = (0..100).filter(|n| ![3, 5, 7].contains(&(n % 10))).collect();
    for (n, result) in (0..).zip(&results) {
        assert_eq!(result.is_ok(), kept.contains(&n), "{n}: {result:?}");
    }
    assert_eq!(results[7], Err(StoreError::Internal("a job panicked: in the middle".to_owned())));
    assert_eq!(numbers(&store).await, kept);
}

#[tokio::test]
async fn a_failed_transaction_is_rolled_back_and_reported_to_all_callers() {
    let (store, _directory) = with_table().await;
    let results = together(&store, 10, |n, connection| {
        insert(connection, n)?;
        // SQLite does this when the disk is full.
        if n == 5 { connection.batch_execute("ROLLBACK").map_err(store_error) } else { Ok(()) }
    });
    for result in results.await {
        assert!(matches!(result, Err(StoreError::Unavailable(_))), "{result:?}");
    }
    assert_eq!(numbers(&store).await, Vec::<i64>::new());
    store.database.write(|connection| insert(connection, 1)).await.unwrap();
    assert_eq!(numbers(&store).await, [1]);
}

#[tokio::test]
async fn an_error_that_rests_on_rolled_back_rows_is_decided_again() {
    let (store, _directory) = with_table().await;
    store.database.write(|connection| insert(connection, 100)).await.unwrap();
    let results = together(&store, 7, |n, connection| match n {
        // Refused because of committed rows, before and after others wrote.
        0 | 4 => insert(connection, 100),
        1 => insert(connection, 7),
        // Refused because of the job before.
        2 | 3 => insert(connection, 7),
        5 => connection.batch_execute("ROLLBACK").map_err(store_error),
        _ => insert(connection, 8),
    });
    let results = results.await;
    let is_refused = |n: usize| matches!(&results[n], Err(StoreError::Internal(why)) if why.contains("UNIQUE"));
    let is_lost = |n: usize| matches!(&results[n], Err(StoreError::Unavailable(_)));
    assert!(is_refused(0) && is_refused(4), "{results:?}");
    assert!(is_lost(1) && is_lost(5) && is_lost(6), "{results:?}");
    assert!(results[2].is_ok() && is_refused(3), "exactly one of those that insert the same row succeeds: {results:?}");
    assert_eq!(numbers(&store).await, [7, 100]);
}

#[tokio::test]
async fn a_job_whose_transactions_keep_failing_is_answered() {
    let (store, _directory) = with_table().await;
    let results = together(&store, 3, |n, connection| match n {
        0 => insert(connection, 1),
        1 => {
            let refused = insert(connection, 1);
            if refused.is_ok() {
                connection.batch_execute("ROLLBACK").map_err(store_error)?;
            }
            refused
        }
        _ => connection.batch_execute("ROLLBACK").map_err(store_error),
    });
    for result in results.await {
        assert!(matches!(result, Err(StoreError::Unavailable(_))), "{result:?}");
    }
    assert_eq!(numbers(&store).await, Vec::<i64>::new());
}

#[tokio::test]
async fn each_job_sees_what_those_before_it_did() {
    let (store, _directory) = with_table().await;
    let results = together(&store, 50, |n, connection| {
        let found: Number =
            sql_query("SELECT count(*) AS n FROM number").get_result(connection).map_err(store_error)?;
        assert_eq!(found.n, n);
        insert(connection, n)
    });
    assert!(results.await.iter().all(Result::is_ok));
    assert_eq!(numbers(&store).await.len(), 50);
}
