use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Notify;

/// While a batch runs, wakes the batcher's thread when enough items are queued to start a second batch.
#[derive(Default)]
pub(super) struct BacklogSignal {
    /// The number of queued items that wakes the thread; 0 for never.
    threshold: AtomicUsize,
    reached: Notify,
}

impl BacklogSignal {
    /// Reports the number of queued items.
    pub(super) fn grew_to(&self, queued: usize) {
        let threshold = self.threshold.load(Ordering::Relaxed);
        if threshold > 0 && queued >= threshold {
            self.reached.notify_one();
        }
    }

    /// Sets the number of queued items that wakes the thread; `None` for never.
    ///
    /// A notification can be lost when items arrive concurrently. The next arrival or the end of the batch wakes the
    /// thread.
    pub(super) fn set_threshold(&self, threshold: Option<usize>) {
        self.threshold.store(threshold.unwrap_or(0), Ordering::Relaxed);
    }

    /// Waits until the threshold is reached. May also return because an earlier threshold was reached.
    pub(super) async fn reached(&self) {
        self.reached.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[test]
    fn only_a_backlog_that_reaches_the_threshold_wakes_the_thread() {
        let backlog = BacklogSignal::default();
        backlog.grew_to(1_000);
        assert!(backlog.reached().now_or_never().is_none(), "no threshold is set");
        backlog.set_threshold(Some(10));
        backlog.grew_to(9);
        assert!(backlog.reached().now_or_never().is_none());
        backlog.grew_to(10);
        assert!(backlog.reached().now_or_never().is_some());
        backlog.set_threshold(None);
        backlog.grew_to(1_000);
        assert!(backlog.reached().now_or_never().is_none());
    }
}
