use diesel::{prelude::*, sql_query, sql_types::BigInt, sqlite::Sqlite};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use ports::StoreError;

use crate::{
    failure::failed,
    migrations::{APPLIED, Applied, NotMigrated},
    sqlite::SqliteStore,
};

pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

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

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Whether the database has every migration. Changes nothing, not even the table of those that were applied.
pub(crate) fn check(connection: &mut SqliteConnection) -> Result<Result<(), NotMigrated>, StoreError> {
    let journal = "SELECT count(*) AS n FROM sqlite_schema WHERE name = '__diesel_schema_migrations'";
    let Count { n } = sql_query(journal).get_result(connection).map_err(failed)?;
    let applied = if n == 0 { Vec::new() } else { sql_query(APPLIED).load::<Applied>(connection).map_err(failed)? };
    Ok(NotMigrated::unless_all::<Sqlite>(&MIGRATIONS, &applied))
}
