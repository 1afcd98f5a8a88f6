//! Retention drops whole partitions whose messages are all old.

use adapter_diesel::PostgresStore;
use diesel_async::SimpleAsyncConnection as _;
use domain::message::Message;
use futures_util::future::join_all;
use ports::{Housekeeping as _, StoreError};
use test_postgres::Database;

use super::{
    fixture::{connect, connection},
    partitions::{HOUR, THEN, insert, message, migrated_then, partitions, read, send, time},
};

const DAY: i64 = 24 * HOUR;

/// A store with a partition for each of three days, and messages on each of them: three on the first, two on the second,
/// one on the third.
async fn three_days() -> (PostgresStore, Database) {
    let database = migrated_then().await;
    let store = connect(&database.url()).await;
    // Created day by day, since with few messages a partition may be long.
    for day in [0, 10, 20] {
        store.prepare(time(THEN + day * DAY)).await.unwrap();
    }
    for at in [0, 1, 2, 10 * DAY, 10 * DAY + 1, 20 * DAY] {
        send(&store, &message(THEN + at)).await;
    }
    (store, database)
}

async fn names(database: &Database) -> Vec<String> {
    partitions(&mut connection(database).await).await.into_iter().map(|partition| partition.name).collect()
}

#[tokio::test]
async fn a_partition_whose_messages_are_all_old_is_dropped_and_no_other() {
    let (store, database) = three_days().await;
    let all = names(&database).await;
    assert_eq!(all.len(), 3, "{all:?}");
    // In the middle of the second.
    assert_eq!(store.delete_messages_before(time(THEN + 10 * DAY + 1)).await, Ok(4));
    assert_eq!(names(&database).await, all[1..]);
    assert_eq!(read(&store).await, [THEN + 10 * DAY + 1, THEN + 20 * DAY]);
    assert_eq!(store.delete_messages_before(time(THEN + 10 * DAY + 1)).await, Ok(0));
    // A partition still exists for every message.
    let late = Message { sent_at: time(THEN + 20 * DAY), ..message(THEN) };
    send(&store, &late).await;
    assert_eq!(read(&store).await, [THEN + 20 * DAY, THEN + 10 * DAY + 1, THEN + 20 * DAY]);
}

/// It was the whole table before it had partitions.
#[tokio::test]
async fn the_first_partition_is_replaced_when_all_of_its_messages_are_old() {
    let (store, database) = three_days().await;
    let then = 1_000_000_000_000;
    insert(&mut connection(&database).await, then, 40_000).await;
    assert_eq!(store.delete_messages_before(time(THEN - 20 * DAY)).await, Ok(40_000));
    assert_eq!(names(&database).await.len(), 3);
    send(&store, &message(then)).await;
    assert_eq!(read(&store).await.len(), 7);
    // A few messages are deleted row by row.
    assert_eq!(store.delete_messages_before(time(THEN - 20 * DAY)).await, Ok(1));
}

/// An id may be older than its message, and a message older than its id: clocks are set back and forth.
#[tokio::test]
async fn the_age_of_a_message_is_that_of_its_send_and_not_of_its_id() {
    let (store, database) = three_days().await;
    let young = Message { sent_at: time(THEN + 15 * DAY), ..message(THEN + 5) };
    let old = Message { sent_at: time(THEN - DAY), ..message(THEN + 20 * DAY + 5) };
    for message in [&young, &old] {
        send(&store, message).await;
    }
    let all = names(&database).await;
    assert_eq!(store.delete_messages_before(time(THEN + 15 * DAY)).await, Ok(6));
    assert_eq!(names(&database).await, all, "the oldest has a young one, and no other is dropped before it");
    assert_eq!(read(&store).await, [THEN + 15 * DAY, THEN + 20 * DAY]);
    assert_eq!(store.delete_messages_before(time(THEN + 15 * DAY + 1)).await, Ok(1));
    assert_eq!(names(&database).await, all[2..]);
}

#[tokio::test]
async fn of_concurrent_processes_exactly_one_counts_each_message() {
    let (store, database) = three_days().await;
    let url = database.url();
    let others = join_all((0..4).map(|_| connect(&url))).await;
    let limit = time(THEN + 19 * DAY);
    let deleted = join_all(others.iter().chain([&store]).map(|store| store.delete_messages_before(limit))).await;
    assert_eq!(deleted.into_iter().map(Result::unwrap).sum::<u64>(), 5);
    assert_eq!(names(&database).await.len(), 1);
    assert_eq!(read(&store).await, [THEN + 20 * DAY]);
}

#[tokio::test]
async fn messages_are_sent_and_kept_while_partitions_are_dropped() {
    let (store, database) = three_days().await;
    let sent: Vec<i64> = (1..500).map(|n| THEN + 20 * DAY + n).collect();
    let sending = async {
        for part in sent.chunks(10) {
            join_all(part.iter().map(async |&at| send(&store, &message(at)).await)).await;
        }
    };
    let (deleted, ()) = tokio::join!(store.delete_messages_before(time(THEN + 19 * DAY)), sending);
    assert_eq!(deleted, Ok(5));
    assert_eq!(names(&database).await.len(), 1);
    assert_eq!(read(&store).await, [vec![THEN + 20 * DAY], sent].concat());
}

/// A long read, such as a backup, defers the drop to the next hour. Rows are still deleted one by one.
#[tokio::test]
async fn a_long_read_delays_only_the_drop() {
    let (store, database) = three_days().await;
    let mut reader = connection(&database).await;
    reader.batch_execute("BEGIN; LOCK TABLE message IN ACCESS SHARE MODE").await.unwrap();
    let limit = time(THEN + 10 * DAY + 1);
    let refused = store.delete_messages_before(limit).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert_eq!(read(&store).await, [THEN, THEN + 1, THEN + 2, THEN + 10 * DAY + 1, THEN + 20 * DAY]);
    reader.batch_execute("COMMIT").await.unwrap();
    assert_eq!(store.delete_messages_before(limit).await, Ok(3));
    assert_eq!(names(&database).await.len(), 2);
}

/// A process may end between the two steps.
#[tokio::test]
async fn a_detached_partition_is_dropped_and_counted_by_the_next_run() {
    let (store, database) = three_days().await;
    let oldest = names(&database).await.remove(0);
    let take_out =
        format!("ALTER TABLE message DETACH PARTITION {oldest}; ALTER TABLE {oldest} RENAME TO retired_{oldest}");
    connection(&database).await.batch_execute(&take_out).await.unwrap();
    assert_eq!(store.delete_messages_before(time(THEN)).await, Ok(3));
    assert_eq!(store.delete_messages_before(time(THEN)).await, Ok(0));
}
