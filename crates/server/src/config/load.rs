use super::expected;

/// How much the service takes on at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Connections; more wait to be accepted.
    pub connections: u32,
    /// Requests of one key under way; more are answered with 429.
    pub requests_per_key: u32,
    /// MiB that long bodies of requests under way, and long answers, may take as a whole.
    pub body_mib: u32,
}

/// Past that, file descriptors and ports are what runs out.
const MOST_CONNECTIONS: u32 = 1_000_000;
/// The least holds what one key may take, four times.
const BODY_MIB: std::ops::RangeInclusive<u32> = 16..=1_048_576;

impl Load {
    /// Reads a number of connections.
    pub(crate) fn connections(text: &str) -> Result<u32, String> {
        number(text, 1..=MOST_CONNECTIONS)
    }

    /// Reads a number of requests.
    pub(crate) fn requests_per_key(text: &str) -> Result<u32, String> {
        number(text, 1..=MOST_CONNECTIONS)
    }

    /// Reads `64MiB`.
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
    fn numbers_within_bounds_are_taken_and_others_refused() {
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
