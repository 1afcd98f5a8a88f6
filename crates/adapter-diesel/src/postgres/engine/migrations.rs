use diesel::{connection::SimpleConnection as _, pg::Pg, prelude::*, sql_query};
use diesel_async::{AsyncPgConnection, async_connection_wrapper::AsyncConnectionWrapper};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use ports::StoreError;

use super::database::Database;
use crate::{
    failure::{is_undefined_table, store_error},
    migrations::{APPLIED, Applied, NotMigrated},
};

pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Creates the journal of migrations. `IF NOT EXISTS` does not help concurrent processes: one of them creates the table,
/// and the others fail on the unique indexes of the catalog.
const JOURNAL: &str = "DO $$ BEGIN
    CREATE TABLE IF NOT EXISTS __diesel_schema_migrations
        (version varchar(50) PRIMARY KEY NOT NULL, run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP);
EXCEPTION WHEN unique_violation OR duplicate_table OR duplicate_object THEN NULL; END $$";

/// One process migrates at a time. The others wait as long as the migrations take, then find no migration left to apply.
/// Reads of the journal do not wait.
const LOCK_JOURNAL: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10min';
    LOCK TABLE __diesel_schema_migrations IN EXCLUSIVE MODE";

impl Database {
    /// See [`PostgresStore::migrate`](crate::PostgresStore::migrate).
    pub(crate) async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let unavailable = |why: String| StoreError::Unavailable(why);
        self.check_connection().await?; // a closed store stays closed
        // A separate connection, since this may wait long. diesel's migrations block, so they run on a blocking thread.
        let connection = self.connector.open().await.map_err(|why| unavailable(why.to_string()))?;
        let applied = self.runtime.spawn_blocking(move || apply(&mut AsyncConnectionWrapper::from(connection))).await;
        applied.unwrap_or_else(|failed| Err(StoreError::Internal(failed.to_string())))
    }

    /// See [`PostgresStore::check_migrations`](crate::PostgresStore::check_migrations).
    pub(crate) async fn check_migrations(&self) -> Result<Result<(), NotMigrated>, StoreError> {
        self.run(async |connection| {
            let applied = match diesel_async::RunQueryDsl::load::<Applied>(sql_query(APPLIED), connection).await {
                Ok(applied) => applied,
                Err(error) if is_undefined_table(&error) => Vec::new(),
                Err(error) => return Err(error.into()),
            };
            Ok(NotMigrated::unless_all::<Pg>(&MIGRATIONS, &applied))
        })
        .await
    }
}

fn apply(connection: &mut AsyncConnectionWrapper<AsyncPgConnection>) -> Result<Vec<String>, StoreError> {
    let journal = connection.batch_execute(JOURNAL);
    journal.map_err(store_error)?;
    let applied = connection.transaction::<_, Box<dyn std::error::Error + Send + Sync>, _>(|connection| {
        connection.batch_execute(LOCK_JOURNAL)?;
        let applied = connection.run_pending_migrations(MIGRATIONS)?;
        Ok(applied.iter().map(ToString::to_string).collect())
    });
    applied.map_err(|why| match why.downcast::<diesel::result::Error>() {
        Ok(error) => store_error(*error),
        Err(why) => StoreError::Internal(format!("a migration failed: {why}")),
    })
}
