//! Listeners are notified of all changes: those of other processes to the file, and those of this process in detail.

use std::{fs, time::Instant};

use adapter_diesel::SqliteStore;
use port_contract::{
    Stores,
    changes::{self, ChangeRecorder},
};
use ports::Change;

use crate::fixture::Place;

#[tokio::test]
async fn listeners_are_notified_of_changes_of_another_store() {
    let place = Place::new();
    let (feed, other) = (place.store().await, place.store().await);
    changes::changes_of_another_store_are_reported(&feed, &Stores::of(other, ())).await;
}

#[tokio::test]
async fn listeners_are_not_notified_of_a_change_that_is_rolled_back() {
    let place = Place::new();
    let (feed, other) = (place.store().await, place.store().await);
    changes::operations_without_effect_are_not_reported(&feed, &Stores::of(other, ())).await;
}

#[tokio::test]
async fn listeners_are_notified_of_changes_of_the_store_itself() {
    let place = Place::new();
    let store = place.store().await;
    changes::changes_of_another_store_are_reported(&store, &Stores::of(store.clone(), ())).await;
}

/// Otherwise each message would empty the caches.
#[tokio::test]
async fn no_change_of_the_store_itself_is_reported_as_everything() {
    let place = Place::new();
    let store = place.store().await;
    let recorder = ChangeRecorder::watch_until_current(&store).await;
    let mark = recorder.mark();
    let stores = Stores::of(store.clone(), ());
    port_contract::message_store::concurrent_appends_are_all_stored(&stores).await;
    port_contract::binding_store::of_concurrent_replacements_of_the_same_state_one_succeeds(&stores).await;
    recorder.wait_until_current_after(Instant::now()).await; // it has checked since
    let more = recorder.changes_since(mark);
    assert!(!more.is_empty() && !more.contains(&Change::Everything), "{more:?}");
}

#[tokio::test]
async fn a_database_in_memory_is_always_current() {
    let store = SqliteStore::open("sqlite::memory:").unwrap();
    changes::a_listener_stays_current(&store).await;
}

#[tokio::test]
async fn checking_for_changes_writes_nothing() {
    let place = Place::new();
    let store = place.store().await;
    let log = place.directory().join("widgetd.db-wal");
    let before = fs::read(&log).unwrap();
    changes::a_listener_stays_current(&store).await;
    assert!(fs::read(&log).unwrap() == before);
}
