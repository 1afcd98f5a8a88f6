use std::{collections::BTreeSet, fs};

use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{
    AsyncConnection as _, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _,
    async_connection_wrapper::AsyncConnectionWrapper,
};
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};
use domain::time::Timestamp;
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

/// diesel's migrations block.
async fn migrate(
    url: String,
    work: impl FnOnce(&mut AsyncConnectionWrapper<AsyncPgConnection>) -> usize + Send + 'static,
) -> usize {
    let connection = AsyncPgConnection::establish(&url).await.unwrap();
    tokio::task::spawn_blocking(move || work(&mut AsyncConnectionWrapper::from(connection))).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn down_reverts_up() {
    let database = Database::empty(Server::shared());
    migrate(database.url(), |connection| connection.run_pending_migrations(files()).unwrap().len()).await;
    let up = objects(&database).await;
    assert!(up.len() > 50, "{up:?}");
    migrate(database.url(), |connection| connection.revert_all_migrations(files()).unwrap().len()).await;
    assert_eq!(objects(&database).await, []);
    migrate(database.url(), |connection| connection.run_pending_migrations(files()).unwrap().len()).await;
    assert_eq!(objects(&database).await, up);
}

/// Messages in a table without partitions. Half of them have ids of clocks that were far ahead.
const MESSAGES: &str = "INSERT INTO message
    SELECT 'w', 'c-' || n % 7, decode(lpad(to_hex(n * 20000000), 12, '0') || repeat('ab', 10), 'hex'),
        NULL, sha256(''), n, 'key', 'u', n, 'text ' || n, '{}'
    FROM generate_series(1, 200000::bigint) n";

/// The number of messages, and a digest of their content.
const DIGEST: &str =
    "SELECT concat(count(*), ' ', md5(string_agg(md5(message::text), '' ORDER BY id))) AS definition FROM message";

/// The partitions of the messages.
const PARTS: &str =
    "SELECT concat(tableoid::regclass, ' ', count(*)) AS definition FROM message GROUP BY tableoid ORDER BY 1";

async fn query(database: &Database, query: &str) -> Vec<Object> {
    sql_query(query).load(&mut connection(database).await).await.unwrap()
}

/// Reverts migrations until the table of messages has no partitions, and returns their number.
fn revert_partitions(connection: &mut AsyncConnectionWrapper<AsyncPgConnection>) -> usize {
    (1..).find(|_| connection.revert_last_migration(files()).unwrap().to_string() == "20261122030000").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_message_survives_partitioning_and_its_reversal() {
    let database = Database::empty(Server::shared());
    let store = connect(&database.url()).await;
    store.migrate().await.unwrap();
    migrate(database.url(), revert_partitions).await;
    connection(&database).await.batch_execute(MESSAGES).await.unwrap();
    let (sent, before) = (query(&database, DIGEST).await, objects(&database).await);
    assert!(sent[0].definition.starts_with("200000 "), "{sent:?}");

    store.migrate().await.unwrap();
    assert_eq!(query(&database, DIGEST).await, sent);
    let parts = query(&database, PARTS).await;
    assert_eq!(parts.len(), 2, "in the first partition, and those of the future in the one for the rest: {parts:?}");
    // Later partitions receive their messages, and a partition that retention has detached is dropped.
    for millis in [1_900_000_000_000, 1_900_200_000_000] {
        ports::Housekeeping::prepare(&store, Timestamp::from_micros(millis * 1_000)).await.unwrap();
    }
    assert!(query(&database, PARTS).await.len() > 10);
    assert_eq!(query(&database, DIGEST).await, sent);
    let retired = "CREATE TABLE retired_message_2001010100 (LIKE message INCLUDING ALL)";
    connection(&database).await.batch_execute(retired).await.unwrap();

    migrate(database.url(), revert_partitions).await;
    assert_eq!(query(&database, DIGEST).await, sent);
    assert_eq!(objects(&database).await, before);
    store.migrate().await.unwrap();
    assert_eq!(query(&database, DIGEST).await, sent);
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
async fn of_ten_concurrent_processes_exactly_one_applies_each_migration() {
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

#[tokio::test(flavor = "multi_thread")]
async fn a_check_names_what_is_missing_and_changes_nothing() {
    let database = Database::empty(Server::shared());
    let store = connect(&database.url()).await;
    let mut newest = String::new();
    for _ in 0..2 {
        let lack = store.check_migrations().await.unwrap().unwrap_err();
        assert!(lack.is_new && lack.missing[0].ends_with("create_store"), "{lack:?}");
        newest = lack.missing.last().unwrap().clone();
    }
    let tables = "SELECT count(*)::text AS definition FROM information_schema.tables WHERE table_schema = 'public'";
    assert_eq!(query(&database, tables).await, [Object { definition: "0".to_owned() }]);
    store.migrate().await.unwrap();
    assert_eq!(store.check_migrations().await, Ok(Ok(())));
    let last =
        "DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)";
    connection(&database).await.batch_execute(last).await.unwrap();
    let lack = store.check_migrations().await.unwrap().unwrap_err();
    assert!(!lack.is_new && lack.missing == [newest], "{lack:?}");
}
