use diesel::{connection::SimpleConnection as _, pg::Pg, prelude::*, sql_query};
use diesel_async::{AsyncPgConnection, async_connection_wrapper::AsyncConnectionWrapper};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};
use ports::StoreError;

use crate::{
    failure::{failed, is_undefined_table},
    migrations::{APPLIED, Applied, NotMigrated},
    postgres::PostgresStore,
};

pub(crate) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// `IF NOT EXISTS` does not help those who look at the same moment: one of them makes the table, and the others learn it
/// from the unique indexes of the catalogue. After that it is there for all.
const JOURNAL: &str = "DO $$ BEGIN
    CREATE TABLE IF NOT EXISTS __diesel_schema_migrations
        (version varchar(50) PRIMARY KEY NOT NULL, run_on timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP);
EXCEPTION WHEN unique_violation OR duplicate_table OR duplicate_object THEN NULL; END $$";

/// One process migrates at a time. The others wait for as long as the migrations may take, then find nothing left to do.
/// Who only reads the journal does not wait.
const ALONE: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10min';
    LOCK TABLE __diesel_schema_migrations IN EXCLUSIVE MODE";

impl PostgresStore {
    /// Applies the migrations that the database lacks and returns their versions, oldest first.
    ///
    /// All of them are applied or none. Many processes may do so at once: the first has the journal's lock, the others find
    /// nothing left to do. Migrations that this binary does not know, made by a newer one, are left as they are.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        let unavailable = |why: String| StoreError::Unavailable(why);
        drop(self.connection().await?); // a store that is closed stays closed
        // Of its own, since it may wait long. diesel's migrations are synchronous, hence a thread that may block.
        let connection = self.connector.open().await.map_err(|why| unavailable(why.to_string()))?;
        let applied = self.runtime.spawn_blocking(move || apply(&mut AsyncConnectionWrapper::from(connection))).await;
        applied.unwrap_or_else(|failed| Err(StoreError::Internal(failed.to_string())))
    }

    /// Whether the database has every migration. Changes nothing, not even the table of those that were applied.
    pub async fn check_migrations(&self) -> Result<Result<(), NotMigrated>, StoreError> {
        self.read(async |connection| {
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
    journal.map_err(failed)?;
    let applied = connection.transaction::<_, Box<dyn std::error::Error + Send + Sync>, _>(|connection| {
        connection.batch_execute(ALONE)?;
        let applied = connection.run_pending_migrations(MIGRATIONS)?;
        Ok(applied.iter().map(ToString::to_string).collect())
    });
    applied.map_err(|why| match why.downcast::<diesel::result::Error>() {
        Ok(error) => failed(*error),
        Err(why) => StoreError::Internal(format!("a migration failed: {why}")),
    })
}
