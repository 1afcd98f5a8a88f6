//! The service's clock, and whether deletions may rely on it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ports::{Clock, StoreError, StoreTime};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::{PolledMetrics, StoreClock, SystemClock};

/// The time between measurements of the store's clock.
const MEASURE_INTERVAL: Duration = Duration::from_secs(60);
/// Maximum difference between the machine's clock and the store's without a warning.
const MAX_DISTANCE_MICROS: i64 = 5 * 1_000_000;

/// The service's clock, and whether deletions may rely on it.
pub struct ClockWatch {
    clock: Arc<dyn Clock>,
    /// `None` if the machine's clock is the store's.
    shared: Option<Shared>,
    /// Whether housekeeping suspended deletions after its last reading of the clock.
    is_suspended: AtomicBool,
}

struct Shared {
    source: Arc<dyn StoreTime>,
    store: Arc<StoreClock>,
    machine: Arc<dyn Clock>,
    /// Whether the log already reports that the machine's clock differs.
    is_far: AtomicBool,
}

impl ClockWatch {
    /// For a store that only this machine uses: `clock` is the service's clock.
    pub fn alone(clock: Arc<dyn Clock>) -> Self {
        Self { clock, shared: None, is_suspended: AtomicBool::new(false) }
    }

    /// For a store that several processes share: the store's clock is the service's clock.
    ///
    /// Measures the store's clock, and warns if the machine's clock differs much.
    pub async fn following(source: Arc<dyn StoreTime>) -> Result<Self, StoreError> {
        Self::compared(source, Arc::new(SystemClock)).await
    }

    async fn compared(source: Arc<dyn StoreTime>, machine: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let store = Arc::new(StoreClock::following(&*source).await?);
        let clock = Arc::clone(&store) as _;
        let shared = Some(Shared { source, store, machine, is_far: AtomicBool::new(false) });
        let watch = Self { clock, shared, is_suspended: AtomicBool::new(false) };
        watch.report_distance();
        Ok(watch)
    }

    /// The service's clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Whether the store's clock has jumped since the start. If so, nothing may be deleted by it.
    ///
    /// Call it after reading the time for a deletion, so that a jump before the reading is noticed.
    pub fn has_jumped(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.store.has_jumped())
    }

    /// Records whether deletions are suspended, and returns whether they were before.
    pub fn set_suspended(&self, is_suspended: bool) -> bool {
        self.is_suspended.swap(is_suspended, Ordering::Relaxed)
    }

    /// Whether deletions of messages and idempotency keys are suspended, because the clock has jumped.
    pub fn is_deletion_suspended(&self) -> bool {
        self.has_jumped() || self.is_suspended.load(Ordering::Relaxed)
    }

    /// The metrics of the clocks.
    pub fn metrics(self: &Arc<Self>) -> PolledMetrics {
        let (first, second) = (Arc::clone(self), Arc::clone(self));
        PolledMetrics::default()
            .gauge(
                "widgetd_clock_distance_seconds",
                "How far the clock of this machine is ahead of the database server's.",
                move || first.distance_micros() as f64 / 1e6,
            )
            .gauge(
                "widgetd_deletions_suspended",
                "1 while deletions are suspended because the clock has jumped.",
                move || f64::from(u8::from(second.is_deletion_suspended())),
            )
    }

    /// Measures the store's clock every minute until the future is dropped. If the machine's clock is the store's, it returns
    /// immediately.
    pub async fn run(&self) {
        let Some(shared) = &self.shared else { return };
        let mut minutes = interval_at(Instant::now() + MEASURE_INTERVAL, MEASURE_INTERVAL);
        minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            minutes.tick().await;
            // Only a debug line: requests and readiness report an unavailable store, and the next measurement is in a minute.
            if let Err(error) = shared.store.measure(&*shared.source).await {
                tracing::debug!(%error, "the clock of the database server was not measured");
            }
            self.report_distance();
        }
    }

    fn distance_micros(&self) -> i64 {
        self.shared.as_ref().map_or(0, |shared| shared.machine.now().micros_after(shared.store.now()))
    }

    /// Logs when the machine's clock begins to differ much from the store's, and when it agrees again.
    fn report_distance(&self) {
        let Some(shared) = &self.shared else { return };
        let distance = self.distance_micros();
        let is_far = distance.abs() > MAX_DISTANCE_MICROS;
        match (is_far, shared.is_far.swap(is_far, Ordering::Relaxed)) {
            (true, false) => tracing::warn!(
                seconds = distance / 1_000_000,
                "the clock of this machine differs from the database server's by more than 5 seconds: the service uses \
                 the server's; set this machine's clock (NTP), since its logs and TLS use it"
            ),
            (false, true) => tracing::info!("the clock of this machine agrees with the database server's again"),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Timestamp;
    use port_contract::rate_limiter::SetClock;
    use ports::MockStoreTime;

    use super::*;

    /// A store whose clock agrees with this machine's.
    fn store() -> Arc<MockStoreTime> {
        let mut source = MockStoreTime::new();
        source.expect_store_time().returning(|| Ok(SystemClock.now()));
        Arc::new(source)
    }

    #[tokio::test]
    async fn the_service_uses_the_stores_time_and_measures_the_machines_distance_to_it() {
        let machine = Arc::new(SetClock::default());
        for ahead in [-20, 0, 86_400] {
            machine.set(SystemClock.now().plus_seconds(ahead));
            let watch = ClockWatch::compared(store(), Arc::clone(&machine) as _).await.unwrap();
            let wrong = watch.clock().now().micros_after(SystemClock.now());
            assert!(wrong.abs() < 2_000_000, "{wrong}");
            let distance = watch.distance_micros() - ahead * 1_000_000;
            assert!(distance.abs() < 2_000_000, "{distance}");
            assert!(!watch.is_deletion_suspended());
        }
    }

    #[test]
    fn without_a_shared_store_the_distance_is_zero() {
        let watch = ClockWatch::alone(Arc::new(SetClock::default()));
        assert_eq!(watch.clock().now(), Timestamp::from_micros(1_760_954_400_000_250));
        assert_eq!(watch.distance_micros(), 0);
        assert!(!watch.is_deletion_suspended());
        assert!(!watch.set_suspended(true));
        assert!(watch.is_deletion_suspended() && !watch.has_jumped());
    }
}
