use diesel::{prelude::*, sql_query, sql_types::BigInt, sqlite::Sqlite};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use ports::StoreError;

use crate::{
    failure::store_error,
    migrations::{APPLIED, Applied, NotMigrated},
};

pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// See [`SqliteStore::migrate`](crate::SqliteStore::migrate).
pub(crate) fn apply(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
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

/// Whether the database has every migration. Changes nothing, not even the journal of migrations.
pub(crate) fn check(connection: &mut SqliteConnection) -> Result<Result<(), NotMigrated>, StoreError> {
    let journal = "SELECT count(*) AS n FROM sqlite_schema WHERE name = '__diesel_schema_migrations'";
    let Count { n } = sql_query(journal).get_result(connection).map_err(store_error)?;
    let applied =
        if n == 0 { Vec::new() } else { sql_query(APPLIED).load::<Applied>(connection).map_err(store_error)? };
    Ok(NotMigrated::unless_all::<Sqlite>(&MIGRATIONS, &applied))
}
