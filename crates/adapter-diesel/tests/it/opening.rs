use std::{fs, os::unix::fs::PermissionsExt as _};

use adapter_diesel::{OpenError, SqliteStore};
use ports::{Housekeeping as _, StoreError};

use crate::fixture::Place;

fn refusal(url: &str) -> String {
    SqliteStore::open(url).unwrap_err().to_string()
}

#[tokio::test]
async fn a_new_file_and_its_log_are_for_the_owners_eyes_only() {
    let place = Place::new();
    let _store = place.store().await;
    let mut files = 0;
    for entry in fs::read_dir(place.directory()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
        files += 1;
    }
    assert_eq!(files, 3, "the database, its log and the log's index");
}

#[tokio::test]
async fn a_closed_store_leaves_one_whole_file_and_answers_unavailable() {
    let place = Place::new();
    let store = place.store().await;
    store.close().await;
    store.close().await;
    let names: Vec<_> = fs::read_dir(place.directory()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["widgetd.db"]);
    assert_eq!(store.ping().await, Err(StoreError::Unavailable("the store is closed".to_owned())));
    assert!(matches!(store.migrate().await, Err(StoreError::Unavailable(_))));
    place.store().await.ping().await.unwrap();
}

#[tokio::test]
async fn a_store_without_tables_fails_the_ping() {
    let store = SqliteStore::open("sqlite::memory:").unwrap();
    let error = store.ping().await.unwrap_err();
    assert_eq!(error, StoreError::Internal("no such table: api_key".to_owned()));
}

#[test]
fn a_missing_directory_is_named() {
    let place = Place::new();
    let error = refusal(&format!("sqlite:{}/missing/widgetd.db", place.directory().display()));
    assert!(error.contains("/missing does not exist"), "{error}");
    assert!(error.starts_with("cannot create the database /"), "{error}");
}

#[test]
fn what_is_no_database_is_left_alone() {
    let place = Place::new();
    let text = "Dear diary, this is not a database but a text that is long enough to have a header.".repeat(20);
    fs::write(place.file(), &text).unwrap();
    let error = refusal(&place.url());
    assert!(error.contains("file is not a database"), "{error}");
    assert_eq!(fs::read_to_string(place.file()).unwrap(), text);

    let error = SqliteStore::open(&place.directory().display().to_string()).unwrap_err();
    assert!(matches!(error, OpenError::Open { .. }), "{error}");
}

#[test]
fn another_databases_url_is_refused() {
    let error = refusal("postgres://localhost/widgetd");
    assert!(error.contains("names no SQLite database"), "{error}");
}
