//! Points in time, as the service stores and returns them.

use std::fmt;

/// A UTC time in whole microseconds since 1970.
///
/// Both databases store microseconds exactly, so the API returns exactly what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The time `micros` microseconds after 1970-01-01T00:00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole milliseconds since 1970, as in a UUIDv7; 0 for earlier times.
    pub const fn as_unix_millis(self) -> u64 {
        if self.0 < 0 { 0 } else { (self.0 / 1_000) as u64 }
    }

    /// How many microseconds later than `other` this is; negative if it is earlier.
    pub const fn micros_after(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }

    /// The time `seconds` later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
}

/// RFC 3339 in UTC with milliseconds, as `Date.prototype.toISOString` writes them: `2025-10-20T10:00:00.250Z`.
/// Microseconds are truncated, not rounded.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(time) => write!(f, "{time:.3}"),
            Err(_) => write!(f, "{}us", self.0), // outside the years -9999 to 9999, which no clock shows
        }
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_printed_as_javascript_prints_it() {
        for (micros, text) in [
            (1_760_954_400_000_000, "2025-10-20T10:00:00.000Z"),
            (1_760_954_400_250_000, "2025-10-20T10:00:00.250Z"),
            (1_760_954_400_000_250, "2025-10-20T10:00:00.000Z"),
            (1_760_954_400_999_999, "2025-10-20T10:00:00.999Z"),
        ] {
            assert_eq!(Timestamp::from_micros(micros).to_string(), text);
        }
    }
}
