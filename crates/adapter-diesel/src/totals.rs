//! A short-lived cache of the totals of long lists of widgets.
//!
//! The cost of an exact count grows with the number of matches (90,000 matches of a search took PostgreSQL 0.7 s). So a
//! total above [`CACHE_THRESHOLD`] may be as old as [`MAX_AGE`]. Smaller totals and the pages themselves are never cached.

use std::{sync::Arc, time::Duration};

use domain::{
    names::WorkspaceId,
    widget::{Page, WidgetFilter},
};
use moka::sync::Cache;
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::{Instant, timeout},
};

/// Totals up to this number are counted for every request.
const CACHE_THRESHOLD: u64 = 10_000;
/// The greatest age of a cached total.
const MAX_AGE: Duration = Duration::from_secs(10);
/// How long a request waits for another one that counts the same matches, before it counts them itself.
const WAIT_TIMEOUT: Duration = Duration::from_secs(1);

/// The most filters in the cache. An entry has some hundred bytes, 2 KiB at most.
const MAX_FILTERS: u64 = 1_000;
/// How long after its last use a filter is known to have many matches, so that concurrent requests count once.
const IDLE_TIMEOUT: Duration = Duration::from_secs(600);

type Key = (WorkspaceId, WidgetFilter);

/// The totals of long lists. Clones share them.
#[derive(Clone)]
pub(crate) struct Totals(Cache<Key, Arc<Mutex<Counted>>>);

/// A total, and when its count started.
#[derive(Clone, Copy)]
struct Counted {
    total: u64,
    at: Instant,
}

/// The total of a list, if it is cached.
pub(crate) enum Total {
    /// More than [`CACHE_THRESHOLD`], counted within [`MAX_AGE`].
    Cached(u64),
    /// To be counted.
    Uncached(Counting),
}

/// A running count. Requests for the same matches wait for it if the filter is known to have many.
pub(crate) struct Counting {
    totals: Totals,
    key: Key,
    started: Instant,
    entry: Option<OwnedMutexGuard<Counted>>,
}

impl Totals {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(MAX_FILTERS).time_to_idle(IDLE_TIMEOUT).build())
    }

    pub(crate) async fn of(&self, workspace: &WorkspaceId, filter: &WidgetFilter) -> Total {
        let key = (workspace.clone(), filter.clone());
        let entry = match self.0.get(&key) {
            // With a timeout, or every request would wait for a database that does not respond.
            Some(counted) => timeout(WAIT_TIMEOUT, counted.lock_owned()).await.ok(),
            None => None,
        };
        match &entry {
            Some(counted) if counted.at.elapsed() < MAX_AGE && counted.total > CACHE_THRESHOLD => {
                Total::Cached(counted.total)
            }
            _ => Total::Uncached(Counting { totals: self.clone(), key, started: Instant::now(), entry }),
        }
    }
}

impl Total {
    pub(crate) fn known(&self) -> Option<u64> {
        match self {
            Self::Cached(total) => Some(*total),
            Self::Uncached(_) => None,
        }
    }
}

impl Counting {
    /// Caches the total if it is large, and returns it.
    pub(crate) fn finish(self, total: u64) -> u64 {
        let counted = Counted { total, at: self.started };
        match self.entry {
            // Waiting requests ignore a total that is too small, and count.
            Some(mut entry) => *entry = counted,
            None if total > CACHE_THRESHOLD => self.totals.0.insert(self.key.clone(), Arc::new(Mutex::new(counted))),
            None => {}
        }
        if total <= CACHE_THRESHOLD {
            self.totals.0.invalidate(&self.key);
        }
        total
    }
}

/// A cached total, corrected by the page that was read: a page that is not full ends the list.
pub(crate) fn adjust(total: u64, page: Page, found: usize) -> u64 {
    let end = page.offset().saturating_add(found as u64);
    match found {
        0 if page.offset() > 0 => total,
        _ if found < page.limit as usize => end,
        _ => total.max(end),
    }
}

#[cfg(test)]
mod tests;
