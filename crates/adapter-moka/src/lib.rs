//! Caches in front of the stores: what every request asks is answered from memory, and never later than a second after it
//! was changed.
//!
//! [`Caches::over`] puts a decorator in front of each of three store ports. What is asked on every request is kept; all else
//! goes to the store. Two things make a copy true, and a [`ChangeFeed`](ports::ChangeFeed) drives both through
//! `Freshness`:
//!
//! - **Stamps.** A copy remembers a number that was read before the store was asked, and is served only while that number
//!   is the same. A change counts it up. So a read that began before a change is never served after it, whichever of the two
//!   ended first.
//! - **A lease.** Copies are served only until 750 ms after the last moment as of which the feed was sure to have told
//!   everything. If the feed breaks in whatever way, the caches step aside and the store is asked.
//!
//! | file | holds |
//! |---|---|
//! | `freshness` | which copies are true |
//! | `stamps` | numbers that count changes |
//! | `lease` | until when copies are served |
//! | `memory` | copies with a bound and an age |
//! | `weight` | how much memory a copy takes |
//! | the others | one port each |

mod api_keys;
mod bindings;
mod freshness;
mod lease;
mod memory;
mod stamps;
#[cfg(test)]
mod tests;
mod weight;
mod widgets;

use std::sync::Arc;

use ports::{ApiKeyStore, BindingStore, ChangeListener, WidgetStore};

use crate::{api_keys::CachedApiKeys, bindings::CachedBindings, freshness::Freshness, widgets::CachedWidgets};

/// The stores of API keys, bindings and widgets, with caches in front of them.
///
/// Nothing is served from memory before a feed has been told to watch [`listener`](Self::listener).
#[derive(Clone)]
pub struct Caches {
    /// Keeps keys that were found.
    pub api_keys: Arc<dyn ApiKeyStore>,
    /// Keeps bindings by peer and widget, and that there is none.
    pub bindings: Arc<dyn BindingStore>,
    /// Keeps widgets that were found, contracts by key, and that there is none.
    pub widgets: Arc<dyn WidgetStore>,
    freshness: Arc<Freshness>,
}

impl Caches {
    /// Caches of 8 MiB in all over these stores, which must be of one database.
    pub fn over(
        api_keys: Arc<dyn ApiKeyStore>,
        bindings: Arc<dyn BindingStore>,
        widgets: Arc<dyn WidgetStore>,
    ) -> Self {
        let freshness = Arc::new(Freshness::new());
        Self {
            api_keys: Arc::new(CachedApiKeys::new(api_keys, Arc::clone(&freshness))),
            bindings: Arc::new(CachedBindings::new(bindings, Arc::clone(&freshness))),
            widgets: Arc::new(CachedWidgets::new(widgets, Arc::clone(&freshness))),
            freshness,
        }
    }

    /// Whom to tell what is changed; gone when the caches are.
    pub fn listener(&self) -> Arc<dyn ChangeListener> {
        Arc::clone(&self.freshness) as _
    }

    /// Whether answers come from memory now.
    pub fn are_serving(&self) -> bool {
        self.freshness.lease.holds()
    }
}
