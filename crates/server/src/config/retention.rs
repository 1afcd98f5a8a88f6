use domain::time::Timestamp;

use super::expected;

/// For how long messages are kept: a whole number of days.
///
/// At least one, so that a message outlives the idempotency key that it was sent with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    days: u32,
}

const DAY_SECONDS: i64 = 86_400;
/// A hundred years: times beyond are no times.
const MOST_DAYS: u32 = 36_500;

impl Retention {
    /// Reads `90d`; `off` keeps messages for good.
    pub(crate) fn parse(text: &str) -> Result<Option<Self>, String> {
        if text == "off" {
            return Ok(None);
        }
        let days = text.strip_suffix('d').filter(|days| days.bytes().all(|byte| byte.is_ascii_digit()));
        match days.and_then(|days| days.parse().ok()) {
            Some(days @ 1..=MOST_DAYS) => Ok(Some(Self { days })),
            _ => Err(expected(format_args!("a number of days such as 90d, from 1d to {MOST_DAYS}d, or off"), text)),
        }
    }

    /// What was sent before this time is old enough to be deleted.
    pub fn ends(self, now: Timestamp) -> Timestamp {
        now.plus_seconds(-DAY_SECONDS * i64::from(self.days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_nothing_else() {
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
    fn a_message_is_old_after_as_many_days() {
        let now = Timestamp::from_micros(1_760_954_400_000_250);
        let two = Retention { days: 2 };
        assert_eq!(two.ends(now), Timestamp::from_micros(1_760_954_400_000_250 - 172_800_000_000));
    }
}
