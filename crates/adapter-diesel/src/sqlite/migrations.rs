use diesel::SqliteConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use ports::StoreError;

use super::SqliteStore;

pub(super) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

impl SqliteStore {
    /// Applies the migrations that the database lacks and returns their versions, oldest first.
    ///
    /// All of them are applied or none. Several processes may do so at once: the first has the write lock, the others
    /// find nothing left to do. Migrations that this binary does not know, made by a newer one, are left as they are.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        self.write(apply).await
    }
}

fn apply(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    connection
        .run_pending_migrations(MIGRATIONS)
        .map(|applied| applied.iter().map(ToString::to_string).collect())
        .map_err(|why| StoreError::Internal(format!("a migration failed: {why}")))
}
