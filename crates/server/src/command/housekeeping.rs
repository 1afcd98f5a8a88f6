//! Periodic housekeeping while the service runs: prepares the store, and deletes old idempotency keys and messages.

use std::{sync::Arc, time::Duration};

use domain::{idempotency::MIN_RETENTION_SECONDS, time::Timestamp};
use ports::{Housekeeping, StoreError};
use tokio::time::MissedTickBehavior;

use crate::{config::Retention, system::ClockWatch};

/// The time between two rounds of housekeeping.
const INTERVAL: Duration = Duration::from_secs(3_600);
/// The widgets whose search text is rewritten before serving, in about a second. Larger databases finish while serving.
const MAX_REFRESHED_AT_START: u64 = 2_000;

/// Runs the housekeeping of a store.
pub(super) struct Housekeeper {
    store: Arc<dyn Housekeeping>,
    clocks: Arc<ClockWatch>,
    retention: Option<Retention>,
    /// Whether the last preparation of the store succeeded. Only a change is logged.
    is_prepared: bool,
}

impl Housekeeper {
    pub(super) fn new(store: Arc<dyn Housekeeping>, clocks: Arc<ClockWatch>, retention: Option<Retention>) -> Self {
        Self { store, clocks, retention, is_prepared: true }
    }

    /// Prepares the store and records a clock reading, before serving. So the next start finds a reading to compare with, even
    /// if this process ends before its first round of housekeeping.
    pub(super) async fn begin(&mut self) {
        self.prepare().await;
        self.refresh_search(MAX_REFRESHED_AT_START).await;
        if let Err(error) = self.time_for_deletions().await {
            tracing::warn!(%error, "the time of this start could not be recorded; housekeeping retries");
        }
    }

    /// Prepares the store for the messages of the next hours. The service works without it, so a failure is logged once and does
    /// not prevent the start.
    async fn prepare(&mut self) {
        let prepared = self.store.prepare(self.clocks.clock().now()).await;
        match &prepared {
            Err(error) if self.is_prepared => {
                tracing::warn!(
                    %error,
                    "the store could not be prepared for the messages of the next hours; they are stored all the same; the \
                     next attempt is in an hour"
                );
            }
            Ok(()) if !self.is_prepared => {
                tracing::info!("the store could be prepared again");
            }
            _ => {}
        }
        self.is_prepared = prepared.is_ok();
    }

    /// Prepares the store, and deletes old idempotency keys and old messages, now and every hour until the future is dropped.
    /// While deletions are suspended, it deletes nothing.
    ///
    /// Keys are deleted before messages, by the same reading of the clock. So no key outlives its message: messages are retained
    /// for at least a day, and a message is sent after its attempt began.
    pub(super) async fn run(mut self) {
        let mut hours = tokio::time::interval(INTERVAL);
        // A round that takes longer than an hour skips ticks, instead of causing a burst of rounds.
        hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            hours.tick().await;
            self.prepare().await;
            self.refresh_search(u64::MAX).await;
            if let Err(error) = self.delete_old().await {
                tracing::warn!(%error, "old idempotency keys or messages could not be deleted; the next attempt is in an hour");
            }
        }
    }

    /// Rewrites search texts that an earlier version of the service wrote: before a migration, or since, while its processes still
    /// run.
    async fn refresh_search(&self, at_most: u64) {
        match self.store.refresh_search(at_most).await {
            Ok(0) => {}
            Ok(refreshed) => tracing::info!(refreshed, "updated the search text of widgets of an earlier version"),
            Err(error) => tracing::warn!(
                %error,
                "search texts of an earlier version could not be updated, so searches may miss widgets; the next attempt is in \
                 an hour"
            ),
        }
    }

    async fn delete_old(&self) -> Result<(), StoreError> {
        let Some(now) = self.time_for_deletions().await? else { return Ok(()) };
        let forgotten = self.store.forget_attempts_before(now.plus_seconds(-MIN_RETENTION_SECONDS)).await?;
        if forgotten > 0 {
            tracing::info!(forgotten, "forgot idempotency keys older than a day");
        }
        let Some(retention) = self.retention else { return Ok(()) };
        let deleted = self.store.delete_messages_before(retention.cutoff(now)).await?;
        if deleted > 0 {
            tracing::info!(deleted, "deleted messages older than their retention");
        }
        Ok(())
    }

    /// Records a reading of the clock, and returns the time; `None` while deletions are suspended.
    async fn time_for_deletions(&self) -> Result<Option<Timestamp>, StoreError> {
        let now = self.clocks.clock().now();
        // Checked after the time was read: a jump before the reading is always noticed.
        let has_jumped = self.clocks.has_jumped();
        let reading = self.store.record_clock(now, has_jumped).await?;
        let is_suspended = has_jumped || !reading.allows_deletion();
        match (is_suspended, self.clocks.set_suspended(is_suspended)) {
            // `StoreClock` logs a jump when it measures it.
            (true, false) if !has_jumped => tracing::warn!(
                %now, until = %reading.deletes_from,
                "the clock moved by more than a day since it was last read, the service was off for that long, or another \
                 process saw the clock jump: deletions of messages and idempotency keys are suspended until it has run for a \
                 day; if the clock is wrong, set it right"
            ),
            (false, true) => tracing::info!("the clock has run for a day: deletions resume"),
            _ => {}
        }
        Ok((!is_suspended).then_some(now))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use domain::clock::ClockReading;
    use ports::{MockClock, MockHousekeeping, MockStoreTime};

    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(100_000_000_000);

    fn clock() -> Arc<ClockWatch> {
        let mut clock = MockClock::new();
        clock.expect_now().return_const(NOW);
        Arc::new(ClockWatch::alone(Arc::new(clock)))
    }

    fn store() -> MockHousekeeping {
        let mut store = MockHousekeeping::new();
        store.expect_refresh_search().returning(|_| Ok(0));
        store
    }

    fn prepared() -> MockHousekeeping {
        let mut store = store();
        store.expect_prepare().withf(|now| *now == NOW).returning(|_| Ok(()));
        store.expect_record_clock().withf(|now, _| *now == NOW).returning(|now, _| Ok(ClockReading::first(now)));
        store
    }

    #[tokio::test(start_paused = true)]
    async fn the_store_is_prepared_every_hour_and_a_failure_does_not_prevent_deletions() {
        let mut store = store();
        store.expect_prepare().times(3).returning(|_| Err(StoreError::Internal("not the owner".to_owned())));
        store.expect_record_clock().returning(|now, _| Ok(ClockReading::first(now)));
        store.expect_forget_attempts_before().times(3).returning(|_| Ok(0));
        let run = Housekeeper::new(Arc::new(store), clock(), None).run();
        let _ = tokio::time::timeout(INTERVAL * 2 + INTERVAL / 2, run).await;
    }

    #[tokio::test(start_paused = true)]
    async fn search_texts_are_refreshed_in_part_before_serving_and_fully_every_hour_even_after_a_failure() {
        let mut store = MockHousekeeping::new();
        store.expect_prepare().returning(|_| Ok(()));
        store.expect_record_clock().returning(|now, _| Ok(ClockReading::first(now)));
        store.expect_forget_attempts_before().times(2).returning(|_| Ok(0));
        let partly = |at_most: &u64| *at_most == MAX_REFRESHED_AT_START;
        store
            .expect_refresh_search()
            .withf(partly)
            .times(1)
            .returning(|_| Err(StoreError::Unavailable("locked".to_owned())));
        store.expect_refresh_search().withf(|at_most| *at_most == u64::MAX).times(2).returning(|_| Ok(7));
        let mut housekeeper = Housekeeper::new(Arc::new(store), clock(), None);
        housekeeper.begin().await;
        let _ = tokio::time::timeout(INTERVAL * 3 / 2, housekeeper.run()).await;
    }

    #[tokio::test(start_paused = true)]
    async fn keys_older_than_a_day_are_deleted_every_hour_even_after_a_failure() {
        let calls = Arc::new(AtomicU32::new(0));
        let mut store = prepared();
        let counted = Arc::clone(&calls);
        store.expect_forget_attempts_before().returning(move |before| {
            assert_eq!(before, Timestamp::from_micros(13_600_000_000));
            match counted.fetch_add(1, Ordering::Relaxed) {
                0 => Err(StoreError::Unavailable("locked".to_owned())),
                _ => Ok(3),
            }
        });
        let hours = Duration::from_secs(3 * 3_600 + 60);
        let _ = tokio::time::timeout(hours, Housekeeper::new(Arc::new(store), clock(), None).run()).await;
        assert_eq!(calls.load(Ordering::Relaxed), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn messages_are_deleted_every_hour_after_the_keys_of_their_attempts() {
        let retention = Retention::parse("2d").unwrap();
        let mut store = prepared();
        store
            .expect_forget_attempts_before()
            .times(1)
            .return_once(|_| Err(StoreError::Unavailable("locked".to_owned())));
        store.expect_forget_attempts_before().times(2).returning(|_| Ok(0));
        // Not in the first hour, in which deleting the keys fails.
        let deleted = |before: &Timestamp| *before == NOW.plus_seconds(-172_800);
        store.expect_delete_messages_before().times(2).withf(deleted).returning(|_| Ok(5));
        let _ = tokio::time::timeout(
            INTERVAL * 2 + INTERVAL / 2,
            Housekeeper::new(Arc::new(store), clock(), retention).run(),
        )
        .await;
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_deleted_while_deletions_are_suspended() {
        let mut store = store();
        store.expect_prepare().returning(|_| Ok(()));
        let too_early = ClockReading { seen_at: NOW, deletes_from: NOW.plus_seconds(1) };
        store.expect_record_clock().times(1).return_once(|_, _| Err(StoreError::Unavailable("locked".to_owned())));
        store.expect_record_clock().times(2).returning(move |_, _| Ok(too_early));
        store.expect_record_clock().times(1).returning(|now, _| Ok(ClockReading::first(now)));
        store.expect_forget_attempts_before().times(1).returning(|_| Ok(0));
        store.expect_delete_messages_before().times(1).returning(|_| Ok(0));
        let clocks = clock();
        let retention = Retention::parse("1d").unwrap();
        let run = Housekeeper::new(Arc::new(store), Arc::clone(&clocks), retention).run();
        let mut run = std::pin::pin!(run);
        for (hours, is_suspended) in [(INTERVAL * 2 + INTERVAL / 4, true), (INTERVAL, false)] {
            let _ = tokio::time::timeout(hours, &mut run).await;
            assert_eq!(clocks.is_deletion_suspended(), is_suspended);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_deleted_after_the_stores_clock_jumped_until_the_next_start() {
        let ahead = Arc::new(AtomicU32::new(0));
        let mut source = MockStoreTime::new();
        let read = Arc::clone(&ahead);
        source.expect_store_time().returning(move || Ok(NOW.plus_seconds(read.load(Ordering::SeqCst).into())));
        let clocks = Arc::new(ClockWatch::following(Arc::new(source)).await.unwrap());
        let mut store = store();
        store.expect_prepare().returning(|_| Ok(()));
        store.expect_record_clock().times(3).returning(|now, _| Ok(ClockReading::first(now)));
        store.expect_forget_attempts_before().times(1).returning(|_| Ok(0));
        let mut run = std::pin::pin!(Housekeeper::new(Arc::new(store), Arc::clone(&clocks), None).run());
        let mut watch = std::pin::pin!(clocks.run());
        // The first round deletes. Then the clock jumps for a moment, and later rounds do not delete.
        for (jump, is_suspended) in [(0, false), (7_200, true), (0, true)] {
            ahead.store(jump, Ordering::SeqCst);
            let both = async { tokio::join!(&mut run, &mut watch) };
            let _ = tokio::time::timeout(INTERVAL / 4 * 3, both).await;
            assert_eq!(clocks.is_deletion_suspended(), is_suspended);
        }
    }
}
