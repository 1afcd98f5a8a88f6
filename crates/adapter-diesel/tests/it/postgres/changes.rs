//! All processes are notified of the changes of each.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use diesel_async::{RunQueryDsl as _, SimpleAsyncConnection as _};
use port_contract::{
    Stores,
    changes::{self, ChangeRecorder},
};
use ports::Change;
use test_postgres::Database;

use super::{
    fixture::{connect, connection, migrated},
    proxy::{Manner, Proxy},
};

#[tokio::test]
async fn listeners_are_notified_of_changes_of_another_store() {
    let database = migrated().await;
    let (feed, other) = (connect(&database.url()).await, connect(&database.url()).await);
    changes::changes_of_another_store_are_reported(&feed, &Stores::of(other, ())).await;
}

#[tokio::test]
async fn listeners_are_not_notified_of_a_change_that_is_rolled_back() {
    let database = migrated().await;
    let (feed, other) = (connect(&database.url()).await, connect(&database.url()).await);
    changes::operations_without_effect_are_not_reported(&feed, &Stores::of(other, ())).await;
}

#[tokio::test]
async fn a_listener_stays_current() {
    let database = migrated().await;
    changes::a_listener_stays_current(&connect(&database.url()).await).await;
}

#[tokio::test]
async fn a_notification_of_an_operator_means_every_change() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    let recorder = ChangeRecorder::watch_until_current(&store).await;
    let mark = recorder.mark();
    connection(&database).await.batch_execute("NOTIFY widgetd_changes").await.unwrap();
    recorder.wait_for(mark, &Change::Everything).await;
}

#[tokio::test]
async fn after_a_lost_connection_everything_is_reported_before_the_listener_is_current() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    let recorder = ChangeRecorder::watch_until_current(&store).await;
    let mark = recorder.mark();
    let lost = Instant::now();
    let terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                     WHERE datname = current_database() AND query = 'SELECT 1'";
    connection(&database).await.batch_execute(terminate).await.unwrap();
    recorder.wait_for(mark, &Change::Everything).await;
    recorder.wait_until_current_after(lost + Duration::from_millis(1)).await;
}

#[tokio::test]
async fn a_listener_is_not_current_while_the_network_is_down() {
    let database = migrated().await;
    let proxy = Proxy::before(&database).await;
    let store = connect(proxy.url()).await;
    let recorder = ChangeRecorder::watch_until_current(&store).await;
    let closed = proxy.closed();
    let (mark, cut) = (recorder.mark(), Instant::now());
    proxy.set(Manner::Frozen);
    proxy.until_closed(closed + 1).await; // it has given up
    // A query that was in flight when the network failed may still succeed.
    assert!(
        recorder.current_as_of() <= Some(cut),
        "{:?} after the cut",
        recorder.current_as_of().map(|moment| moment - cut)
    );
    proxy.set(Manner::Open);
    recorder.wait_until_current_after(Instant::now()).await;
    recorder.wait_for(mark, &Change::Everything).await;
}

#[tokio::test]
async fn without_notifications_no_listener_is_ever_current() {
    let database = migrated().await;
    let proxy = Proxy::before(&database).await;
    proxy.set(Manner::WithoutNotifications);
    let store = connect(proxy.url()).await;
    let recorder = ChangeRecorder::watch(&store);
    proxy.until_dropped().await;
    proxy.until_closed(2).await; // the one that was tried, and the one that tried it
    assert_eq!((recorder.current_as_of(), recorder.mark()), (None, 0));
}

#[tokio::test]
async fn a_feed_ends_with_its_listener_and_with_its_store() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    let recorder = ChangeRecorder::watch_until_current(&store).await;
    assert_eq!(connected_feeds(&database).await, 1);
    drop(recorder);
    until_no_feed_is_connected(&database).await;

    let recorder = ChangeRecorder::watch_until_current(&store).await;
    store.close().await;
    until_no_feed_is_connected(&database).await;

    let store = connect(&database.url()).await;
    let other = ChangeRecorder::watch_until_current(&store).await;
    drop(store);
    until_no_feed_is_connected(&database).await;
    assert!(Arc::strong_count(&recorder) == 1 && Arc::strong_count(&other) == 1, "no listener is held");
}

async fn until_no_feed_is_connected(database: &Database) {
    let begin = Instant::now();
    while connected_feeds(database).await > 0 {
        assert!(begin.elapsed() < Duration::from_secs(5), "the feed is still connected");
    }
}

/// The number of connected feeds.
async fn connected_feeds(database: &Database) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let query = "SELECT count(*) AS count FROM pg_stat_activity
                 WHERE datname = current_database() AND query = 'SELECT 1' AND application_name = 'widgetd'";
    diesel::sql_query(query).get_result::<Count>(&mut connection(database).await).await.unwrap().count
}
