use adapter_diesel::SqliteStore;
use diesel::{prelude::*, sql_query, sql_types::Text};
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};
use futures_util::future::join_all;

use crate::fixture::Place;

#[derive(QueryableByName, Debug, PartialEq)]
struct Object {
    #[diesel(sql_type = Text)]
    sql: String,
}

fn objects(connection: &mut SqliteConnection) -> Vec<Object> {
    let query =
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> '__diesel_schema_migrations' ORDER BY sql";
    sql_query(query).load(connection).unwrap()
}

fn files() -> FileBasedMigrations {
    FileBasedMigrations::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/sqlite")).unwrap()
}

#[test]
fn down_reverts_up() {
    let place = Place::new();
    let connection = &mut place.connection();
    connection.run_pending_migrations(files()).unwrap();
    let up = objects(connection);
    assert!(up.len() > 7, "{up:?}");
    connection.revert_all_migrations(files()).unwrap();
    assert_eq!(objects(connection), []);
    connection.run_pending_migrations(files()).unwrap();
    assert_eq!(objects(connection), up);
}

#[tokio::test]
async fn the_embedded_migrations_are_the_files() {
    let place = Place::new();
    let store = SqliteStore::open(&place.url()).unwrap();
    let applied = store.migrate().await.unwrap();
    assert!(!applied.is_empty());
    let pending = place.connection().pending_migrations(files()).unwrap();
    assert_eq!(pending.len(), 0);
    assert_eq!(store.migrate().await.unwrap(), Vec::<String>::new(), "nothing is left to apply");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_concurrent_processes_exactly_one_applies_each_migration() {
    let place = Place::new();
    let starts = (0..6).map(|_| {
        let url = place.url();
        tokio::task::spawn_blocking(move || SqliteStore::open(&url).unwrap())
    });
    let stores: Vec<_> = join_all(starts).await.into_iter().map(Result::unwrap).collect();
    let applied = join_all(stores.iter().map(SqliteStore::migrate)).await;
    let applied: Vec<_> = applied.into_iter().map(Result::unwrap).filter(|applied| !applied.is_empty()).collect();
    assert_eq!(applied.len(), 1, "{applied:?}");
}
