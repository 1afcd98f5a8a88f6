//! URLs of databases.

use std::fmt;

use super::expected;

/// The database: `sqlite:` and the path of a file, which is created if it does not exist, or a `postgres://` URL.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The embedded database.
    Sqlite(String),
    /// A PostgreSQL server. The URL may contain a password, so it is never printed.
    Postgres(String),
}

impl DatabaseUrl {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if let Some(rest) = text.strip_prefix("postgres://").or_else(|| text.strip_prefix("postgresql://")) {
            // The adapter reports further errors in the URL, also without printing it.
            return match rest {
                "" => Err("the host is missing; expected postgres://user:password@host/database".to_owned()),
                _ => Ok(Self::Postgres(text.to_owned())),
            };
        }
        match text.strip_prefix("sqlite:") {
            Some(path) if !path.trim_start_matches('/').is_empty() && !path.contains('\0') => {
                Ok(Self::Sqlite(text.to_owned()))
            }
            // The value may be a misspelt URL with a password.
            _ if text.contains('@') => Err(format!("expected {EXAMPLES}; the value is not shown")),
            _ => Err(expected(EXAMPLES, text)),
        }
    }
}

/// The `postgres://` URL of a read replica. It may contain a password, so it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadDatabaseUrl(String);

impl ReadDatabaseUrl {
    pub(super) fn parse(text: &str, database: &DatabaseUrl) -> Result<Option<Self>, String> {
        if text == "off" {
            return Ok(None);
        }
        match (DatabaseUrl::parse(text), database) {
            (Ok(DatabaseUrl::Postgres(url)), DatabaseUrl::Postgres(_)) => Ok(Some(Self(url))),
            (Ok(DatabaseUrl::Postgres(_)), DatabaseUrl::Sqlite(_)) => {
                Err("only a PostgreSQL database can have a read replica, and WIDGETD_DATABASE_URL names a file"
                    .to_owned())
            }
            _ => Err("expected postgres://user:password@host/database, or off; the value is not shown".to_owned()),
        }
    }

    /// The URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ReadDatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("postgres://…")
    }
}

const EXAMPLES: &str =
    "sqlite: and the path of a file, such as sqlite:widgetd.db, or postgres://user:password@host/database";

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(url) => url.fmt(f),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}
