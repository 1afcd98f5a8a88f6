//! The clock of the operating system.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::time::Timestamp;
use ports::Clock;

/// The clock of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock port: the one place that reads the time")]
    fn now(&self) -> Timestamp {
        // 63 bits of microseconds reach past the year 294,000, so neither conversion saturates.
        let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, |micros| -micros),
        };
        Timestamp::from_micros(micros)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_time_is_that_of_the_operating_system() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let written = fs::metadata(file.path()).unwrap().modified().unwrap();
        let written = i64::try_from(written.duration_since(UNIX_EPOCH).unwrap().as_micros()).unwrap();
        let now = SystemClock.now().as_micros();
        assert!((now - written).abs() < 60_000_000, "{now} is not about {written}");
    }
}
