use std::{fs, os::unix::fs::PermissionsExt as _};

use adapter_diesel::{OpenError, SqliteStore};
use diesel::connection::SimpleConnection as _;
use ports::{Housekeeping as _, StoreError};

use crate::fixture::Place;

fn refusal(url: &str) -> String {
    SqliteStore::open(url).unwrap_err().to_string()
}

#[tokio::test]
async fn a_new_file_and_its_log_are_readable_by_their_owner_only() {
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
async fn a_closed_store_leaves_one_complete_file_and_is_unavailable() {
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
fn a_file_that_is_not_a_database_is_left_alone() {
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
fn a_url_of_another_database_is_rejected() {
    let error = refusal("postgres://localhost/widgetd");
    assert!(error.contains("names no SQLite database"), "{error}");
}

#[tokio::test]
async fn a_service_locks_the_file_until_it_is_closed() {
    let place = Place::new();
    let service = SqliteStore::open_to_serve(&place.url()).unwrap();
    let error = SqliteStore::open_to_serve(&place.url()).unwrap_err();
    assert!(matches!(error, OpenError::InUse { .. }), "{error}");
    // Commands may use the file during that time.
    place.store().await.ping().await.unwrap();
    service.close().await;
    SqliteStore::open_to_serve(&place.url()).unwrap().ping().await.unwrap();
    // Each database in memory is separate.
    let memory = [SqliteStore::open_to_serve("sqlite::memory:"), SqliteStore::open_to_serve("sqlite::memory:")];
    assert!(memory.iter().all(Result::is_ok));
}

#[tokio::test]
async fn opening_a_migrated_database_neither_creates_nor_migrates_one() {
    let place = Place::new();
    let error = SqliteStore::open_migrated(&place.url()).unwrap_err();
    assert!(matches!(error, OpenError::Missing { .. }), "{error}");
    assert!(!place.file().exists());

    fs::write(place.file(), "").unwrap();
    let error = SqliteStore::open_migrated(&place.url()).unwrap_err();
    assert!(matches!(&error, OpenError::NotMigrated(lack) if lack.is_new), "{error}");
    assert_eq!(fs::metadata(place.file()).unwrap().len(), 0);

    let store = place.store().await;
    SqliteStore::open_migrated(&place.url()).unwrap().ping().await.unwrap();
    store.close().await;
    // The state of a program before the last migration.
    let last =
        "DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)";
    place.connection().batch_execute(last).unwrap();
    let error = SqliteStore::open_migrated(&place.url()).unwrap_err();
    let OpenError::NotMigrated(lack) = &error else { panic!("{error}") };
    assert!(!lack.is_new && lack.missing.len() == 1, "{error}");
    assert_eq!(
        error.to_string(),
        format!("the database lacks {}: run `widgetd migrate`, or start the service", lack.missing[0])
    );
}

#[tokio::test]
async fn all_reads_and_writes_fail_after_the_file_was_replaced() {
    let place = Place::new();
    let store = place.store().await;
    let copy = place.directory().join("copy.db");
    fs::copy(place.file(), &copy).unwrap();
    fs::rename(&copy, place.file()).unwrap();
    // The first write notices it, and is not acknowledged.
    for error in
        [store.migrate().await.unwrap_err(), store.ping().await.unwrap_err(), store.migrate().await.unwrap_err()]
    {
        assert!(matches!(&error, StoreError::Replaced(why) if why.contains("was replaced by another file")), "{error}");
    }
    store.close().await;
}

#[tokio::test]
async fn a_link_that_was_redirected_is_a_replaced_file() {
    let (place, other) = (Place::new(), Place::new());
    other.store().await.close().await;
    let link = place.directory().join("link.db");
    let real = place.directory().join("real.db");
    fs::write(&real, "").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let store = SqliteStore::open(link.to_str().unwrap()).unwrap();
    store.migrate().await.unwrap();
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink(other.file(), &link).unwrap();
    assert!(matches!(store.migrate().await, Err(StoreError::Replaced(_))));
}

#[tokio::test]
async fn a_vacuum_by_another_process_is_no_replacement() {
    let place = Place::new();
    let store = place.store().await;
    let mut other = place.connection();
    let fill =
        "CREATE TABLE filler (bytes); INSERT INTO filler VALUES (zeroblob(1000000)); PRAGMA wal_checkpoint(TRUNCATE)";
    other.batch_execute(fill).unwrap();
    store.migrate().await.unwrap();
    let before = fs::metadata(place.file()).unwrap().len();
    other.batch_execute("DROP TABLE filler; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    assert!(fs::metadata(place.file()).unwrap().len() < before);
    assert_eq!(store.migrate().await, Ok(Vec::new()));
    store.ping().await.unwrap();
}
