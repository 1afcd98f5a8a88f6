use std::{fmt, sync::Arc};

use ports::{ChangeFeed, ChangeListener, StoreError};

use super::engine::{connection::OpenError, database::Database, migrations};
use crate::totals::Totals;

/// All store ports on one SQLite database. Clones are cheap and share it.
#[derive(Clone)]
pub struct SqliteStore {
    pub(super) database: Database,
    pub(super) totals: Totals,
}

impl SqliteStore {
    /// Opens the database and creates its file if that does not exist. Blocks; applies no migration.
    ///
    /// `url` is `sqlite:` and a path, a path alone, or `sqlite::memory:` for a database that is deleted when it is closed.
    pub fn open(url: &str) -> Result<Self, OpenError> {
        Database::open(url).map(Self::new)
    }

    /// As [`open`](Self::open), for a service. It locks the file against other services until it is closed, or its process
    /// ends.
    pub fn open_to_serve(url: &str) -> Result<Self, OpenError> {
        Database::open_to_serve(url).map(Self::new)
    }

    /// As [`open`](Self::open), for commands that change neither the schema nor the set of files. Fails if the database
    /// does not exist or lacks a migration.
    pub fn open_migrated(url: &str) -> Result<Self, OpenError> {
        Database::open_migrated(url).map(Self::new)
    }

    fn new(database: Database) -> Self {
        Self { database, totals: Totals::new() }
    }

    /// Applies the migrations that the database lacks and returns their versions, oldest first.
    ///
    /// All of them are applied or none. Processes may call this concurrently: the first has the write lock, the others find
    /// no migration left to apply. Migrations that this binary does not know, of a newer one, stay as they are.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        self.database.write(migrations::apply).await
    }

    /// Accepts no further work, completes the queued work, and leaves the file without a log next to it.
    ///
    /// Every later call of any port fails with "unavailable".
    pub async fn close(&self) {
        self.database.close().await;
    }
}

impl ChangeFeed for SqliteStore {
    fn watch(&self, listener: &Arc<dyn ChangeListener>) {
        self.database.watch(listener);
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SqliteStore(…)")
    }
}
