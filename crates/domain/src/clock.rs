//! Whether the store's clock can be trusted to decide what is old enough to be deleted.

use crate::time::Timestamp;

/// The largest trusted step between two readings of the clock, in seconds: one day.
///
/// After a larger step the clock is not trusted until it has run for this long without one.
pub const CLOCK_TRUST_SECONDS: i64 = 24 * 60 * 60;

/// A reading of the clock. The store keeps the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockReading {
    /// The time that the clock showed.
    pub seen_at: Timestamp,
    /// The service deletes no message and no idempotency key before this time.
    pub deletes_from: Timestamp,
}

impl ClockReading {
    /// The first reading of a database. It allows deletions, since there is no earlier one to compare with.
    pub const fn first(now: Timestamp) -> Self {
        Self { seen_at: now, deletes_from: now }
    }

    /// The reading that follows this one.
    ///
    /// If the clock moved by more than [`CLOCK_TRUST_SECONDS`] in either direction since this reading, or if the calling
    /// process `has_seen_a_jump` of the clock, deletions wait until the clock has run for [`CLOCK_TRUST_SECONDS`].
    #[must_use]
    pub const fn next(self, now: Timestamp, has_seen_a_jump: bool) -> Self {
        let has_moved = now.micros_after(self.seen_at).unsigned_abs() > CLOCK_TRUST_SECONDS.unsigned_abs() * 1_000_000;
        let deletes_from =
            if has_moved || has_seen_a_jump { now.plus_seconds(CLOCK_TRUST_SECONDS) } else { self.deletes_from };
        Self { seen_at: now, deletes_from }
    }

    /// Whether messages and idempotency keys that are old by this clock may be deleted.
    pub const fn allows_deletion(self) -> bool {
        self.seen_at.as_micros() >= self.deletes_from.as_micros()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;
    const DAY: i64 = 24 * HOUR;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(1_760_954_400_000_000).plus_seconds(seconds)
    }

    /// Whether each of these consecutive readings allows deletions. The first one is the first of a database.
    fn allowed(readings: &[i64]) -> Vec<bool> {
        let mut reading = ClockReading::first(at(readings[0]));
        let mut allowed = vec![reading.allows_deletion()];
        for &seconds in &readings[1..] {
            reading = reading.next(at(seconds), false);
            allowed.push(reading.allows_deletion());
        }
        allowed
    }

    #[test]
    fn a_steady_clock_allows_deletions_even_after_a_day_without_a_reading() {
        assert_eq!(allowed(&[0, 0, HOUR, 2 * HOUR, 2 * HOUR + DAY, 2 * HOUR + DAY - 1]), [true; 6]);
    }

    #[test]
    fn after_a_step_of_more_than_a_day_deletions_wait_until_the_clock_has_run_for_a_day() {
        for moved in [DAY + 1, -DAY - 1, 20 * 365 * DAY] {
            let readings = [0, moved, moved + 12 * HOUR, moved + DAY - 1, moved + DAY, moved + DAY + HOUR];
            assert_eq!(allowed(&readings), [true, false, false, false, true, true], "{moved}");
        }
    }

    #[test]
    fn a_jump_seen_by_one_process_suspends_the_deletions_of_all() {
        let reading = ClockReading::first(at(0)).next(at(HOUR), true);
        assert!(!reading.allows_deletion() && !reading.next(at(DAY), false).allows_deletion());
        assert!(reading.next(at(DAY), false).next(at(DAY + HOUR), false).allows_deletion());
    }

    #[test]
    fn a_clock_that_steps_back_restarts_the_wait_from_its_new_time() {
        let years = 20 * 365 * DAY;
        assert_eq!(allowed(&[0, years, HOUR, DAY, DAY + HOUR]), [true, false, false, false, true]);
    }
}
