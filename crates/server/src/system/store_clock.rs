use std::{
    sync::atomic::{AtomicBool, AtomicI64, Ordering},
    time::Duration,
};

use domain::time::Timestamp;
use ports::{Clock, StoreError, StoreTime};
use rustix::time::{ClockId, clock_gettime};

/// How often one measurement asks, and the round trip that needs no other.
const TRIES: u32 = 5;
const SHORT_ROUND_TRIP: Duration = Duration::from_millis(5);
/// A measurement over a longer round trip changes nothing: the machine runs more evenly than that.
const LONGEST_ROUND_TRIP: Duration = Duration::from_secs(1);
/// By how much the store's clock may move against this machine's monotonic clock from one measurement to the next.
const MAX_JUMP_MICROS: i64 = 3_600 * 1_000_000;

/// The clock of a store that several processes share: its time when it was measured last, and what passed since by this
/// machine's monotonic clock. What the machine takes for the time of day does not matter.
pub struct StoreClock {
    monotonic: Monotonic,
    /// The store's time less the monotonic one, in microseconds.
    ahead: AtomicI64,
    has_jumped: AtomicBool,
}

/// Microseconds since a moment before the start.
type Monotonic = Box<dyn Fn() -> i64 + Send + Sync>;

/// What the store's clock said, and between which moments.
struct Measurement {
    store: Timestamp,
    before: i64,
    after: i64,
}

impl StoreClock {
    /// A clock that follows this store's. Measures it first.
    pub async fn following(source: &dyn StoreTime) -> Result<Self, StoreError> {
        Self::with_monotonic(source, Box::new(since_boot)).await
    }

    async fn with_monotonic(source: &dyn StoreTime, monotonic: Monotonic) -> Result<Self, StoreError> {
        let clock = Self { monotonic, ahead: AtomicI64::new(0), has_jumped: AtomicBool::new(false) };
        let measured = clock.ask(source).await?;
        clock.ahead.store(measured.ahead(), Ordering::SeqCst);
        Ok(clock)
    }

    /// Measures the store's clock again and goes by it from now on. If it jumped by more than an hour,
    /// [`has_jumped`](Self::has_jumped) is true before any reading of this clock shows that.
    pub async fn measure(&self, source: &dyn StoreTime) -> Result<(), StoreError> {
        let measured = self.ask(source).await?;
        let moved = measured.ahead().saturating_sub(self.ahead.load(Ordering::SeqCst));
        // What the round trip leaves open is no reason to change anything.
        if measured.round_trip() > LONGEST_ROUND_TRIP || moved.abs() <= measured.uncertainty() {
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

    /// The best of some measurements: that with the shortest round trip.
    async fn ask(&self, source: &dyn StoreTime) -> Result<Measurement, StoreError> {
        let mut best = self.ask_once(source).await?;
        for _ in 1..TRIES {
            if best.round_trip() <= SHORT_ROUND_TRIP {
                break;
            }
            let measured = self.ask_once(source).await?;
            if measured.round_trip() < best.round_trip() {
                best = measured;
            }
        }
        Ok(best)
    }

    async fn ask_once(&self, source: &dyn StoreTime) -> Result<Measurement, StoreError> {
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
    /// By how much the store's clock is ahead of the monotonic one, if it was read half-way through the round trip.
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

/// Microseconds since the machine started. On Linux they include the time in which it was suspended.
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
    struct World(Arc<Mutex<(i64, i64, i64)>>);

    impl World {
        fn pass(&self, micros: i64) {
            self.0.lock().unwrap().0 += micros;
        }

        fn set_store(&self, ahead: i64, round_trip: i64) {
            let mut world = self.0.lock().unwrap();
            (world.1, world.2) = (ahead, round_trip);
        }

        fn source(&self) -> MockStoreTime {
            let world = Arc::clone(&self.0);
            let mut source = MockStoreTime::new();
            source.expect_store_time().returning(move || {
                let mut world = world.lock().unwrap();
                let half = world.2 / 2;
                world.0 += half;
                let now = Timestamp::from_micros(world.0 + world.1);
                world.0 += half;
                Ok(now)
            });
            source
        }

        async fn clock(&self) -> StoreClock {
            let world = Arc::clone(&self.0);
            StoreClock::with_monotonic(&self.source(), Box::new(move || world.lock().unwrap().0)).await.unwrap()
        }
    }

    #[tokio::test]
    async fn the_time_is_the_stores_with_half_the_round_trip_and_goes_on_by_itself() {
        let world = World::default();
        world.set_store(NOW, 4_000);
        let clock = world.clock().await;
        assert_eq!(clock.now().as_micros(), NOW + 4_000);
        world.pass(90 * SECOND);
        assert_eq!(clock.now().as_micros(), NOW + 4_000 + 90 * SECOND);
    }

    #[tokio::test]
    async fn a_clock_that_is_set_is_followed_and_what_the_round_trip_leaves_open_is_not() {
        let world = World::default();
        world.set_store(NOW, 2_000);
        let clock = world.clock().await;
        for (ahead, round_trip, followed) in [
            (NOW + 900, 2_000, NOW),
            (NOW - 20 * SECOND, 2_000, NOW - 20 * SECOND),
            (NOW, 2 * SECOND, NOW - 20 * SECOND),
            (NOW + 3_000 * SECOND, 2_000, NOW + 3_000 * SECOND),
        ] {
            world.set_store(ahead, round_trip);
            clock.measure(&world.source()).await.unwrap();
            let since = world.0.lock().unwrap().0;
            assert_eq!(clock.now().as_micros(), followed + since, "{ahead}");
        }
        assert!(!clock.has_jumped());
    }

    #[tokio::test]
    async fn a_jump_of_more_than_an_hour_is_remembered_also_when_the_clock_comes_back() {
        for jump in [3_601 * SECOND, -3_601 * SECOND] {
            let world = World::default();
            world.set_store(NOW, 100);
            let clock = world.clock().await;
            world.pass(86_400 * SECOND);
            clock.measure(&world.source()).await.unwrap();
            assert!(!clock.has_jumped(), "a day without a measurement is no jump");
            world.set_store(NOW + jump, 100);
            clock.measure(&world.source()).await.unwrap();
            assert!(clock.has_jumped());
            world.set_store(NOW, 100);
            clock.measure(&world.source()).await.unwrap();
            let since = world.0.lock().unwrap().0;
            assert_eq!((clock.has_jumped(), clock.now().as_micros()), (true, NOW + since));
        }
    }

    #[tokio::test]
    async fn a_store_that_does_not_answer_stops_no_clock() {
        let world = World::default();
        world.set_store(NOW, 100);
        let clock = world.clock().await;
        let mut silent = MockStoreTime::new();
        silent.expect_store_time().returning(|| Err(StoreError::Unavailable("silent".to_owned())));
        assert!(clock.measure(&silent).await.is_err());
        world.pass(SECOND);
        assert_eq!(clock.now().as_micros(), NOW + 100 + SECOND);
    }

    #[test]
    fn the_machines_monotonic_clock_runs() {
        let before = since_boot();
        std::thread::sleep(Duration::from_millis(20));
        let passed = since_boot() - before;
        assert!(passed >= 20_000, "{passed}");
    }
}
