//! What only the inside can test: threads, settings, query plans.

mod batches;
mod group_commit;
mod plans;
mod settings;
mod statements;
mod threads;

use tempfile::TempDir;

use super::SqliteStore;

/// A migrated store on a file, and the file's directory.
async fn store() -> (SqliteStore, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(directory.path().join("widgetd.db").to_str().unwrap()).unwrap();
    store.migrate().await.unwrap();
    (store, directory)
}
