//! A clock that follows the clock of a shared store.

use std::{
    sync::atomic::{AtomicBool, AtomicI64, Ordering},
    time::Duration,
};

use domain::time::Timestamp;
use ports::{Clock, StoreError, StoreTime};
use rustix::time::{ClockId, clock_gettime};

/// Maximum number of queries for one measurement.
const MAX_QUERIES: u32 = 5;
/// A query with at most this round trip is precise enough: no further query follows.
const GOOD_ROUND_TRIP: Duration = Duration::from_millis(5);
/// Maximum round trip of a measurement. A longer one is discarded, since the machine's monotonic clock is more precise.
const MAX_ROUND_TRIP: Duration = Duration::from_secs(1);
/// Maximum step of the store's clock against this machine's monotonic clock between two measurements. A larger one is a jump.
const MAX_JUMP_MICROS: i64 = 3_600 * 1_000_000;

/// The clock of a store that several processes share: its time at the last measurement, plus the time since then by this
/// machine's monotonic clock. It does not depend on the machine's time of day.
pub struct StoreClock {
    monotonic: Monotonic,
    /// The store's time minus the monotonic time, in microseconds.
    ahead: AtomicI64,
    has_jumped: AtomicBool,
}

/// Returns the microseconds since a fixed moment before the start of the process.
type Monotonic = Box<dyn Fn() -> i64 + Send + Sync>;

/// A time of the store's clock, and the monotonic times before and after the query.
struct Measurement {
    store: Timestamp,
    before: i64,
    after: i64,
}

impl StoreClock {
    /// Creates a clock that follows the store's, and measures the store's clock.
    pub async fn following(source: &dyn StoreTime) -> Result<Self, StoreError> {
        Self::with_monotonic(source, Box::new(since_boot)).await
    }

    async fn with_monotonic(source: &dyn StoreTime, monotonic: Monotonic) -> Result<Self, StoreError> {
        let clock = Self { monotonic, ahead: AtomicI64::new(0), has_jumped: AtomicBool::new(false) };
        let measured = clock.query_best(source).await?;
        clock.ahead.store(measured.ahead(), Ordering::SeqCst);
        Ok(clock)
    }

    /// Measures the store's clock again, and follows it from then on. If it jumped by more than an hour,
    /// [`has_jumped`](Self::has_jumped) returns true before any reading of this clock shows the jump.
    pub async fn measure(&self, source: &dyn StoreTime) -> Result<(), StoreError> {
        let measured = self.query_best(source).await?;
        let moved = measured.ahead().saturating_sub(self.ahead.load(Ordering::SeqCst));
        // A difference within the uncertainty of the round trip is not applied.
        if measured.round_trip() > MAX_ROUND_TRIP || moved.abs() <= measured.uncertainty() {
            return Ok(());
        }
        if moved.abs() > MAX_JUMP_MICROS && !self.has_jumped.swap(true, Ordering::SeqCst) {
            tracing::warn!(
                seconds = moved / 1_000_000,
                "the clock of the database server jumped by more than an hour: until the next start of this process it \
                 deletes no message and forgets no idempotency key; set that clock right, then restart"
            );
        }
        self.ahead.store(measured.ahead(), Ordering::SeqCst);
        Ok(())
    }

    /// Whether the store's clock jumped by more than an hour against this machine's monotonic one since the start.
    pub fn has_jumped(&self) -> bool {
        self.has_jumped.load(Ordering::SeqCst)
    }

    /// Queries the store up to [`MAX_QUERIES`] times, and returns the measurement with the shortest round trip.
    async fn query_best(&self, source: &dyn StoreTime) -> Result<Measurement, StoreError> {
        let mut best = self.query(source).await?;
        for _ in 1..MAX_QUERIES {
            if best.round_trip() <= GOOD_ROUND_TRIP {
                break;
            }
            let measured = self.query(source).await?;
            if measured.round_trip() < best.round_trip() {
                best = measured;
            }
        }
        Ok(best)
    }

    async fn query(&self, source: &dyn StoreTime) -> Result<Measurement, StoreError> {
        let before = (self.monotonic)();
        let store = source.store_time().await?;
        Ok(Measurement { store, before, after: (self.monotonic)() })
    }
}

impl Clock for StoreClock {
    fn now(&self) -> Timestamp {
        // `measure` sets `has_jumped` first, so a caller that reads the time after a jump also reads that it jumped.
        let since = (self.monotonic)();
        Timestamp::from_micros(since.saturating_add(self.ahead.load(Ordering::SeqCst)))
    }
}

impl Measurement {
    /// The store's time minus the monotonic time, assuming that the store read its clock halfway through the round trip.
    fn ahead(&self) -> i64 {
        self.store.as_micros().saturating_sub(self.before + self.uncertainty())
    }

    fn uncertainty(&self) -> i64 {
        (self.after - self.before) / 2
    }

    fn round_trip(&self) -> Duration {
        Duration::from_micros((self.after - self.before).unsigned_abs())
    }
}

/// Microseconds since the machine started. On Linux this includes the time in which the machine was suspended.
fn since_boot() -> i64 {
    #[cfg(target_os = "linux")]
    const CLOCK: ClockId = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    const CLOCK: ClockId = ClockId::Monotonic;
    let since = clock_gettime(CLOCK);
    since.tv_sec * 1_000_000 + since.tv_nsec / 1_000
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use ports::MockStoreTime;

    use super::*;

    const NOW: i64 = 1_760_954_400_000_000;
    const SECOND: i64 = 1_000_000;

    /// A monotonic clock that the test moves, and a store whose clock is ahead of it, with a round trip of `round_trip`.
    #[derive(Clone, Default)]
    struct SimulatedClocks(Arc<Mutex<(i64, i64, i64)>>);

    impl SimulatedClocks {
        fn advance(&self, micros: i64) {
            self.0.lock().unwrap().0 += micros;
        }

        fn set_store(&self, ahead: i64, round_trip: i64) {
            let mut clocks = self.0.lock().unwrap();
            (clocks.1, clocks.2) = (ahead, round_trip);
        }

        fn source(&self) -> MockStoreTime {
            let clocks = Arc::clone(&self.0);
            let mut source = MockStoreTime::new();
            source.expect_store_time().returning(move || {
                let mut clocks = clocks.lock().unwrap();
                let half = clocks.2 / 2;
                clocks.0 += half;
                let now = Timestamp::from_micros(clocks.0 + clocks.1);
                clocks.0 += half;
                Ok(now)
            });
            source
        }

        async fn clock(&self) -> StoreClock {
            let clocks = Arc::clone(&self.0);
            StoreClock::with_monotonic(&self.source(), Box::new(move || clocks.lock().unwrap().0)).await.unwrap()
        }
    }

    #[tokio::test]
    async fn the_time_is_the_stores_plus_half_the_round_trip_and_advances_without_measurements() {
        let clocks = SimulatedClocks::default();
        clocks.set_store(NOW, 4_000);
        let clock = clocks.clock().await;
        assert_eq!(clock.now().as_micros(), NOW + 4_000);
        clocks.advance(90 * SECOND);
        assert_eq!(clock.now().as_micros(), NOW + 4_000 + 90 * SECOND);
    }

    #[tokio::test]
    async fn a_step_of_the_clock_is_followed_unless_it_is_within_the_uncertainty() {
        let clocks = SimulatedClocks::default();
        clocks.set_store(NOW, 2_000);
        let clock = clocks.clock().await;
        for (ahead, round_trip, followed) in [
            (NOW + 900, 2_000, NOW),
            (NOW - 20 * SECOND, 2_000, NOW - 20 * SECOND),
            (NOW, 2 * SECOND, NOW - 20 * SECOND),
            (NOW + 3_000 * SECOND, 2_000, NOW + 3_000 * SECOND),
        ] {
            clocks.set_store(ahead, round_trip);
            clock.measure(&clocks.source()).await.unwrap();
            let since = clocks.0.lock().unwrap().0;
            assert_eq!(clock.now().as_micros(), followed + since, "{ahead}");
        }
        assert!(!clock.has_jumped());
    }

    #[tokio::test]
    async fn a_jump_of_more_than_an_hour_is_remembered_even_after_the_clock_returns() {
        for jump in [3_601 * SECOND, -3_601 * SECOND] {
            let clocks = SimulatedClocks::default();
            clocks.set_store(NOW, 100);
            let clock = clocks.clock().await;
            clocks.advance(86_400 * SECOND);
            clock.measure(&clocks.source()).await.unwrap();
            assert!(!clock.has_jumped(), "a day without a measurement is no jump");
            clocks.set_store(NOW + jump, 100);
            clock.measure(&clocks.source()).await.unwrap();
            assert!(clock.has_jumped());
            clocks.set_store(NOW, 100);
            clock.measure(&clocks.source()).await.unwrap();
            let since = clocks.0.lock().unwrap().0;
            assert_eq!((clock.has_jumped(), clock.now().as_micros()), (true, NOW + since));
        }
    }

    #[tokio::test]
    async fn the_clock_advances_while_the_store_does_not_answer() {
        let clocks = SimulatedClocks::default();
        clocks.set_store(NOW, 100);
        let clock = clocks.clock().await;
        let mut silent = MockStoreTime::new();
        silent.expect_store_time().returning(|| Err(StoreError::Unavailable("silent".to_owned())));
        assert!(clock.measure(&silent).await.is_err());
        clocks.advance(SECOND);
        assert_eq!(clock.now().as_micros(), NOW + 100 + SECOND);
    }

    #[test]
    fn the_monotonic_clock_advances() {
        let before = since_boot();
        std::thread::sleep(Duration::from_millis(20));
        let passed = since_boot() - before;
        assert!(passed >= 20_000, "{passed}");
    }
}
