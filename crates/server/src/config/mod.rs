//! Configuration from flags and environment variables, read once at the start and checked before the service listens.
//!
//! Architecture invariant: no other module reads the environment.

mod database;
mod load;
mod log_filter;
mod retention;
mod settings;

use std::{fmt, num::NonZeroUsize};

pub use database::{DatabaseUrl, ReadDatabaseUrl};
use domain::{origin::AllowedOrigins, rate_limit::RateLimit};
use http::{HttpOptions, PublicUrl};
pub use load::Load;
pub use log_filter::LogFilter;
pub use retention::Retention;
pub use settings::{Settings, unknown_variables};

/// The checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to listen on, in the format of [`std::net::ToSocketAddrs`]; port 0 chooses any free port.
    pub bind: String,
    /// The URL by which browsers reach the service; `None` uses the `Host` of each request.
    pub public_url: Option<PublicUrl>,
    /// The database.
    pub database_url: DatabaseUrl,
    /// A read replica of the database, for reads that may be stale by its lag.
    pub read_database_url: Option<ReadDatabaseUrl>,
    /// The rate limits of each key.
    pub rate_limits: Limits,
    /// The origins that widgets may load from, if they declare them.
    pub widget_origins: AllowedOrigins,
    /// The origins whose pages may call the API.
    pub cors_origins: AllowedOrigins,
    /// How long messages are retained; `None` is permanently.
    pub message_retention: Option<Retention>,
    /// The implementation that checks schemas.
    pub schema_checker: SchemaCheckerKind,
    /// Limits on concurrent work.
    pub load: Load,
    /// Which events are logged.
    pub log: LogFilter,
}

impl Config {
    /// The options of the HTTP server.
    pub(crate) fn http_options(&self) -> HttpOptions {
        let Load { connections, requests_per_key, body_mib } = self.load;
        HttpOptions {
            connections: NonZeroUsize::new(connections as usize).unwrap_or(NonZeroUsize::MIN),
            requests_per_key,
            body_memory: body_mib as usize * 1_024 * 1_024,
            public_url: self.public_url.clone(),
            cors_origins: self.cors_origins.clone(),
            ..HttpOptions::default()
        }
    }
}

/// The reference's three rate limits, and one for previews; `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Create and update a widget.
    pub write: Option<RateLimit>,
    /// List widgets.
    pub list: Option<RateLimit>,
    /// Send a message.
    pub message: Option<RateLimit>,
    /// Preview a widget.
    pub preview: Option<RateLimit>,
}

/// The reference's limits. Previews may be twice as frequent as lists.
impl Default for Limits {
    fn default() -> Self {
        Self {
            write: Some(RateLimit::per_hour(30)),
            list: Some(RateLimit::per_hour(300)),
            message: Some(RateLimit::per_hour(100)),
            preview: Some(RateLimit::per_hour(600)),
        }
    }
}

/// The implementations of the port that checks schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaCheckerKind {
    /// The crate `jsonschema`.
    Jsonschema,
    /// The crate `valico`.
    Valico,
}

impl SchemaCheckerKind {
    /// The value of the setting that selects it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jsonschema => "jsonschema",
            Self::Valico => "valico",
        }
    }
}

/// An invalid value of a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable} (or {flag}): {reason}")]
pub struct ConfigError {
    /// The environment variable of the setting.
    pub variable: &'static str,
    /// The command-line flag of the setting.
    pub flag: &'static str,
    /// What is wrong with the value.
    pub reason: String,
}

impl SchemaCheckerKind {
    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "jsonschema" => Ok(Self::Jsonschema),
            "valico" => Ok(Self::Valico),
            _ => Err(expected("jsonschema or valico", text)),
        }
    }
}

fn expected(what: impl fmt::Display, received: &str) -> String {
    // Debug escapes terminal control characters.
    format!("expected {what}, received {received:?}")
}
