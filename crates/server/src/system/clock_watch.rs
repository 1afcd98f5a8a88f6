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

/// How often the store's clock is measured.
const INTERVAL: Duration = Duration::from_secs(60);
/// A process whose clock differs from the store's by more is warned of.
const MAX_DISTANCE_MICROS: i64 = 5 * 1_000_000;

/// The service's clock, and how far it is to be trusted.
pub struct ClockWatch {
    clock: Arc<dyn Clock>,
    /// `None` where the machine's clock is the store's.
    shared: Option<Shared>,
    /// Whether the last look at the clock was a reason to delete nothing.
    is_held: AtomicBool,
}

struct Shared {
    source: Arc<dyn StoreTime>,
    store: Arc<StoreClock>,
    machine: Arc<dyn Clock>,
    /// Whether the log has it that the machine's clock is wrong.
    is_far: AtomicBool,
}

impl ClockWatch {
    /// Of a store that this machine alone uses: this clock is the service's.
    pub fn alone(clock: Arc<dyn Clock>) -> Self {
        Self { clock, shared: None, is_held: AtomicBool::new(false) }
    }

    /// Of a store that several processes share: its clock is the service's. Measures it, and warns if the machine's clock is
    /// far from it.
    pub async fn following(source: Arc<dyn StoreTime>) -> Result<Self, StoreError> {
        Self::compared(source, Arc::new(SystemClock)).await
    }

    async fn compared(source: Arc<dyn StoreTime>, machine: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let store = Arc::new(StoreClock::following(&*source).await?);
        let clock = Arc::clone(&store) as _;
        let shared = Some(Shared { source, store, machine, is_far: AtomicBool::new(false) });
        let watch = Self { clock, shared, is_held: AtomicBool::new(false) };
        watch.report_distance();
        Ok(watch)
    }

    /// The service's clock.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Whether the store's clock has jumped since the start: then nothing is deleted by it. To be asked after the time was
    /// read by which something would be deleted.
    pub fn has_jumped(&self) -> bool {
        self.shared.as_ref().is_some_and(|shared| shared.store.has_jumped())
    }

    /// Notes whether deletions are held, and returns whether they were.
    pub fn set_held(&self, is_held: bool) -> bool {
        self.is_held.swap(is_held, Ordering::Relaxed)
    }

    /// Whether nothing is deleted and no idempotency key is forgotten, as the clock has jumped.
    pub fn is_deletion_held(&self) -> bool {
        self.has_jumped() || self.is_held.load(Ordering::Relaxed)
    }

    /// What `/metrics` shows of the clocks.
    pub fn metrics(self: &Arc<Self>) -> PolledMetrics {
        let (first, second) = (Arc::clone(self), Arc::clone(self));
        PolledMetrics::default()
            .gauge(
                "widgetd_clock_distance_seconds",
                "How far the clock of this machine is ahead of the database server's.",
                move || first.distance_micros() as f64 / 1e6,
            )
            .gauge(
                "widgetd_deletions_held",
                "1 while nothing is deleted or forgotten, as the clock has jumped.",
                move || f64::from(u8::from(second.is_deletion_held())),
            )
    }

    /// Measures the store's clock every minute, until it is dropped. Where the machine's clock is the store's there is
    /// nothing to measure.
    pub async fn run(&self) {
        let Some(shared) = &self.shared else { return };
        let mut minutes = interval_at(Instant::now() + INTERVAL, INTERVAL);
        minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            minutes.tick().await;
            // A store that does not answer now is measured in a minute; requests and readiness report that.
            if let Err(error) = shared.store.measure(&*shared.source).await {
                tracing::debug!(%error, "the clock of the database server was not measured");
            }
            self.report_distance();
        }
    }

    fn distance_micros(&self) -> i64 {
        self.shared.as_ref().map_or(0, |shared| shared.machine.now().micros_after(shared.store.now()))
    }

    /// Logs it when the machine's clock gets far from the store's, and when it is back.
    fn report_distance(&self) {
        let Some(shared) = &self.shared else { return };
        let distance = self.distance_micros();
        let is_far = distance.abs() > MAX_DISTANCE_MICROS;
        match (is_far, shared.is_far.swap(is_far, Ordering::Relaxed)) {
            (true, false) => tracing::warn!(
                seconds = distance / 1_000_000,
                "the clock of this machine differs from the database server's by more than 5 seconds: the service goes by \
                 the server's; set this machine's clock (NTP), as its logs and TLS go by it"
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

    /// Whose clock is the machine's.
    fn store() -> Arc<MockStoreTime> {
        let mut source = MockStoreTime::new();
        source.expect_store_time().returning(|| Ok(SystemClock.now()));
        Arc::new(source)
    }

    #[tokio::test]
    async fn the_services_time_is_the_stores_and_the_distance_is_the_machines() {
        let machine = Arc::new(SetClock::default());
        for ahead in [-20, 0, 86_400] {
            machine.set(SystemClock.now().plus_seconds(ahead));
            let watch = ClockWatch::compared(store(), Arc::clone(&machine) as _).await.unwrap();
            let wrong = watch.clock().now().micros_after(SystemClock.now());
            assert!(wrong.abs() < 2_000_000, "{wrong}");
            let distance = watch.distance_micros() - ahead * 1_000_000;
            assert!(distance.abs() < 2_000_000, "{distance}");
            assert!(!watch.is_deletion_held());
        }
    }

    #[test]
    fn a_clock_that_is_the_stores_has_no_distance() {
        let watch = ClockWatch::alone(Arc::new(SetClock::default()));
        assert_eq!(watch.clock().now(), Timestamp::from_micros(1_760_954_400_000_250));
        assert_eq!(watch.distance_micros(), 0);
        assert!(!watch.is_deletion_held());
        assert!(!watch.set_held(true));
        assert!(watch.is_deletion_held() && !watch.has_jumped());
    }
}
