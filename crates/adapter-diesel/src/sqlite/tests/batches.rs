use diesel::{prelude::*, sql_query};
use domain::time::Timestamp;
use ports::Housekeeping as _;

use super::store;
use crate::{
    failure::store_error,
    schema::{idempotency, message},
};

#[tokio::test]
async fn many_attempts_are_deleted_in_several_short_transactions() {
    let (store, _directory) = store().await;
    // 1,500 of 3,500 attempts have the same time: more than a batch otherwise has.
    let fill = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3500)
                INSERT INTO idempotency SELECT 'w', zeroblob(16), n, zeroblob(32), max(n, 1500), '{}' FROM n";
    store.database.write(move |connection| sql_query(fill).execute(connection).map_err(store_error)).await.unwrap();
    assert_eq!(store.forget_attempts_before(Timestamp::from_micros(1_500)).await, Ok(0));
    assert_eq!(store.forget_attempts_before(Timestamp::from_micros(3_401)).await, Ok(3_400));
    let left = store
        .database
        .read(|connection| {
            let left = idempotency::table.select(idempotency::made_at).order(idempotency::made_at);
            left.load::<i64>(connection).map_err(store_error)
        })
        .await
        .unwrap();
    assert_eq!(left, (3_401..=3_500).collect::<Vec<_>>());
}

#[tokio::test]
async fn old_messages_are_deleted_also_between_new_ones() {
    let (store, _directory) = store().await;
    // Of 5,500 messages, four of five are old; none among the third thousand.
    let fill = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5500)
                INSERT INTO message SELECT 'w', 'c', CAST(printf('%016d', n) AS BLOB), NULL, zeroblob(16), 1, 'k', 'u',
                    CASE WHEN n % 5 = 0 OR n / 1000 = 2 THEN 100 ELSE 99 END, NULL, '{}' FROM n";
    store.database.write(move |connection| sql_query(fill).execute(connection).map_err(store_error)).await.unwrap();
    assert_eq!(store.delete_messages_before(Timestamp::from_micros(99)).await, Ok(0));
    assert_eq!(store.delete_messages_before(Timestamp::from_micros(100)).await, Ok(3_600));
    let left = store
        .database
        .read(|connection| message::table.select(message::sent_at).load::<i64>(connection).map_err(store_error));
    assert_eq!(left.await.unwrap(), vec![100; 1_900]);
    // New messages reuse the row ids of the deleted last ones, and are found as well.
    assert_eq!(store.delete_messages_before(Timestamp::from_micros(101)).await, Ok(1_900));
    store.database.write(move |connection| sql_query(fill).execute(connection).map_err(store_error)).await.unwrap();
    assert_eq!(store.delete_messages_before(Timestamp::from_micros(101)).await, Ok(5_500));
}
