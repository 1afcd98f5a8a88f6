use tracing_subscriber::EnvFilter;

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// What is logged: a level, or a list such as `info,adapter_diesel=debug`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    /// Takes what [`EnvFilter`] takes, less one thing: a plain word that is no level. `EnvFilter` reads it as the name of
    /// a module, so that a misspelt `RUST_LOG=inof` would silently turn all logs off.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let refuse =
            |part: &str| super::expected("a level (off to trace) or a list such as info,adapter_diesel=debug", part);
        let is_level = |part: &str| LEVELS.iter().any(|level| part.eq_ignore_ascii_case(level));
        // A target with a level, a module's path, and (parts of) a span's fields hold one of these.
        let is_more = |part: &str| part.contains(['=', ':', '[', ']', '{', '}']);
        if let Some(word) = text.split(',').map(str::trim).find(|part| !is_more(part) && !is_level(part)) {
            return Err(refuse(word));
        }
        EnvFilter::builder().parse(text).map_err(|error| format!("{}: {error}", refuse(text)))?;
        Ok(Self(text.to_owned()))
    }

    /// The filter for a subscriber.
    pub(crate) fn filter(&self) -> EnvFilter {
        // Broken requests are their senders' mistakes, and would be errors in the log: anybody could flood it.
        let quiet = if self.0.contains("actix_http") { "" } else { ",actix_http=off" };
        EnvFilter::builder().parse_lossy(format!("{}{quiet}", self.0))
    }
}
