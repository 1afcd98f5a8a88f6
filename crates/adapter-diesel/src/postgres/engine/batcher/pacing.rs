//! Whether a second batch starts while another one runs.
//!
//! On a fast disk a second batch costs throughput: batches become smaller, and the processors are busy anyway. On a slow
//! disk it adds a fifth: the server already has the rows of the next batch when the disk has written those of the current
//! one. So the rule depends on the duration of a lone batch, that is, one that runs alone.

use std::time::Duration;

/// Minimum duration of a lone batch for a second one to start. Such a batch leaves the processors idle: the disk syncs
/// slowly, or the server is far away.
const SLOW_BATCH_THRESHOLD: Duration = Duration::from_millis(1);
/// Minimum number of queued items that start a second batch: a commit costs as much as ten rows.
const MIN_SECOND_BATCH_ROWS: usize = 8;
/// Number of concurrent batches after which a lone batch is measured again.
const REMEASURE_INTERVAL: u32 = 128;

/// Measures batches, and decides whether a second one may start.
#[derive(Default)]
pub(super) struct Pacing {
    /// The duration of the last batch that ended while no other one was running.
    lone_duration: Duration,
    /// The number of batches since the last measurement that started while another one was running.
    concurrent: u32,
    running: usize,
    /// The rows of all running batches.
    rows: usize,
}

impl Pacing {
    /// A batch of `rows` rows has started.
    pub(super) fn started(&mut self, rows: usize) {
        self.concurrent += u32::from(self.running > 0);
        self.running += 1;
        self.rows += rows;
        if self.concurrent >= REMEASURE_INTERVAL {
            // No second batch starts until a lone one has ended.
            (self.lone_duration, self.concurrent) = (Duration::ZERO, 0);
        }
    }

    /// A batch of `rows` rows has ended; `duration` is `None` if it failed.
    pub(super) fn ended(&mut self, rows: usize, duration: Option<Duration>) {
        self.running -= 1;
        self.rows -= rows;
        if let Some(duration) = duration
            && self.running == 0
        {
            (self.lone_duration, self.concurrent) = (duration, 0);
        }
    }

    /// The number of queued items at which a second batch starts: the rows of the running one. `None` if no second batch
    /// may start.
    pub(super) fn second_batch_threshold(&self) -> Option<usize> {
        let may_start = self.running == 1 && self.lone_duration >= SLOW_BATCH_THRESHOLD;
        may_start.then_some(self.rows.max(MIN_SECOND_BATCH_ROWS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A lone batch of this duration has ended, and one of `rows` rows is running.
    fn after(duration: Duration, rows: usize) -> Pacing {
        let mut pacing = Pacing::default();
        pacing.started(1);
        pacing.ended(1, Some(duration));
        pacing.started(rows);
        pacing
    }

    #[test]
    fn no_second_batch_starts_during_a_fast_one() {
        let mut pacing = Pacing::default();
        pacing.started(20);
        assert_eq!(pacing.second_batch_threshold(), None, "nothing is measured yet");
        assert_eq!(after(SLOW_BATCH_THRESHOLD / 2, 20).second_batch_threshold(), None);
    }

    #[test]
    fn a_second_batch_needs_as_many_rows_as_the_running_slow_one_and_at_least_the_minimum() {
        assert_eq!(after(SLOW_BATCH_THRESHOLD, 3).second_batch_threshold(), Some(MIN_SECOND_BATCH_ROWS));
        let mut pacing = after(SLOW_BATCH_THRESHOLD, 20);
        assert_eq!(pacing.second_batch_threshold(), Some(20));
        pacing.started(30);
        assert_eq!(pacing.second_batch_threshold(), None, "at most two batches run");
        pacing.ended(20, None);
        assert_eq!(pacing.second_batch_threshold(), Some(30));
    }

    #[test]
    fn the_duration_of_a_lone_batch_is_measured_again() {
        let mut pacing = after(SLOW_BATCH_THRESHOLD, 10);
        for _ in 0..REMEASURE_INTERVAL {
            assert!(pacing.second_batch_threshold().is_some());
            pacing.started(10);
            // A batch takes longer while another one runs, on any disk.
            pacing.ended(10, Some(SLOW_BATCH_THRESHOLD));
        }
        assert_eq!(pacing.second_batch_threshold(), None);
        pacing.ended(10, Some(SLOW_BATCH_THRESHOLD));
        pacing.started(10);
        assert!(pacing.second_batch_threshold().is_some());
    }
}
