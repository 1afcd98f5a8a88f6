use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use tokio::sync::Notify;

/// From here on a batch takes so long that the processors have little to do meanwhile: the disk is slow to sync, or the
/// server far away.
const SLOW: Duration = Duration::from_millis(1);
/// Fewer are better done together afterwards: a commit costs as much as ten rows.
const LEAST: usize = 8;
/// After so many batches side by side it is seen anew how long one takes by itself.
const ANEW: u32 = 128;

/// Tells the thread of a lane, while it waits for a batch, that so many wait for it.
#[derive(Default)]
pub(super) struct Crowd {
    /// How many are enough; 0 is that nobody wants to know.
    enough: AtomicUsize,
    gathered: Notify,
}

impl Crowd {
    /// So many wait now.
    pub(super) fn grew_to(&self, waiting: usize) {
        let enough = self.enough.load(Ordering::Relaxed);
        if enough > 0 && waiting >= enough {
            self.gathered.notify_one();
        }
    }

    /// How many are enough from now on; `None` is that nobody wants to know. Of a crowd that gathers at the same moment nobody may
    /// be told; the next who comes, or the end of the batch, is soon enough.
    pub(super) fn want(&self, enough: Option<usize>) {
        self.enough.store(enough.unwrap_or(0), Ordering::Relaxed);
    }

    /// Waits until as many wait as were wanted, now or a moment ago.
    pub(super) async fn gathered(&self) {
        self.gathered.notified().await;
    }
}

/// How long batches take of late, by which it is decided whether two are done side by side.
///
/// On a quick disk that costs more than it gains: batches get smaller, and the processors were busy all the same. On a slow
/// one it is worth a fifth: the rows of the next batch are there already when the disk has written the one before.
#[derive(Default)]
pub(super) struct Pace {
    /// Of the last batch that ended with no other under way.
    took: Duration,
    side_by_side: u32,
    /// Batches that are under way, and the rows in them.
    under_way: usize,
    rows: usize,
}

impl Pace {
    /// A batch of so many rows has begun.
    pub(super) fn began(&mut self, rows: usize) {
        self.side_by_side += u32::from(self.under_way > 0);
        self.under_way += 1;
        self.rows += rows;
        if self.side_by_side >= ANEW {
            // Until one has ended that was alone.
            (self.took, self.side_by_side) = (Duration::ZERO, 0);
        }
    }

    /// A batch of so many rows has ended; how long it took is told if all went well.
    pub(super) fn ended(&mut self, rows: usize, took: Option<Duration>) {
        self.under_way -= 1;
        self.rows -= rows;
        if let Some(took) = took
            && self.under_way == 0
        {
            (self.took, self.side_by_side) = (took, 0);
        }
    }

    /// How many that wait are reason enough to begin beside the one batch that is under way: as many as are in it.
    pub(super) fn crowd(&self) -> Option<usize> {
        (self.under_way == 1 && self.took >= SLOW).then_some(self.rows.max(LEAST))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    /// A batch alone that took so long, and one of so many rows that has begun after it.
    fn after(took: Duration, rows: usize) -> Pace {
        let mut pace = Pace::default();
        pace.began(1);
        pace.ended(1, Some(took));
        pace.began(rows);
        pace
    }

    #[test]
    fn nobody_begins_beside_a_quick_batch() {
        let mut pace = Pace::default();
        pace.began(20);
        assert_eq!(pace.crowd(), None, "of the first it is not known");
        assert_eq!(after(SLOW / 2, 20).crowd(), None);
    }

    #[test]
    fn beside_a_slow_batch_begin_as_many_as_are_in_it_and_no_few() {
        assert_eq!(after(SLOW, 3).crowd(), Some(LEAST));
        let mut pace = after(SLOW, 20);
        assert_eq!(pace.crowd(), Some(20));
        pace.began(30);
        assert_eq!(pace.crowd(), None, "two are enough");
        pace.ended(20, None);
        assert_eq!(pace.crowd(), Some(30));
    }

    #[test]
    fn how_long_one_takes_alone_is_seen_anew() {
        let mut pace = after(SLOW, 10);
        for _ in 0..ANEW {
            assert!(pace.crowd().is_some());
            pace.began(10);
            // Beside another it takes longer, whatever the disk does.
            pace.ended(10, Some(SLOW));
        }
        assert_eq!(pace.crowd(), None);
        pace.ended(10, Some(SLOW));
        pace.began(10);
        assert!(pace.crowd().is_some());
    }

    #[test]
    fn a_crowd_is_told_of_when_it_is_wanted_and_large_enough() {
        let crowd = Crowd::default();
        crowd.grew_to(1_000);
        assert!(crowd.gathered().now_or_never().is_none(), "nobody wanted to know");
        crowd.want(Some(10));
        crowd.grew_to(9);
        assert!(crowd.gathered().now_or_never().is_none());
        crowd.grew_to(10);
        assert!(crowd.gathered().now_or_never().is_some());
        crowd.want(None);
        crowd.grew_to(1_000);
        assert!(crowd.gathered().now_or_never().is_none());
    }
}
