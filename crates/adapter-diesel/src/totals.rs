//! How many widgets match a long list, kept for a moment.
//!
//! Only the exact count grows with the matches (90,000 of a search took PostgreSQL 0.7 s), so past [`EXACT`] a total may be
//! as old as [`FRESH`]. Totals up to there are never kept, and the page itself never is.

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

/// Up to so many matches a total is counted for every request.
const EXACT: u64 = 10_000;
/// How old the total of more may be.
const FRESH: Duration = Duration::from_secs(10);
/// How long a request waits for another one that counts the same, before it counts for itself.
const PATIENCE: Duration = Duration::from_secs(1);

/// Filters with more matches than [`EXACT`] that are known at once. An entry has some hundred bytes, 2 KiB at most.
const FILTERS: u64 = 1_000;
/// For how long after its last use a filter is known to have many matches, so that requests wait for each other.
const KNOWN: Duration = Duration::from_secs(600);

type Key = (WorkspaceId, WidgetFilter);

/// The totals of long lists. Clones share them.
#[derive(Clone)]
pub(crate) struct Totals(Cache<Key, Arc<Mutex<Counted>>>);

/// A count, and when it began.
#[derive(Clone, Copy)]
struct Counted {
    total: u64,
    at: Instant,
}

/// What a list says of its total.
pub(crate) enum Total {
    /// More than [`EXACT`], counted a moment ago.
    Kept(u64),
    /// Not known: to be counted.
    Wanted(Counting),
}

/// A count that is under way. Others that want the same wait for it if they know that it takes long.
pub(crate) struct Counting {
    totals: Totals,
    key: Key,
    begun: Instant,
    others: Option<OwnedMutexGuard<Counted>>,
}

impl Totals {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(FILTERS).time_to_idle(KNOWN).build())
    }

    pub(crate) async fn of(&self, workspace: &WorkspaceId, filter: &WidgetFilter) -> Total {
        let key = (workspace.clone(), filter.clone());
        let others = match self.0.get(&key) {
            // In time, or every request would wait for a database that does not answer.
            Some(counted) => timeout(PATIENCE, counted.lock_owned()).await.ok(),
            None => None,
        };
        match &others {
            Some(counted) if counted.at.elapsed() < FRESH && counted.total > EXACT => Total::Kept(counted.total),
            _ => Total::Wanted(Counting { totals: self.clone(), key, begun: Instant::now(), others }),
        }
    }
}

impl Total {
    pub(crate) fn known(&self) -> Option<u64> {
        match self {
            Self::Kept(total) => Some(*total),
            Self::Wanted(_) => None,
        }
    }
}

impl Counting {
    /// Keeps the total if it is a large one, and gives it back.
    pub(crate) fn done(self, total: u64) -> u64 {
        let counted = Counted { total, at: self.begun };
        match self.others {
            // Those that wait see a total that is not kept, and count.
            Some(mut others) => *others = counted,
            None if total > EXACT => self.totals.0.insert(self.key.clone(), Arc::new(Mutex::new(counted))),
            None => {}
        }
        if total <= EXACT {
            self.totals.0.invalidate(&self.key);
        }
        total
    }
}

/// A kept total, put right where the page that was read beside it shows better: where a page ends, the list does.
pub(crate) fn seen(total: u64, page: Page, found: usize) -> u64 {
    let end = page.offset().saturating_add(found as u64);
    match found {
        0 if page.offset() > 0 => total,
        _ if found < page.limit as usize => end,
        _ => total.max(end),
    }
}

#[cfg(test)]
mod tests;
