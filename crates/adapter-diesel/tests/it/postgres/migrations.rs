use std::{collections::BTreeSet, fs};

use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{
    AsyncConnection as _, AsyncPgConnection, RunQueryDsl, async_connection_wrapper::AsyncConnectionWrapper,
};
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};
use futures_util::future::join_all;
use test_postgres::{Database, Server};

use super::fixture::{connect, connection};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");

fn files() -> FileBasedMigrations {
    FileBasedMigrations::from_path(format!("{ROOT}/postgres")).unwrap()
}

#[derive(QueryableByName, Debug, PartialEq)]
struct Object {
    #[diesel(sql_type = Text)]
    definition: String,
}

/// Every column, index and constraint.
async fn objects(database: &Database) -> Vec<Object> {
    let query = "
        SELECT concat_ws(' ', table_name, column_name, data_type, collation_name, is_nullable) AS definition
          FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'
        UNION ALL SELECT indexdef FROM pg_indexes
         WHERE schemaname = 'public' AND tablename <> '__diesel_schema_migrations'
        UNION ALL SELECT concat_ws(' ', conrelid::regclass::text, pg_get_constraintdef(oid)) FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '__diesel_schema_migrations'
        ORDER BY 1";
    sql_query(query).load(&mut connection(database).await).await.unwrap()
}

/// diesel's migrations are synchronous.
async fn migrate(
    url: String,
    work: impl FnOnce(&mut AsyncConnectionWrapper<AsyncPgConnection>) -> usize + Send + 'static,
) -> usize {
    let connection = AsyncPgConnection::establish(&url).await.unwrap();
    tokio::task::spawn_blocking(move || work(&mut AsyncConnectionWrapper::from(connection))).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn down_undoes_what_up_does() {
    let database = Database::empty(Server::shared());
    migrate(database.url(), |connection| connection.run_pending_migrations(files()).unwrap().len()).await;
    let up = objects(&database).await;
    assert!(up.len() > 50, "{up:?}");
    migrate(database.url(), |connection| connection.revert_all_migrations(files()).unwrap().len()).await;
    assert_eq!(objects(&database).await, []);
    migrate(database.url(), |connection| connection.run_pending_migrations(files()).unwrap().len()).await;
    assert_eq!(objects(&database).await, up);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_embedded_migrations_are_the_files() {
    let database = Database::empty(Server::shared());
    let store = connect(&database.url()).await;
    assert!(!store.migrate().await.unwrap().is_empty());
    let pending = migrate(database.url(), |connection| connection.pending_migrations(files()).unwrap().len()).await;
    assert_eq!(pending, 0);
    assert_eq!(store.migrate().await.unwrap(), Vec::<String>::new(), "nothing is left to apply");
}

#[tokio::test]
async fn migrations_also_run_from_a_runtime_of_one_thread() {
    let database = Database::empty(Server::shared());
    assert!(!connect(&database.url()).await.migrate().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_replicas_that_start_together_one_applies_each_migration() {
    for _ in 0..3 {
        let database = Database::empty(Server::shared());
        let url = database.url();
        let stores = join_all((0..10).map(|_| connect(&url))).await;
        let applied = join_all(stores.iter().map(adapter_diesel::PostgresStore::migrate)).await;
        let applied: Vec<_> = applied.into_iter().map(Result::unwrap).filter(|applied| !applied.is_empty()).collect();
        assert_eq!(applied.len(), 1, "{applied:?}");
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |database: &str| -> BTreeSet<_> {
        let entries = fs::read_dir(format!("{ROOT}/{database}")).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
    for database in ["sqlite", "postgres"] {
        for name in names(database) {
            for file in ["up.sql", "down.sql"] {
                let path = format!("{ROOT}/{database}/{}/{file}", name.display());
                assert!(fs::metadata(&path).is_ok_and(|found| found.len() > 0), "{path}");
            }
        }
    }
}
