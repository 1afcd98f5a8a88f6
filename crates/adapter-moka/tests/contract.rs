//! A store behind the caches fulfills the store contract.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::Arc;

use adapter_diesel::SqliteStore;
use adapter_moka::Caches;
use port_contract::Stores;
use ports::ChangeFeed as _;

async fn stores() -> Stores {
    let store = SqliteStore::open("sqlite::memory:").unwrap();
    store.migrate().await.unwrap();
    let plain = Stores::of(store.clone(), ());
    let caches = Caches::over(Arc::clone(&plain.keys), Arc::clone(&plain.bindings), Arc::clone(&plain.widgets));
    store.watch(&caches.listener());
    while !caches.are_serving() {
        tokio::task::yield_now().await;
    }
    Stores { keys: caches.api_keys, bindings: caches.bindings, widgets: caches.widgets, ..plain }
}

port_contract::store_contract!(crate::stores);
