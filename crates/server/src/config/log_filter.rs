//! The filter of log events.

use tracing_subscriber::EnvFilter;

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Which events are logged: a level, or a list such as `info,adapter_diesel=debug`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    /// Accepts what [`EnvFilter`] accepts, except a plain word that is not a level. `EnvFilter` takes such a word for the name
    /// of a module, so a misspelt `RUST_LOG=inof` would silently disable all logs.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let refuse =
            |part: &str| super::expected("a level (off to trace) or a list such as info,adapter_diesel=debug", part);
        let is_level = |part: &str| LEVELS.iter().any(|level| part.eq_ignore_ascii_case(level));
        // A target with a level, a module path, and (parts of) a span's fields contain one of these.
        let is_more = |part: &str| part.contains(['=', ':', '[', ']', '{', '}']);
        if let Some(word) = text.split(',').map(str::trim).find(|part| !is_more(part) && !is_level(part)) {
            return Err(refuse(word));
        }
        EnvFilter::builder().parse(text).map_err(|error| format!("{}: {error}", refuse(text)))?;
        Ok(Self(text.to_owned()))
    }

    /// The filter for a subscriber.
    pub(crate) fn filter(&self) -> EnvFilter {
        // actix_http logs malformed requests as errors. Any client could flood the log with them.
        let quiet = if self.0.contains("actix_http") { "" } else { ",actix_http=off" };
        EnvFilter::builder().parse_lossy(format!("{}{quiet}", self.0))
    }
}
