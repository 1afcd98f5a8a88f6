//! When the store's clock is trusted to say what is old enough to be deleted.

use crate::time::Timestamp;

/// A clock that moves by more than this between two readings is not trusted until it has run for as long again: a day.
pub const CLOCK_TRUST_SECONDS: i64 = 24 * 60 * 60;

/// A reading of the clock, as the store keeps it until the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockReading {
    /// The time that was read.
    pub seen_at: Timestamp,
    /// Nothing is deleted or forgotten before this time.
    pub deletes_from: Timestamp,
}

impl ClockReading {
    /// The first reading: there is nothing to compare the clock with.
    pub const fn first(now: Timestamp) -> Self {
        Self { seen_at: now, deletes_from: now }
    }

    /// The next reading. If the clock moved by more than [`CLOCK_TRUST_SECONDS`] in either direction since this one, or a process
    /// `has_seen_a_jump` of it, deletions wait until it has run for that long.
    #[must_use]
    pub const fn next(self, now: Timestamp, has_seen_a_jump: bool) -> Self {
        let has_moved = now.micros_after(self.seen_at).unsigned_abs() > CLOCK_TRUST_SECONDS.unsigned_abs() * 1_000_000;
        let deletes_from =
            if has_moved || has_seen_a_jump { now.plus_seconds(CLOCK_TRUST_SECONDS) } else { self.deletes_from };
        Self { seen_at: now, deletes_from }
    }

    /// Whether what is old by this clock may be deleted.
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

    /// What each of these looks allows, the first of which is a database's first.
    fn allowed(looks: &[i64]) -> Vec<bool> {
        let mut look = ClockReading::first(at(looks[0]));
        let mut allowed = vec![look.allows_deletion()];
        for &seconds in &looks[1..] {
            look = look.next(at(seconds), false);
            allowed.push(look.allows_deletion());
        }
        allowed
    }

    #[test]
    fn a_clock_that_runs_allows_deletions_also_after_a_day_without_a_look() {
        assert_eq!(allowed(&[0, 0, HOUR, 2 * HOUR, 2 * HOUR + DAY, 2 * HOUR + DAY - 1]), [true; 6]);
    }

    #[test]
    fn a_clock_that_moves_by_more_than_a_day_allows_none_until_it_has_run_for_a_day() {
        for moved in [DAY + 1, -DAY - 1, 20 * 365 * DAY] {
            let looks = [0, moved, moved + 12 * HOUR, moved + DAY - 1, moved + DAY, moved + DAY + HOUR];
            assert_eq!(allowed(&looks), [true, false, false, false, true, true], "{moved}");
        }
    }

    #[test]
    fn a_jump_that_one_process_has_seen_holds_the_deletions_of_all() {
        let reading = ClockReading::first(at(0)).next(at(HOUR), true);
        assert!(!reading.allows_deletion() && !reading.next(at(DAY), false).allows_deletion());
        assert!(reading.next(at(DAY), false).next(at(DAY + HOUR), false).allows_deletion());
    }

    #[test]
    fn a_clock_that_comes_back_is_waited_for_anew_and_not_until_the_time_it_had_been_at() {
        let years = 20 * 365 * DAY;
        assert_eq!(allowed(&[0, years, HOUR, DAY, DAY + HOUR]), [true, false, false, false, true]);
    }
}
