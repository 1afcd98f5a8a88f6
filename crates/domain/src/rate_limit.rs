//! How often a key may do what.

use std::fmt;

use crate::field::Invalid;

/// The groups of endpoints that the reference limits, each counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitClass {
    /// Create and update a widget.
    Write,
    /// List widgets.
    List,
    /// Send a message.
    Message,
}

impl LimitClass {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Write, Self::List, Self::Message];

    /// The name in headers and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::List => "list",
            Self::Message => "message",
        }
    }
}

/// So many requests in so many seconds, counted in windows that begin with a key's first request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimit {
    /// Requests that a window allows; at least 1.
    pub requests: u32,
    /// Length of a window in seconds; at least 1.
    pub window_seconds: u32,
}

impl RateLimit {
    /// So many requests an hour.
    pub const fn per_hour(requests: u32) -> Self {
        Self { requests, window_seconds: 3_600 }
    }

    /// Reads `30/hour` (also `second`, `minute`, `day`); `off` is no limit.
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
            Ok(requests) if requests > 0 => Ok(Some(Self { requests, window_seconds })),
            _ => Err(refuse()),
        }
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} per {} s", self.requests, self.window_seconds)
    }
}

/// What a limiter answers for one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateDecision {
    /// Whether the request may go on.
    pub allowed: bool,
    /// The limit that was asked about.
    pub limit: RateLimit,
    /// Requests left in the window, this one counted.
    pub remaining: u32,
    /// When the window ends.
    pub resets_at: crate::time::Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_operators_write_them() {
        assert_eq!(RateLimit::parse("30/hour"), Ok(Some(RateLimit::per_hour(30))));
        assert_eq!(RateLimit::parse("5/second"), Ok(Some(RateLimit { requests: 5, window_seconds: 1 })));
        assert_eq!(RateLimit::parse("off"), Ok(None));
        for text in ["", "30", "0/hour", "-1/hour", "30/week", "x/hour", "30/hour/"] {
            assert!(RateLimit::parse(text).is_err(), "{text}");
        }
    }
}
