use diesel::{connection::SimpleConnection as _, prelude::*, sql_query, sql_types::BigInt};
use ports::StoreError;

use super::store;
use crate::failure::store_error;

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// The value of a pragma.
fn setting(connection: &mut SqliteConnection, pragma: &str) -> i64 {
    // `timeout` is what `pragma_busy_timeout` calls its column.
    let column = if pragma == "busy_timeout" { "timeout" } else { pragma };
    let query = format!("SELECT CAST({column} AS INTEGER) AS value FROM pragma_{pragma}");
    sql_query(query).get_result::<Setting>(connection).unwrap().value
}

#[tokio::test]
async fn the_writer_is_durable_and_keeps_foreign_keys() {
    let (store, _directory) = store().await;
    let expected = [
        ("synchronous", 2), // FULL
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 5_000),
        ("query_only", 0),
        ("cache_size", -4_096),
    ];
    let found = store
        .database
        .write(move |connection| Ok::<_, StoreError>(expected.map(|(pragma, _)| (pragma, setting(connection, pragma)))))
        .await
        .unwrap();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let (store, _directory) = store().await;
    let expected = [
        ("query_only", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 5_000),
        ("cache_size", -2_048),
    ];
    let found = store
        .database
        .read(move |connection| Ok::<_, StoreError>(expected.map(|(pragma, _)| (pragma, setting(connection, pragma)))))
        .await
        .unwrap();
    assert_eq!(found, expected);
    let error = store
        .database
        .read(|connection| connection.batch_execute("DELETE FROM message").map_err(store_error))
        .await
        .expect_err("query_only");
    assert!(error.to_string().contains("readonly database"), "{error}");
}

#[tokio::test]
async fn a_full_disk_is_unavailable_and_leaves_nothing_half_written() {
    let (store, _directory) = store().await;
    // A limit on pages stands for the end of the disk: SQLite reports both alike.
    let limit = |pages: &'static str| {
        store.database.write(move |connection| {
            connection.batch_execute(&format!("PRAGMA max_page_count = {pages}")).map_err(store_error)
        })
    };
    limit("1").await.unwrap(); // the minimum is the number of existing pages
    let error = store
        .database
        .write(|connection| {
            connection
                .batch_execute("INSERT INTO api_key VALUES ('w', x'01', x'01', 'u', '', 0, NULL)")
                .map_err(store_error)?;
            let data = "x".repeat(1_000_000);
            let message =
                format!("INSERT INTO message VALUES ('w', 'c', x'01', NULL, x'01', 1, 'k', 'u', 0, NULL, '{data}')");
            connection.batch_execute(&message).map_err(store_error)
        })
        .await
        .expect_err("the disk is full");
    assert_eq!(error, StoreError::Unavailable("database or disk is full".to_owned()));
    limit("1000000").await.unwrap();
    let keys = store
        .database
        .write(|connection| crate::schema::api_key::table.count().get_result::<i64>(connection).map_err(store_error))
        .await;
    assert_eq!(keys, Ok(0));
}
