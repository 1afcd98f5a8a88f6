//! Partitions of messages are made ahead of time, and nothing depends on that.

use adapter_diesel::PostgresStore;
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use domain::{
    id::{MessageId, WidgetId},
    json::JsonText,
    message::{Message, MessagePage},
    names::{ConversationId, UserId, WorkspaceId},
    time::Timestamp,
    widget::{Version, WidgetKey},
};
use futures_util::future::join_all;
use ports::{Housekeeping as _, MessageStore as _, StoreError};
use test_postgres::Database;
use uuid::Uuid;

use super::fixture::{connect, connection, migrated};

pub(super) const HOUR: i64 = 3_600_000;
/// A time at which no partition has been made yet: 2033-05-18T03:00:00Z.
pub(super) const THEN: i64 = 1_999_998_000_000;

pub(super) fn time(millis: i64) -> Timestamp {
    Timestamp::from_micros(millis * 1_000)
}

/// A message whose id was made at this time, in milliseconds.
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

/// When the ids of the conversation's messages were made.
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

/// Those that were made, the oldest first: all but that for what is earlier and that for what is later.
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

/// As many rows of the conversation, a millisecond apart.
pub(super) async fn insert(connection: &mut AsyncPgConnection, from: i64, count: i64) {
    let rows = format!(
        "INSERT INTO message SELECT 'w', 'c', decode(lpad(to_hex(n), 12, '0') || repeat('70', 10), 'hex'), NULL,
            decode(repeat('00', 16), 'hex'), 1, 'card', 'u', n * 1000, NULL, '{{}}'
         FROM generate_series({from}, {}) n",
        from + count - 1
    );
    connection.batch_execute(&rows).await.unwrap();
}

async fn prepared() -> (PostgresStore, Database) {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    store.prepare(time(THEN)).await.unwrap();
    (store, database)
}

#[tokio::test]
async fn partitions_are_made_ahead_of_time_and_only_those_that_are_missing() {
    let (store, database) = prepared().await;
    let mut connection = connection(&database).await;
    let there = partitions(&mut connection).await;
    // To midnight, since nothing is known yet of how many messages come.
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
async fn of_ten_processes_that_prepare_at_once_one_makes_each_partition() {
    let database = migrated().await;
    let url = database.url();
    let stores = join_all((0..10).map(|_| connect(&url))).await;
    for now in [THEN, THEN + 20 * HOUR] {
        let prepared = join_all(stores.iter().map(|store| store.prepare(time(now)))).await;
        assert_eq!(prepared, vec![Ok(()); 10]);
    }
    assert_eq!(partitions(&mut connection(&database).await).await.len(), 2);
}

#[tokio::test]
async fn a_message_of_no_partition_yet_is_read_like_any_other_also_when_it_gets_one() {
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

/// They are not moved, since that would take long with everybody waiting.
#[tokio::test]
async fn many_messages_of_no_partition_yet_become_one_as_they_lie() {
    let database = migrated().await;
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

/// So it is for an operator to say what is to become of them.
#[tokio::test]
async fn where_many_messages_are_far_ahead_no_partition_is_made_and_messages_are_sent() {
    let database = migrated().await;
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
async fn a_partition_that_cannot_be_made_keeps_no_message_from_being_sent() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    let mut other = connection(&database).await;
    // Somebody reads for long, as a backup does.
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
