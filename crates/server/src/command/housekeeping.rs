//! What is done beside serving, while serving.

use std::{sync::Arc, time::Duration};

use domain::{idempotency::KEPT_SECONDS, time::Timestamp};
use ports::{Clock, Housekeeping, StoreError};
use tokio::time::MissedTickBehavior;

use crate::config::Retention;

const EVERY: Duration = Duration::from_secs(3_600);

/// Looks after a store.
pub(super) struct Housekeeper {
    store: Arc<dyn Housekeeping>,
    clock: Arc<dyn Clock>,
    retention: Option<Retention>,
    /// Whether the store could be prepared the last time.
    is_prepared: bool,
}

impl Housekeeper {
    pub(super) fn new(store: Arc<dyn Housekeeping>, clock: Arc<dyn Clock>, retention: Option<Retention>) -> Self {
        Self { store, clock, retention, is_prepared: true }
    }

    /// Gets the store ready for the hours to come. Nothing depends on it, so a failure is told once, and no start fails by it.
    pub(super) async fn prepare(&mut self) {
        let prepared = self.store.prepare(self.clock.now()).await;
        match &prepared {
            Err(error) if self.is_prepared => {
                tracing::warn!(%error, "no room was made for the messages to come; they are kept all the same, and it is \
                    tried every hour");
            }
            Ok(()) if !self.is_prepared => tracing::info!("room is made for the messages to come again"),
            _ => {}
        }
        self.is_prepared = prepared.is_ok();
    }

    /// Prepares the store, forgets old idempotency keys and deletes old messages, now and every hour, until it is dropped.
    ///
    /// Keys before messages, by one reading of the clock: then no key is left whose message is gone, since a message is
    /// kept for a day at least and was sent after its attempt began.
    pub(super) async fn run(mut self) {
        let mut hours = tokio::time::interval(EVERY);
        // An hour after the last one: what took for longer than that leaves none to be caught up with.
        hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            hours.tick().await;
            self.prepare().await;
            let now = self.clock.now();
            if let Err(error) = tidy(&*self.store, now, self.retention).await {
                tracing::warn!(%error, "old idempotency keys or messages could not be deleted; the next try is in an hour");
            }
        }
    }
}

async fn tidy(store: &dyn Housekeeping, now: Timestamp, retention: Option<Retention>) -> Result<(), StoreError> {
    let forgotten = store.forget_attempts_before(now.plus_seconds(-KEPT_SECONDS)).await?;
    if forgotten > 0 {
        tracing::info!(forgotten, "forgot idempotency keys older than a day");
    }
    let Some(retention) = retention else { return Ok(()) };
    let deleted = store.delete_messages_before(retention.ends(now)).await?;
    if deleted > 0 {
        tracing::info!(deleted, "deleted messages older than their retention");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use ports::{MockClock, MockHousekeeping};

    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(100_000_000_000);

    fn clock() -> Arc<MockClock> {
        let mut clock = MockClock::new();
        clock.expect_now().return_const(NOW);
        Arc::new(clock)
    }

    fn prepared() -> MockHousekeeping {
        let mut store = MockHousekeeping::new();
        store.expect_prepare().withf(|now| *now == NOW).returning(|_| Ok(()));
        store
    }

    #[tokio::test(start_paused = true)]
    async fn the_store_is_prepared_every_hour_and_a_failure_keeps_nothing_from_being_done() {
        let mut store = MockHousekeeping::new();
        store.expect_prepare().times(3).returning(|_| Err(StoreError::Internal("not the owner".to_owned())));
        store.expect_forget_attempts_before().times(3).returning(|_| Ok(0));
        let run = Housekeeper::new(Arc::new(store), clock(), None).run();
        let _ = tokio::time::timeout(EVERY * 2 + EVERY / 2, run).await;
    }

    #[tokio::test(start_paused = true)]
    async fn keys_older_than_a_day_are_forgotten_every_hour_also_after_a_failure() {
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
        // Not in the first hour, in which keys are left.
        let deleted = |before: &Timestamp| *before == NOW.plus_seconds(-172_800);
        store.expect_delete_messages_before().times(2).withf(deleted).returning(|_| Ok(5));
        let _ =
            tokio::time::timeout(EVERY * 2 + EVERY / 2, Housekeeper::new(Arc::new(store), clock(), retention).run())
                .await;
    }
}
