//! Limits on concurrent work.

use super::expected;

/// Limits on the work that the service does concurrently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Maximum number of connections; more wait to be accepted.
    pub connections: u32,
    /// Maximum number of requests of one key in flight; more are refused with 429.
    pub requests_per_key: u32,
    /// Total memory for request bodies of more than 8 KiB and for pages of conversations, of requests in flight, in MiB.
    pub body_mib: u32,
}

/// Upper bound of the settings for connections and for requests of a key. File descriptors run out before that.
const MAX_CONCURRENCY: u32 = 1_000_000;
/// Bounds of the setting. The lower bound is four times the memory that one key may take.
const BODY_MIB: std::ops::RangeInclusive<u32> = 16..=1_048_576;

impl Load {
    /// Parses a number of connections.
    pub(crate) fn connections(text: &str) -> Result<u32, String> {
        number(text, 1..=MAX_CONCURRENCY)
    }

    /// Parses a number of requests.
    pub(crate) fn requests_per_key(text: &str) -> Result<u32, String> {
        number(text, 1..=MAX_CONCURRENCY)
    }

    /// Parses a size such as `64MiB`.
    pub(crate) fn body_mib(text: &str) -> Result<u32, String> {
        let wrong = || expected(format_args!("a number of MiB such as 64MiB, from {} on", BODY_MIB.start()), text);
        number(text.strip_suffix("MiB").ok_or_else(wrong)?, BODY_MIB).map_err(|_| wrong())
    }
}

fn number(text: &str, range: std::ops::RangeInclusive<u32>) -> Result<u32, String> {
    let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits
        .and_then(|text| text.parse().ok())
        .filter(|number| range.contains(number))
        .ok_or_else(|| expected(format_args!("a whole number from {} to {}", range.start(), range.end()), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_within_bounds_are_accepted_and_others_refused() {
        assert_eq!(Load::connections("4096"), Ok(4_096));
        assert_eq!(Load::body_mib("64MiB"), Ok(64));
        for text in ["0", "-1", "+1", "1.5", "x", "", "1000001", "99999999999"] {
            assert!(Load::connections(text).is_err() && Load::requests_per_key(text).is_err(), "{text}");
        }
        for text in ["64", "64MB", "15MiB", "MiB", "-16MiB", "1e3MiB", "9999999MiB"] {
            assert!(Load::body_mib(text).is_err(), "{text}");
        }
    }
}
