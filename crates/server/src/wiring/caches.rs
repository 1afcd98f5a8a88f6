use std::sync::Arc;

use adapter_moka::Caches;

use super::{Adapters, Store};

impl Store {
    /// Puts caches in front of the stores that every request asks. They serve as soon as this store tells what is changed.
    ///
    /// To be called on the long-lived runtime, with adapters over this store.
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
