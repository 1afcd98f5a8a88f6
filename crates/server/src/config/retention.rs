//! Retention of messages.

use domain::time::Timestamp;

use super::expected;

/// How long messages are retained: a whole number of days.
///
/// At least one, so that a message outlives the idempotency key that it was sent with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    days: u32,
}

const DAY_SECONDS: i64 = 86_400;
/// Maximum retention: a hundred years, so that subtracting it from the time cannot overflow.
const MAX_DAYS: u32 = 36_500;

impl Retention {
    /// Parses a number of days such as `90d`; `off` is `None`, which retains messages permanently.
    pub(crate) fn parse(text: &str) -> Result<Option<Self>, String> {
        if text == "off" {
            return Ok(None);
        }
        let days = text.strip_suffix('d').filter(|days| days.bytes().all(|byte| byte.is_ascii_digit()));
        match days.and_then(|days| days.parse().ok()) {
            Some(days @ 1..=MAX_DAYS) => Ok(Some(Self { days })),
            _ => Err(expected(format_args!("a number of days such as 90d, from 1d to {MAX_DAYS}d, or off"), text)),
        }
    }

    /// The time before which messages are old enough to be deleted.
    pub fn cutoff(self, now: Timestamp) -> Timestamp {
        now.plus_seconds(-DAY_SECONDS * i64::from(self.days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_number_of_days_is_accepted() {
        assert_eq!(Retention::parse("off"), Ok(None));
        for (text, days) in [("1d", 1), ("90d", 90), ("36500d", 36_500)] {
            assert_eq!(Retention::parse(text), Ok(Some(Retention { days })));
        }
        for text in
            ["0d", "36501d", "90", "d", "-1d", "+1d", "1.5d", "90 d", "90 days", "12h", "1D", "Off", "99999999999d"]
        {
            assert!(Retention::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_cutoff_is_the_retention_before_now() {
        let now = Timestamp::from_micros(1_760_954_400_000_250);
        let two = Retention { days: 2 };
        assert_eq!(two.cutoff(now), Timestamp::from_micros(1_760_954_400_000_250 - 172_800_000_000));
    }
}
