use std::sync::atomic::{AtomicI64, Ordering};

use domain::time::Timestamp;
use ports::Clock;

/// The time at the start of every test: 2025-10-20T10:00:00Z, the time of the reference's examples.
pub(crate) const START_SECONDS: i64 = 1_760_954_400;

/// A clock that stands still until the test moves it.
#[derive(Debug)]
pub(crate) struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(START_SECONDS * 1_000_000))
    }
}

impl TestClock {
    /// Moves the clock by a number of seconds.
    pub(crate) fn advance(&self, seconds: i64) {
        self.advance_micros(seconds * 1_000_000);
    }

    /// Moves the clock by a number of microseconds.
    pub(crate) fn advance_micros(&self, micros: i64) {
        self.0.fetch_add(micros, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}
