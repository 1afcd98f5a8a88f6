use std::fmt;

use super::expected;

/// Where things are kept: `sqlite:` and the path of a file, which is made if it is absent.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            // The URL may hold a password, so it is not repeated.
            return Err("PostgreSQL is not in this build, which has the embedded SQLite only; \
                        expected sqlite: and a path, such as sqlite:widgetd.db"
                .to_owned());
        }
        match text.strip_prefix("sqlite:") {
            Some(path) if !path.trim_start_matches('/').is_empty() && !path.contains('\0') => Ok(Self(text.to_owned())),
            _ => Err(expected("sqlite: and the path of a file, such as sqlite:widgetd.db", text)),
        }
    }

    /// The URL as it was set.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
