//! Which migrations a database lacks.

use std::{collections::HashSet, fmt};

use diesel::{
    QueryableByName,
    backend::Backend,
    migration::{Migration, MigrationSource},
    sql_types::Text,
};
use diesel_migrations::EmbeddedMigrations;

/// Selects the applied versions from diesel's journal.
pub(crate) const APPLIED: &str = "SELECT version FROM __diesel_schema_migrations";

/// A row of [`APPLIED`].
#[derive(QueryableByName)]
pub(crate) struct Applied {
    #[diesel(sql_type = Text)]
    version: String,
}

/// A database lacks migrations that this program needs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct NotMigrated {
    /// The missing migrations, oldest first.
    pub missing: Vec<String>,
    /// Whether no migration was applied.
    pub is_new: bool,
}

impl fmt::Display for NotMigrated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_new {
            true => f.write_str("the database has no tables of this service")?,
            false => write!(f, "the database lacks {}", self.missing.join(", "))?,
        }
        f.write_str(": run `widgetd migrate`, or start the service")
    }
}

impl NotMigrated {
    /// An error if a known migration was not applied. Ignores migrations that only a newer program knows.
    pub(crate) fn unless_all<DB: Backend>(known: &EmbeddedMigrations, applied: &[Applied]) -> Result<(), Self> {
        let applied: HashSet<&str> = applied.iter().map(|row| row.version.as_str()).collect();
        let known: Vec<Box<dyn Migration<DB>>> = known.migrations().unwrap_or_default();
        let count = known.len();
        let lacking = known.iter().filter(|known| !applied.contains(known.name().version().to_string().as_str()));
        let mut missing: Vec<String> = lacking.map(|known| known.name().to_string()).collect();
        missing.sort();
        match missing.len() {
            0 => Ok(()),
            lacking => Err(Self { is_new: lacking == count, missing }),
        }
    }
}
