//! Partitions of messages are created ahead of time, and no send or read depends on that.

use adapter_diesel::PostgresStore;
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use domain::{
    id::{MessageId, WidgetId},
    message::{Message, MessagePage},
    names::{ConversationId, UserId, WorkspaceId},
    time::Timestamp,
    widget::{Version, WidgetKey},
};
use futures_util::future::join_all;
use ports::{Housekeeping as _, MessageStore as _, StoreError};
use schema::json::JsonText;
use test_postgres::Database;
use uuid::Uuid;

use super::fixture::{connect, connection, migrated};

pub(super) const HOUR: i64 = 3_600_000;
/// A time at which no partition has been created yet: 2033-05-18T03:00:00Z.
pub(super) const THEN: i64 = 1_999_998_000_000;

pub(super) fn time(millis: i64) -> Timestamp {
    Timestamp::from_micros(millis * 1_000)
}

/// A message whose id was created at this time, in milliseconds.
pub(super) fn message(millis: i64) -> Message {
    let id = uuid::Builder::from_unix_timestamp_millis(millis.unsigned_abs(), &[7; 10]).into_uuid();
    Message {
        id: MessageId::from_uuid(id),
        conversation: conversation(),
        peer: None,
        widget: WidgetId::from_uuid(Uuid::from_u128(1)),
        widget_version: Version::FIRST,
        widget_key: WidgetKey::parse("card").unwrap(),
        data: JsonText::from_stored("{}".to_owned()),
        text: None,
        sent_at: time(millis),
        sent_by: UserId::parse("u").unwrap(),
    }
}

fn conversation() -> ConversationId {
    ConversationId::parse("c").unwrap()
}

pub(super) fn workspace() -> WorkspaceId {
    WorkspaceId::parse("w").unwrap()
}

pub(super) async fn send(store: &PostgresStore, message: &Message) {
    store.append(&workspace(), message, None).await.unwrap();
}

/// When the ids of the conversation's messages were created.
pub(super) async fn read(store: &PostgresStore) -> Vec<i64> {
    let mut page = MessagePage { after: None, limit: 100 };
    let mut times = Vec::new();
    loop {
        let part = store.list(&workspace(), &conversation(), page).await.unwrap();
        times.extend(part.messages.iter().map(|message| message.sent_at.as_micros() / 1_000));
        match part.next {
            Some(next) => page.after = Some(next),
            None => return times,
        }
    }
}

#[derive(QueryableByName, Debug, PartialEq, Eq, Clone)]
pub(super) struct Partition {
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text)]
    bound: String,
}

/// The created partitions, the oldest first: all but the first and the last one.
pub(super) async fn partitions(connection: &mut AsyncPgConnection) -> Vec<Partition> {
    sql_query(
        "SELECT c.oid::regclass::text AS name, pg_get_expr(relpartbound, c.oid) AS bound
         FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
         WHERE inhparent = 'message'::regclass AND relname NOT IN ('message_first', 'message_rest') ORDER BY 2",
    )
    .load(connection)
    .await
    .unwrap()
}

async fn is_in(connection: &mut AsyncPgConnection, millis: i64) -> String {
    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let query = format!("SELECT tableoid::regclass::text AS name FROM message WHERE sent_at = {millis}000");
    sql_query(query).get_result::<Name>(connection).await.unwrap().name
}

/// Inserts `count` messages of the conversation, a millisecond apart.
pub(super) async fn insert(connection: &mut AsyncPgConnection, from: i64, count: i64) {
    let rows = format!(
        "INSERT INTO message SELECT 'w', 'c', decode(lpad(to_hex(n), 12, '0') || repeat('70', 10), 'hex'), NULL,
            decode(repeat('00', 16), 'hex'), 1, 'card', 'u', n * 1000, NULL, '{{}}'
         FROM generate_series({from}, {}) n",
        from + count - 1
    );
    connection.batch_execute(&rows).await.unwrap();
}

/// An empty database that was migrated in the hour before [`THEN`].
pub(super) async fn migrated_then() -> Database {
    let database = migrated().await;
    let move_bound = format!(
        r"ALTER TABLE message DETACH PARTITION message_first; ALTER TABLE message DETACH PARTITION message_rest;
        ALTER TABLE message ATTACH PARTITION message_first FOR VALUES FROM (MINVALUE) TO ('\x{THEN:012x}');
        ALTER TABLE message ATTACH PARTITION message_rest FOR VALUES FROM ('\x{THEN:012x}') TO (MAXVALUE)"
    );
    connection(&database).await.batch_execute(&move_bound).await.unwrap();
    database
}

async fn prepared() -> (PostgresStore, Database) {
    let database = migrated_then().await;
    let store = connect(&database.url()).await;
    store.prepare(time(THEN)).await.unwrap();
    (store, database)
}

#[tokio::test]
async fn missing_partitions_are_created_ahead_of_time() {
    let (store, database) = prepared().await;
    let mut connection = connection(&database).await;
    let there = partitions(&mut connection).await;
    // To midnight, since the rate of messages is still unknown.
    assert!(there.len() == 1 && there[0].bound.ends_with(r" TO ('\x01d1adad2c00')"), "{there:?}");
    store.prepare(time(THEN + HOUR)).await.unwrap();
    assert_eq!(partitions(&mut connection).await, there);
    store.prepare(time(THEN + 20 * HOUR)).await.unwrap();
    let more = partitions(&mut connection).await;
    assert_eq!((&more[..1], more.len()), (&there[..], 2), "{more:?}");
    assert!(more[1].bound.contains(r" FROM ('\x01d1adad2c00') "), "{more:?}");
}

#[tokio::test]
async fn a_message_goes_to_the_partition_of_its_time() {
    let (store, database) = prepared().await;
    let times = [1_000, THEN, THEN + 3 * HOUR, THEN + 9_000 * HOUR];
    for at in times {
        send(&store, &message(at)).await;
    }
    let mut connection = connection(&database).await;
    let made = partitions(&mut connection).await.remove(0).name;
    for (at, name) in times.into_iter().zip(["message_first", &made, &made, "message_rest"]) {
        assert_eq!(is_in(&mut connection, at).await, name);
    }
    assert_eq!(read(&store).await, times);
}

#[tokio::test]
async fn of_ten_concurrent_processes_exactly_one_creates_each_partition() {
    let database = migrated_then().await;
    let url = database.url();
    let stores = join_all((0..10).map(|_| connect(&url))).await;
    for now in [THEN, THEN + 20 * HOUR] {
        let prepared = join_all(stores.iter().map(|store| store.prepare(time(now)))).await;
        assert_eq!(prepared, vec![Ok(()); 10]);
    }
    assert_eq!(partitions(&mut connection(&database).await).await.len(), 2);
}

#[tokio::test]
async fn a_message_without_a_partition_is_read_before_and_after_its_partition_is_created() {
    let (store, database) = prepared().await;
    let ahead = [THEN + 30 * HOUR, THEN + 31 * HOUR, THEN + 9_000 * HOUR];
    let times = [vec![THEN], ahead.to_vec()].concat();
    for &at in times.iter().rev() {
        send(&store, &message(at)).await;
    }
    let mut connection = connection(&database).await;
    assert_eq!(is_in(&mut connection, ahead[0]).await, "message_rest");
    assert_eq!(read(&store).await, times);

    store.prepare(time(THEN + 20 * HOUR)).await.unwrap();
    assert_eq!(is_in(&mut connection, ahead[0]).await, partitions(&mut connection).await[1].name);
    assert_eq!(is_in(&mut connection, ahead[2]).await, "message_rest");
    assert_eq!(read(&store).await, times);
    for at in times {
        let found = store.find(&workspace(), &conversation(), message(at).id).await.unwrap();
        assert_eq!(found, Some(message(at)));
    }
}

/// They are not moved, since all sends would wait for the move.
#[tokio::test]
async fn the_table_of_many_messages_without_a_partition_becomes_one() {
    let database = migrated_then().await;
    let store = connect(&database.url()).await;
    let mut connection = connection(&database).await;
    let (many, later) = (THEN + HOUR / 2, THEN + 9_000 * HOUR);
    insert(&mut connection, many, 10_001).await;
    send(&store, &message(later)).await;
    store.prepare(time(THEN)).await.unwrap();
    let made = partitions(&mut connection).await.remove(0).name;
    assert_eq!(is_in(&mut connection, many).await, made);
    assert_eq!(is_in(&mut connection, later).await, "message_rest");
    send(&store, &message(THEN)).await;
    assert_eq!(is_in(&mut connection, THEN).await, made);
    let all = read(&store).await;
    assert_eq!((all.len(), all[0], all[1], all[10_002]), (10_003, THEN, many, later));
    store.prepare(time(THEN + 20 * HOUR)).await.unwrap();
    assert_eq!(partitions(&mut connection).await.len(), 2);
}

/// An operator has to resolve this.
#[tokio::test]
async fn many_messages_that_are_far_ahead_prevent_partitions_but_no_sends() {
    let database = migrated_then().await;
    let store = connect(&database.url()).await;
    let mut connection = connection(&database).await;
    for from in [THEN, THEN + 9_000 * HOUR] {
        insert(&mut connection, from, 10_001).await;
    }
    let refused = store.prepare(time(THEN)).await;
    assert!(matches!(&refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert_eq!(partitions(&mut connection).await, []);
    send(&store, &message(THEN - 1)).await;
    assert_eq!(read(&store).await.len(), 20_003);
}

#[tokio::test]
async fn a_partition_that_cannot_be_created_prevents_no_send() {
    let database = migrated_then().await;
    let store = connect(&database.url()).await;
    let mut other = connection(&database).await;
    // A long read, as by a backup.
    other.batch_execute("BEGIN; LOCK TABLE message IN ACCESS SHARE MODE").await.unwrap();
    let sending = async {
        for n in 0..200 {
            send(&store, &message(THEN + n)).await;
        }
    };
    let (refused, ()) = tokio::join!(store.prepare(time(THEN)), sending);
    assert!(matches!(&refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    other.batch_execute("COMMIT").await.unwrap();
    assert_eq!(partitions(&mut other).await, []);
    assert_eq!(read(&store).await.len(), 200);

    store.prepare(time(THEN)).await.unwrap();
    assert_eq!(is_in(&mut other, THEN).await, partitions(&mut other).await[0].name);
    assert_eq!(read(&store).await.len(), 200);
}

/// The lengths of the created partitions in days, and how far the last one reaches beyond [`THEN`].
async fn lengths(connection: &mut AsyncPgConnection) -> (Vec<i64>, i64) {
    let bounds: Vec<(i64, i64)> = partitions(connection)
        .await
        .iter()
        .map(|partition| {
            let times: Vec<_> = partition.bound.split(r"'\x").skip(1).map(|part| &part[..12]).collect();
            let time = |at: usize| i64::from_str_radix(times[at], 16).unwrap();
            (time(0), time(1))
        })
        .collect();
    let end = bounds.iter().map(|&(_, to)| to).max().unwrap();
    (bounds.into_iter().map(|(from, to)| (to - from) / (24 * HOUR)).collect(), (end - THEN) / (24 * HOUR))
}

const DAYS: i64 = 24 * HOUR;

#[tokio::test]
async fn short_partitions_of_a_clock_20_years_ahead_are_removed_after_it_is_corrected() {
    let (store, database) = prepared().await;
    send(&store, &message(THEN)).await;
    let mut connection = connection(&database).await;
    let right = partitions(&mut connection).await;
    let years = 20 * 365;
    store.prepare(time(THEN + years * DAYS)).await.unwrap();
    let (ahead, end) = lengths(&mut connection).await;
    assert!(ahead.len() > 260 && ahead.iter().all(|&days| days <= 28), "{ahead:?}");
    assert!(end >= years, "{end}");
    // Messages with ids of the wrong and of the right time stay.
    let times = [THEN, THEN + HOUR, THEN + 9_000 * HOUR, THEN + years * DAYS];
    for &at in &times[1..] {
        send(&store, &message(at)).await;
    }
    store.prepare(time(THEN + HOUR)).await.unwrap();
    let (back, end) = lengths(&mut connection).await;
    assert!(end <= 56 && back.len() < 5, "{back:?}, {end}");
    assert_eq!(partitions(&mut connection).await[0], right[0]);
    assert_eq!(read(&store).await, times);
    assert_eq!(is_in(&mut connection, times[3]).await, "message_rest");
    // Partitions are created again.
    store.prepare(time(THEN + 60 * DAYS)).await.unwrap();
    assert!(lengths(&mut connection).await.0.len() > back.len());
    assert_eq!(read(&store).await, times);
}

/// A start 20 years ahead left one before partitions had a maximal length.
#[tokio::test]
async fn a_partition_of_20_years_that_is_in_use_is_shortened_and_others_follow() {
    let database = migrated_then().await;
    let store = connect(&database.url()).await;
    let mut connection = connection(&database).await;
    let end = THEN + 20 * 365 * DAYS;
    let long = format!(
        r"ALTER TABLE message DETACH PARTITION message_rest;
        CREATE TABLE message_2033051803 PARTITION OF message FOR VALUES FROM ('\x{THEN:012x}') TO ('\x{end:012x}');
        ALTER TABLE message ATTACH PARTITION message_rest FOR VALUES FROM ('\x{end:012x}') TO (MAXVALUE)"
    );
    connection.batch_execute(&long).await.unwrap();
    let times = [THEN, THEN + 90 * DAYS, THEN + 100 * DAYS, THEN + 9_000 * HOUR];
    for at in times {
        send(&store, &message(at)).await;
    }
    store.prepare(time(THEN + 100 * DAYS)).await.unwrap();
    assert_eq!(lengths(&mut connection).await.1, 100, "it ends with the day");
    for later in [101, 140] {
        store.prepare(time(THEN + later * DAYS)).await.unwrap();
    }
    let (made, end) = lengths(&mut connection).await;
    assert!(made.len() > 2 && made[1..].iter().all(|&days| days <= 28) && end >= 140, "{made:?}, {end}");
    assert_eq!(read(&store).await, times);
}

/// For example because the user does not own the table.
#[tokio::test]
async fn messages_of_months_without_new_partitions_are_moved_to_short_ones() {
    let database = migrated_then().await;
    let store = connect(&database.url()).await;
    let mut connection = connection(&database).await;
    for month in 0..4 {
        insert(&mut connection, THEN + month * 28 * DAYS, 4_000).await;
    }
    store.prepare(time(THEN + 100 * DAYS)).await.unwrap();
    let (made, end) = lengths(&mut connection).await;
    assert!(made.len() >= 4 && made.iter().all(|&days| days <= 28) && end >= 100, "{made:?}, {end}");
    assert_ne!(is_in(&mut connection, THEN + 84 * DAYS).await, "message_rest");
    assert_eq!(read(&store).await.len(), 16_000);
}

/// Messages that a clock that is behind moves to `message_rest` must be movable back.
#[tokio::test]
async fn a_clock_that_is_months_behind_removes_no_partition_with_many_messages() {
    let (store, database) = prepared().await;
    store.prepare(time(THEN + 100 * DAYS)).await.unwrap();
    let mut connection = connection(&database).await;
    for month in 0..4 {
        insert(&mut connection, THEN + month * 28 * DAYS, 4_000).await;
    }
    let before = partitions(&mut connection).await;
    let refused = store.prepare(time(THEN - 100 * DAYS)).await;
    assert!(matches!(&refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert_eq!(partitions(&mut connection).await, before);
    store.prepare(time(THEN + 100 * DAYS)).await.unwrap();
    assert_eq!(read(&store).await.len(), 16_000);
}

#[tokio::test]
async fn partitions_before_one_of_an_operator_are_not_removed() {
    let (store, database) = prepared().await;
    store.prepare(time(THEN + 100 * DAYS)).await.unwrap();
    let mut connection = connection(&database).await;
    let last = partitions(&mut connection).await.pop().unwrap().name;
    connection.batch_execute(&format!("ALTER TABLE {last} RENAME TO kept_by_an_operator")).await.unwrap();
    let before = lengths(&mut connection).await;
    store.prepare(time(THEN)).await.unwrap();
    assert_eq!(lengths(&mut connection).await, before);
    send(&store, &message(THEN + 100 * DAYS)).await;
    assert_eq!(read(&store).await, [THEN + 100 * DAYS]);
}
