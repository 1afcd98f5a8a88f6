//! What is done beside serving, while serving.

use std::{sync::Arc, time::Duration};

use domain::{idempotency::KEPT_SECONDS, time::Timestamp};
use ports::{Clock, Housekeeping};

const EVERY: Duration = Duration::from_secs(3_600);

/// Forgets old idempotency keys, now and every hour, until it is dropped.
pub(super) async fn run(store: Arc<dyn Housekeeping>, clock: Arc<dyn Clock>) {
    let mut hours = tokio::time::interval(EVERY);
    loop {
        hours.tick().await;
        match store.forget_attempts_before(forgotten_at(clock.now())).await {
            Ok(0) => {}
            Ok(forgotten) => tracing::info!(forgotten, "forgot idempotency keys older than a day"),
            Err(error) => {
                tracing::warn!(%error, "old idempotency keys could not be forgotten; the next try is in an hour");
            }
        }
    }
}

fn forgotten_at(now: Timestamp) -> Timestamp {
    now.plus_seconds(-KEPT_SECONDS)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use ports::{MockClock, MockHousekeeping, StoreError};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn keys_older_than_a_day_are_forgotten_every_hour_also_after_a_failure() {
        let calls = Arc::new(AtomicU32::new(0));
        let mut clock = MockClock::new();
        clock.expect_now().return_const(Timestamp::from_micros(100_000_000_000));
        let mut store = MockHousekeeping::new();
        let counted = Arc::clone(&calls);
        store.expect_forget_attempts_before().returning(move |before| {
            assert_eq!(before, Timestamp::from_micros(13_600_000_000));
            match counted.fetch_add(1, Ordering::Relaxed) {
                0 => Err(StoreError::Unavailable("locked".to_owned())),
                _ => Ok(3),
            }
        });
        let hours = Duration::from_secs(3 * 3_600 + 60);
        let _ = tokio::time::timeout(hours, run(Arc::new(store), Arc::new(clock))).await;
        assert_eq!(calls.load(Ordering::Relaxed), 4);
    }
}
