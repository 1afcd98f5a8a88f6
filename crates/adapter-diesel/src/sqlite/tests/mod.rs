//! Tests of internals: threads, settings, query plans.

mod batches;
mod changes;
mod group_commit;
mod plans;
mod settings;
mod statements;
mod threads;

use std::{sync::mpsc, time::Duration};

use ports::StoreError;
use tempfile::TempDir;

use super::SqliteStore;

/// A migrated store on a file, and the file's directory.
async fn store() -> (SqliteStore, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(directory.path().join("widgetd.db").to_str().unwrap()).unwrap();
    store.migrate().await.unwrap();
    (store, directory)
}

/// Keeps the writer busy until the sender is dropped.
async fn occupy(store: &SqliteStore) -> (mpsc::Sender<()>, tokio::task::JoinHandle<Result<(), StoreError>>) {
    let (release, wait) = mpsc::channel::<()>();
    let (begun, beginning) = tokio::sync::oneshot::channel();
    let mut begun = Some(begun);
    let occupied = store.clone();
    let job = tokio::spawn(async move {
        occupied
            .database
            .write(move |_| {
                let _ = begun.take().map(|begun| begun.send(()));
                let _ = wait.recv_timeout(Duration::from_secs(30));
                Ok::<_, StoreError>(())
            })
            .await
    });
    beginning.await.unwrap();
    (release, job)
}
