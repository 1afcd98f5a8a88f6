//! Configuration: read once at start, from flags and the environment, and checked whole before anything listens.
//!
//! Architecture invariant: no other module reads the environment.

mod database;
mod load;
mod log_filter;
mod retention;
mod settings;

use std::{fmt, num::NonZeroUsize};

pub use database::{DatabaseUrl, ReadDatabaseUrl};
use domain::rate_limit::RateLimit;
use http::{HttpOptions, PublicUrl};
pub use load::Load;
pub use log_filter::LogFilter;
pub use retention::Retention;
pub use settings::{Settings, unknown_variables};

/// What the operator set, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen, as [`std::net::ToSocketAddrs`] reads it; port 0 takes any free one.
    pub bind: String,
    /// Where browsers reach the service; `None` takes the `Host` of each request.
    pub public_url: Option<PublicUrl>,
    /// Where things are kept.
    pub database_url: DatabaseUrl,
    /// What follows it, for reads that may be a moment old.
    pub read_database_url: Option<ReadDatabaseUrl>,
    /// How often a key may do what.
    pub rate_limits: Limits,
    /// For how long messages are kept; `None` is for good.
    pub message_retention: Option<Retention>,
    /// Which checker of schemas is used.
    pub schema_checker: SchemaCheckerKind,
    /// How much is taken on at once.
    pub load: Load,
    /// What is logged.
    pub log: LogFilter,
}

impl Config {
    /// How the HTTP server runs.
    pub(crate) fn http_options(&self) -> HttpOptions {
        let Load { connections, requests_per_key, body_mib } = self.load;
        HttpOptions {
            connections: NonZeroUsize::new(connections as usize).unwrap_or(NonZeroUsize::MIN),
            requests_per_key,
            body_memory: body_mib as usize * 1_024 * 1_024,
            public_url: self.public_url.clone(),
            ..HttpOptions::default()
        }
    }
}

/// The reference's three limits, and one of previews; `None` is no limit.
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

/// The reference's limits, and twice as many previews as lists.
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

/// The adapters behind the port that checks schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaCheckerKind {
    /// The crate `jsonschema`.
    Jsonschema,
    /// The crate `valico`.
    Valico,
}

impl SchemaCheckerKind {
    /// The value of the variable that chooses it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jsonschema => "jsonschema",
            Self::Valico => "valico",
        }
    }
}

/// A value that cannot be used, and where it was set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable} (or {flag}): {reason}")]
pub struct ConfigError {
    /// The variable of the environment.
    pub variable: &'static str,
    /// The flag that stands for it.
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
    // Debug escapes what could move the cursor of a terminal.
    format!("expected {what}, received {received:?}")
}
