//! Caches in front of the store.

use std::sync::Arc;

use adapter_moka::Caches;

use super::{Adapters, Store};

impl Store {
    /// Puts caches in front of the stores that most requests read. A cache serves entries only while this store notifies it of
    /// changes.
    ///
    /// Call it on the long-lived runtime, with adapters over this store.
    pub fn cached(&self, adapters: Adapters) -> (Adapters, Caches) {
        let Adapters { api_keys, bindings, widgets, .. } = adapters;
        let caches = Caches::over(api_keys, bindings, widgets);
        self.change_feed().watch(&caches.listener());
        let adapters = Adapters {
            api_keys: Arc::clone(&caches.api_keys),
            bindings: Arc::clone(&caches.bindings),
            widgets: Arc::clone(&caches.widgets),
            ..adapters
        };
        (adapters, caches)
    }
}
