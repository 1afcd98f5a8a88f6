use std::{sync::mpsc, time::Duration};

use diesel::{connection::SimpleConnection as _, prelude::*};
use futures_util::future::join_all;
use ports::StoreError;

use super::{occupy, store};
use crate::{failure::store_error, schema::widget_tag, sqlite::SqliteStore};

/// A row in the simplest table; its widget does not matter, since the test turns foreign keys off.
fn mark(connection: &mut SqliteConnection, tag: &str) -> Result<(), StoreError> {
    diesel::insert_into(widget_tag::table)
        .values((
            widget_tag::workspace_id.eq("w"),
            widget_tag::tag.eq(tag),
            widget_tag::widget_id.eq(b"0123456789abcdef".as_slice()),
        ))
        .execute(connection)
        .map(drop)
        .map_err(store_error)
}

async fn marks(store: &SqliteStore) -> Vec<String> {
    store
        .database
        .read(|connection| widget_tag::table.select(widget_tag::tag).load(connection).map_err(store_error))
        .await
        .unwrap()
}

async fn without_foreign_keys(store: &SqliteStore) {
    // The pragma does nothing within a transaction, so the one of the job is ended first.
    let off = "ROLLBACK; PRAGMA foreign_keys = OFF; BEGIN";
    store.database.write(move |connection| connection.batch_execute(off).map_err(store_error)).await.unwrap();
}

#[tokio::test]
async fn a_panic_rolls_back_its_job_and_the_thread_continues() {
    let (file, _directory) = store().await;
    let memory = SqliteStore::open(":memory:").unwrap();
    memory.migrate().await.unwrap();
    for store in [file, memory] {
        without_foreign_keys(&store).await;
        for n in 0..3 {
            let error = store
                .database
                .write(move |connection| {
                    mark(connection, "outer")?;
                    connection
                        .transaction::<(), diesel::result::Error, _>(|connection| {
                            mark(connection, "inner").unwrap();
                            panic!("attempt {n}")
                        })
                        .map_err(store_error)
                })
                .await
                .expect_err("it panicked");
            assert_eq!(error, StoreError::Internal(format!("a job panicked: attempt {n}")));
            let error = store
                .database
                .read(|_| -> Result<(), StoreError> { panic!("a reader") })
                .await
                .expect_err("it panicked");
            assert_eq!(error, StoreError::Internal("a job panicked: a reader".to_owned()));
        }
        assert_eq!(marks(&store).await, Vec::<String>::new());
        store.database.write(|connection| mark(connection, "after")).await.unwrap();
        assert_eq!(marks(&store).await, ["after"]);
    }
}

#[tokio::test]
async fn an_error_rolls_back_its_job() {
    let (store, _directory) = store().await;
    without_foreign_keys(&store).await;
    let error = store
        .database
        .write(|connection| {
            mark(connection, "undone")?;
            Err::<(), _>(StoreError::Internal("on second thought".to_owned()))
        })
        .await;
    assert_eq!(error, Err(StoreError::Internal("on second thought".to_owned())));
    assert_eq!(marks(&store).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_broken_connection_is_reopened() {
    let (store, _directory) = store().await;
    // Ending the transaction without diesel leaves the connection in a state that diesel rejects.
    let error = store.database.write(|connection| connection.batch_execute("COMMIT").map_err(store_error)).await;
    assert!(matches!(error, Err(StoreError::Internal(_))), "{error:?}");
    for n in 0..3 {
        store
            .database
            .write(move |connection| connection.batch_execute(&format!("SELECT {n}")).map_err(store_error))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn work_whose_caller_has_stopped_waiting_is_not_started() {
    let (store, _directory) = store().await;
    without_foreign_keys(&store).await;
    let (release, occupied) = occupy(&store).await;
    let given_up =
        tokio::time::timeout(Duration::from_millis(20), store.database.write(|connection| mark(connection, "late")));
    assert!(given_up.await.is_err());
    drop(release);
    occupied.await.unwrap().unwrap();
    store.database.write(|connection| mark(connection, "next")).await.unwrap();
    assert_eq!(marks(&store).await, ["next"]);
}

#[tokio::test]
async fn work_that_has_started_is_completed_when_its_caller_stops_waiting() {
    let (store, _directory) = store().await;
    without_foreign_keys(&store).await;
    let (begun, beginning) = tokio::sync::oneshot::channel();
    let mut begun = Some(begun);
    let (release, wait) = mpsc::channel::<()>();
    let caller = store.clone();
    let caller = tokio::spawn(async move {
        caller
            .database
            .write(move |connection| {
                let _ = begun.take().map(|begun| begun.send(()));
                let _ = wait.recv_timeout(Duration::from_secs(30));
                mark(connection, "finished")
            })
            .await
    });
    beginning.await.unwrap();
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    drop(release);
    store.database.write(|connection| mark(connection, "next")).await.unwrap();
    assert_eq!(marks(&store).await, ["finished", "next"]);
}

#[tokio::test]
async fn a_full_queue_rejects_writes_immediately_and_reads_continue() {
    let (store, _directory) = store().await;
    let (release, occupied) = occupy(&store).await;
    let writes = (0..1_100).map(|_| store.database.write(|_| Ok::<_, StoreError>(())));
    let mut writes = Box::pin(join_all(writes));
    // Polled once, every write is queued.
    assert!(tokio::time::timeout(Duration::from_millis(1), &mut writes).await.is_err());
    assert_eq!(marks(&store).await, Vec::<String>::new());
    drop(release);
    occupied.await.unwrap().unwrap();
    let results = writes.await;
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1_024);
    let refused = results.into_iter().find_map(Result::err).unwrap();
    assert_eq!(refused, StoreError::Unavailable("1024 jobs are waiting for the database".to_owned()));
}

#[tokio::test]
async fn closing_completes_the_queued_work() {
    let (store, directory) = store().await;
    without_foreign_keys(&store).await;
    let (release, occupied) = occupy(&store).await;
    let tags: Vec<_> = (0..100).map(|n| format!("{n:03}")).collect();
    let writes = tags.clone().into_iter().map(|tag| {
        let store = store.clone();
        async move { store.database.write(move |connection| mark(connection, &tag)).await }
    });
    let mut writes = Box::pin(join_all(writes));
    assert!(tokio::time::timeout(Duration::from_millis(1), &mut writes).await.is_err());
    let closing = tokio::spawn({
        let store = store.clone();
        async move { store.close().await }
    });
    drop(release);
    occupied.await.unwrap().unwrap();
    assert!(writes.await.into_iter().all(|result| result.is_ok()));
    closing.await.unwrap();
    let reopened = SqliteStore::open(directory.path().join("widgetd.db").to_str().unwrap()).unwrap();
    assert_eq!(marks(&reopened).await, tags);
}
