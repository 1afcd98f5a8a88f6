//! Caches in front of the stores. An answer from a cache is never older than one second.
//!
//! [`Caches::over`] wraps three store ports. The queries that every request needs are cached; all others go to the store.
//!
//! # How an entry is invalidated
//!
//! A [`ChangeFeed`](ports::ChangeFeed) notifies the caches of changes in the database, made by any process. Every
//! 250 ms it confirms a moment: it has reported all changes before it. An entry is served while two conditions hold:
//!
//! 1. **Its generation is current.** Each scope (such as the widgets of a workspace) has a counter. An entry stores the
//!    count as it was before its value was read from the store. A change advances the counter, which invalidates all earlier entries.
//!    Deleting entries instead would have a race: a read begins, the row changes, the entry is deleted, and then the read
//!    ends and adds the old value.
//! 2. **The caches hold a lease.** It ends 750 ms after the last moment that the feed has confirmed. If the feed fails in
//!    any way, the lease ends, and all requests go to the store.
//!
//! A change made through these caches advances the counter itself, so the same process sees it immediately.
//!
//! | module | contents |
//! |---|---|
//! | `generations` | the counters |
//! | `lease` | the lease |
//! | `validity` | both, driven by the change feed |
//! | `cache` | entries with a memory limit and a maximum age |
//! | `weight` | the memory of an entry |
//! | `api_keys`, `bindings`, `widgets` | one port each |

mod api_keys;
mod bindings;
mod cache;
mod generations;
mod lease;
#[cfg(test)]
mod tests;
mod validity;
mod weight;
mod widgets;

use std::sync::Arc;

use ports::{ApiKeyStore, BindingStore, ChangeListener, WidgetStore};

use crate::{api_keys::CachedApiKeys, bindings::CachedBindings, validity::Validity, widgets::CachedWidgets};

/// The stores of API keys, bindings and widgets, with caches in front of them.
///
/// The caches are inactive until a feed notifies [`listener`](Self::listener).
#[derive(Clone)]
pub struct Caches {
    /// Caches keys that exist.
    pub api_keys: Arc<dyn ApiKeyStore>,
    /// Caches bindings by peer and widget, and their absence.
    pub bindings: Arc<dyn BindingStore>,
    /// Caches widgets that exist, contracts by key, and the absence of a contract.
    pub widgets: Arc<dyn WidgetStore>,
    validity: Arc<Validity>,
}

impl Caches {
    /// Wraps these stores, which must share one database, with caches of 8 MiB in total.
    pub fn over(
        api_keys: Arc<dyn ApiKeyStore>,
        bindings: Arc<dyn BindingStore>,
        widgets: Arc<dyn WidgetStore>,
    ) -> Self {
        let validity = Arc::new(Validity::new());
        Self {
            api_keys: Arc::new(CachedApiKeys::new(api_keys, Arc::clone(&validity))),
            bindings: Arc::new(CachedBindings::new(bindings, Arc::clone(&validity))),
            widgets: Arc::new(CachedWidgets::new(widgets, Arc::clone(&validity))),
            validity,
        }
    }

    /// The listener for a change feed. It is dropped with the last clone of the caches.
    pub fn listener(&self) -> Arc<dyn ChangeListener> {
        Arc::clone(&self.validity) as _
    }

    /// Whether the caches are active: they hold a lease.
    pub fn are_serving(&self) -> bool {
        self.validity.lease.is_held()
    }
}
