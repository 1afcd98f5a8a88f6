//! Command-line flags and environment variables, before they are checked.

use std::ffi::{OsStr, OsString};

use domain::{origin::AllowedOrigins, rate_limit::RateLimit};
use http::PublicUrl;

use super::{Config, ConfigError, DatabaseUrl, Limits, Load, LogFilter, ReadDatabaseUrl, Retention, SchemaCheckerKind};

/// The settings as they were given. A flag takes precedence over the environment variable of the same name.
///
/// The values are not parsed by clap, so that every error names both the variable and the flag.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Configuration")]
pub struct Settings {
    /// Address and port to listen on; port 0 chooses any free port
    #[arg(long, global = true, value_name = "ADDRESS", env = "WIDGETD_BIND", default_value = "127.0.0.1:8080")]
    pub bind: OsString,

    /// URL by which browsers reach the service, needed if a proxy does not pass on their `Host`: scheme, host and port, such
    /// as `https://widgets.example.com`, or `off`
    #[arg(long, global = true, value_name = "URL", env = "WIDGETD_PUBLIC_URL", default_value = "off")]
    pub public_url: OsString,

    /// Origins that widgets may load images and fonts from and make requests to, if they declare them: `https://cdn.example.com`, or
    /// `https://*.example.com` for all subdomains, with commas between them, or `off`
    #[arg(long, global = true, value_name = "ORIGINS", env = "WIDGETD_WIDGET_ORIGINS", default_value = "off")]
    pub widget_origins: OsString,

    /// Origins whose pages may call the API: `https://app.example.com`, `https://*.example.com` for all subdomains, or
    /// `http://localhost:5173`, with commas between them, or `off`
    #[arg(long, global = true, value_name = "ORIGINS", env = "WIDGETD_CORS_ORIGINS", default_value = "off")]
    pub cors_origins: OsString,

    /// The database: `sqlite:` and the path of a file, which is created if it does not exist, or
    /// `postgres://user:password@host/database`
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "WIDGETD_DATABASE_URL",
        hide_env_values = true,
        default_value = "sqlite:widgetd.db"
    )]
    pub database_url: OsString,

    /// A PostgreSQL read replica for lists of widgets and for conversations, which are then stale by the replica's lag:
    /// `postgres://user:password@host/database`, or `off`
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "WIDGETD_READ_DATABASE_URL",
        hide_env_values = true,
        default_value = "off"
    )]
    pub read_database_url: OsString,

    /// Rate limit of one key for creating, updating and restoring widgets: a number per second, minute, hour or day, or `off`
    #[arg(long, global = true, value_name = "LIMIT", env = "WIDGETD_RATE_LIMIT_WRITE", default_value = "30/hour")]
    pub rate_limit_write: OsString,

    /// Rate limit of one key for listing widgets and versions
    #[arg(long, global = true, value_name = "LIMIT", env = "WIDGETD_RATE_LIMIT_LIST", default_value = "300/hour")]
    pub rate_limit_list: OsString,

    /// Rate limit of one key for sending messages
    #[arg(long, global = true, value_name = "LIMIT", env = "WIDGETD_RATE_LIMIT_MESSAGE", default_value = "100/hour")]
    pub rate_limit_message: OsString,

    /// Rate limit of one key for previewing widgets
    #[arg(long, global = true, value_name = "LIMIT", env = "WIDGETD_RATE_LIMIT_PREVIEW", default_value = "600/hour")]
    pub rate_limit_preview: OsString,

    /// How long messages are kept: a number of days such as `90d`, or `off` to keep them permanently
    #[arg(long, global = true, value_name = "DAYS", env = "WIDGETD_MESSAGE_RETENTION", default_value = "off")]
    pub message_retention: OsString,

    /// The implementation that checks schemas: `jsonschema` or `valico`
    #[arg(long, global = true, value_name = "CHECKER", env = "WIDGETD_SCHEMA_CHECKER", default_value = "jsonschema")]
    pub schema_checker: OsString,

    /// Maximum number of connections; more wait to be accepted
    #[arg(long, global = true, value_name = "NUMBER", env = "WIDGETD_MAX_CONNECTIONS", default_value = "4096")]
    pub max_connections: OsString,

    /// Maximum number of requests of one key in flight; more are refused with 429
    #[arg(long, global = true, value_name = "NUMBER", env = "WIDGETD_MAX_REQUESTS_PER_KEY", default_value = "256")]
    pub max_requests_per_key: OsString,

    /// Total memory for request bodies of more than 8 KiB and for pages of conversations, of requests in flight: a number of
    /// MiB such as `64MiB`
    #[arg(long, global = true, value_name = "SIZE", env = "WIDGETD_BODY_MEMORY", default_value = "64MiB")]
    pub body_memory: OsString,

    /// Which events to log: a level, or a list such as `info,adapter_diesel=debug`
    #[arg(long, global = true, value_name = "FILTER", env = "RUST_LOG", default_value = "info")]
    pub log: OsString,
}

/// The names of all variables, without the prefix.
const VARIABLES: [&str; 15] = [
    "BIND",
    "PUBLIC_URL",
    "WIDGET_ORIGINS",
    "CORS_ORIGINS",
    "DATABASE_URL",
    "READ_DATABASE_URL",
    "RATE_LIMIT_WRITE",
    "RATE_LIMIT_LIST",
    "RATE_LIMIT_MESSAGE",
    "RATE_LIMIT_PREVIEW",
    "MESSAGE_RETENTION",
    "SCHEMA_CHECKER",
    "MAX_CONNECTIONS",
    "MAX_REQUESTS_PER_KEY",
    "BODY_MEMORY",
];
const PREFIX: &str = "WIDGETD_";

/// A value with the names of its variable and its flag, for error messages.
struct Setting<'a> {
    variable: &'static str,
    flag: &'static str,
    value: &'a OsStr,
}

impl Settings {
    /// Parses the configuration, or returns the first invalid setting.
    pub fn config(&self) -> Result<Config, ConfigError> {
        let limit = |text: &str| RateLimit::parse(text).map_err(|invalid| invalid.0);
        let bind = setting("WIDGETD_BIND", "--bind", &self.bind).parse(parse_bind)?;
        let database_url =
            setting("WIDGETD_DATABASE_URL", "--database-url", &self.database_url).parse(DatabaseUrl::parse)?;
        let read = setting("WIDGETD_READ_DATABASE_URL", "--read-database-url", &self.read_database_url);
        Ok(Config {
            bind,
            public_url: setting("WIDGETD_PUBLIC_URL", "--public-url", &self.public_url).parse(PublicUrl::parse)?,
            widget_origins: self.widget_origins()?,
            cors_origins: setting("WIDGETD_CORS_ORIGINS", "--cors-origins", &self.cors_origins)
                .parse(|text| AllowedOrigins::parse_of_pages(text).map_err(|invalid| invalid.0))?,
            read_database_url: read.parse(|text| ReadDatabaseUrl::parse(text, &database_url))?,
            database_url,
            rate_limits: Limits {
                write: setting("WIDGETD_RATE_LIMIT_WRITE", "--rate-limit-write", &self.rate_limit_write)
                    .parse(limit)?,
                list: setting("WIDGETD_RATE_LIMIT_LIST", "--rate-limit-list", &self.rate_limit_list).parse(limit)?,
                message: setting("WIDGETD_RATE_LIMIT_MESSAGE", "--rate-limit-message", &self.rate_limit_message)
                    .parse(limit)?,
                preview: setting("WIDGETD_RATE_LIMIT_PREVIEW", "--rate-limit-preview", &self.rate_limit_preview)
                    .parse(limit)?,
            },
            message_retention: setting("WIDGETD_MESSAGE_RETENTION", "--message-retention", &self.message_retention)
                .parse(Retention::parse)?,
            schema_checker: self.schema_checker()?,
            load: Load {
                connections: setting("WIDGETD_MAX_CONNECTIONS", "--max-connections", &self.max_connections)
                    .parse(Load::connections)?,
                requests_per_key: setting(
                    "WIDGETD_MAX_REQUESTS_PER_KEY",
                    "--max-requests-per-key",
                    &self.max_requests_per_key,
                )
                .parse(Load::requests_per_key)?,
                body_mib: setting("WIDGETD_BODY_MEMORY", "--body-memory", &self.body_memory).parse(Load::body_mib)?,
            },
            log: setting("RUST_LOG", "--log", &self.log).parse(LogFilter::parse)?,
        })
    }

    /// Parses only the origins, which the command `check` needs too.
    pub fn widget_origins(&self) -> Result<AllowedOrigins, ConfigError> {
        setting("WIDGETD_WIDGET_ORIGINS", "--widget-origins", &self.widget_origins)
            .parse(|text| AllowedOrigins::parse(text).map_err(|invalid| invalid.0))
    }

    /// Parses only the setting that the command `check` needs.
    pub fn schema_checker(&self) -> Result<SchemaCheckerKind, ConfigError> {
        setting("WIDGETD_SCHEMA_CHECKER", "--schema-checker", &self.schema_checker).parse(SchemaCheckerKind::parse)
    }
}

/// Environment variables that begin with the prefix but do not exist, so they are most likely misspelt.
#[expect(clippy::disallowed_methods, reason = "this is the module that reads the environment")]
pub fn unknown_variables() -> Vec<String> {
    unknown_among(std::env::vars_os().map(|(name, _)| name))
}

fn unknown_among(names: impl Iterator<Item = OsString>) -> Vec<String> {
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let mut unknown: Vec<String> =
        names.filter(|name| name.strip_prefix(PREFIX).is_some_and(|rest| !VARIABLES.contains(&rest))).collect();
    unknown.sort();
    unknown
}

fn setting<'a>(variable: &'static str, flag: &'static str, value: &'a OsStr) -> Setting<'a> {
    Setting { variable, flag, value }
}

impl Setting<'_> {
    fn parse<T>(&self, parse: impl FnOnce(&str) -> Result<T, String>) -> Result<T, ConfigError> {
        let parsed = match self.value.to_str() {
            None => Err("the value is not UTF-8".to_owned()),
            Some("") => Err("the value is empty; unset it to use the default".to_owned()),
            Some(text) => parse(text),
        };
        parsed.map_err(|reason| ConfigError { variable: self.variable, flag: self.flag, reason })
    }
}

/// Parses an IP address or a host name, and a port. A host name is resolved when the service binds.
fn parse_bind(text: &str) -> Result<String, String> {
    let is_name =
        |host: &str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    let is_named = |(host, port): (&str, &str)| {
        is_name(host) && port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
    };
    if text.parse::<std::net::SocketAddr>().is_ok() || text.rsplit_once(':').is_some_and(is_named) {
        return Ok(text.to_owned());
    }
    Err(super::expected("an address and a port, such as 127.0.0.1:8080", text))
}

#[cfg(test)]
mod tests;
