//! Rate limits of API keys, and the windows in which requests are counted.

use std::fmt;

use schema::field::Invalid;

use crate::time::Timestamp;

/// The rate-limited groups of endpoints, each counted separately: the reference's three, and previews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitClass {
    /// Create and update a widget.
    Write,
    /// List widgets.
    List,
    /// Send a message.
    Message,
    /// Preview a widget.
    Preview,
}

impl LimitClass {
    /// All classes.
    pub const ALL: [Self; 4] = [Self::Write, Self::List, Self::Message, Self::Preview];

    /// The name in headers and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::List => "list",
            Self::Message => "message",
            Self::Preview => "preview",
        }
    }
}

/// A maximum number of requests per window. A window begins with a key's first request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Maximum number of requests in a window; at least 1.
    pub requests: u32,
    /// Length of a window in seconds; at least 1.
    pub window_seconds: u32,
}

impl RateLimit {
    /// A limit of `requests` an hour.
    pub const fn per_hour(requests: u32) -> Self {
        Self { requests, window_seconds: 3_600 }
    }

    /// Parses a limit such as `30/hour` (also `second`, `minute`, `day`); `off` is `None`, no limit.
    pub fn parse(text: &str) -> Result<Option<Self>, Invalid> {
        if text == "off" {
            return Ok(None);
        }
        let refuse = || Invalid::new("Expected a limit such as '30/hour' (second, minute, hour or day), or 'off'");
        let (requests, unit) = text.split_once('/').ok_or_else(refuse)?;
        let window_seconds = match unit {
            "second" => 1,
            "minute" => 60,
            "hour" => 3_600,
            "day" => 86_400,
            _ => return Err(refuse()),
        };
        match requests.parse::<u32>() {
            // The standard library also accepts `+30`.
            Ok(count) if count > 0 && !requests.starts_with('+') => Ok(Some(Self { requests: count, window_seconds })),
            _ => Err(refuse()),
        }
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} per {} s", self.requests, self.window_seconds)
    }
}

/// A limiter's decision about one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateDecision {
    /// Whether the request may go on.
    pub allowed: bool,
    /// The limit that applied.
    pub limit: RateLimit,
    /// Requests left in the window after this one.
    pub remaining: u32,
    /// When the window ends.
    pub resets_at: Timestamp,
}

/// The period in which the requests of a key are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateWindow {
    /// The time of the key's first request.
    pub began_at: Timestamp,
    /// The end, exclusive.
    pub ends_at: Timestamp,
}

impl RateWindow {
    /// The window that a first request at `now` begins.
    pub const fn begin(now: Timestamp, limit: RateLimit) -> Self {
        Self { began_at: now, ends_at: now.plus_seconds(limit.window_seconds as i64) }
    }

    /// The window, shortened to the length of this limit's windows: when an operator sets a limit with shorter windows, callers
    /// do not wait for the end of a long one.
    pub fn shortened_to(self, limit: RateLimit) -> Self {
        Self { ends_at: self.ends_at.min(Self::begin(self.began_at, limit).ends_at), ..self }
    }

    /// Whether a request at this time is counted in the window.
    ///
    /// A window of length `n` also counts requests up to `n` before its beginning: the clocks of two machines differ a little,
    /// and the machine that is behind must not restart a window of the other. A clock that was set back further restarts the
    /// window: otherwise callers might wait for years until it ends.
    pub const fn holds(&self, now: Timestamp) -> bool {
        let (began, ends) = (self.began_at.as_micros(), self.ends_at.as_micros());
        let now = now.as_micros();
        now < ends && now >= began.saturating_sub(ends.saturating_sub(began))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_parsed_as_operators_write_them() {
        assert_eq!(RateLimit::parse("30/hour"), Ok(Some(RateLimit::per_hour(30))));
        assert_eq!(RateLimit::parse("5/second"), Ok(Some(RateLimit { requests: 5, window_seconds: 1 })));
        assert_eq!(RateLimit::parse("off"), Ok(None));
        for text in ["", "30", "0/hour", "-1/hour", "+30/hour", "30/week", "x/hour", "30/hour/"] {
            assert!(RateLimit::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_window_outlasts_a_small_step_back_of_the_clock_and_not_a_large_one() {
        let at = |seconds: i64| Timestamp::from_micros(seconds * 1_000_000);
        let window = RateWindow::begin(at(1_000), RateLimit { requests: 1, window_seconds: 10 });
        for (seconds, holds) in [(989, false), (990, true), (1_000, true), (1_009, true), (1_010, false)] {
            assert_eq!(window.holds(at(seconds)), holds, "{seconds}");
        }
    }
}
