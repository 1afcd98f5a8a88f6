use std::{fmt, sync::Arc};

use async_trait::async_trait;
use domain::time::Timestamp;
use ports::{ChangeFeed, ChangeListener, StoreError, StoreTime};
use tokio::runtime::Handle;

use super::{
    engine::{batcher::Batcher, database::Database, location::ConnectError},
    stores::{messages::inserter::MessageInserter, rate_limits::counter::RequestCounter},
};
use crate::{migrations::NotMigrated, totals::Totals};

/// All store ports on one PostgreSQL database. Clones are cheap and share the connections.
#[derive(Clone)]
pub struct PostgresStore {
    pub(super) database: Database,
    pub(super) messages: Batcher<MessageInserter>,
    pub(super) counts: Batcher<RequestCounter>,
    pub(super) totals: Totals,
}

impl PostgresStore {
    /// Connects to the database; applies no migration.
    ///
    /// `url` is `postgres://user:password@host:port/database`, with `?sslmode=` `disable`, `prefer` (the default),
    /// `require` or `verify-full`; `sslrootcert=` names a file of authorities for the last. Of several hosts
    /// (`host:port,host:port`) the store uses the one that accepts writes, and finds it again after a failover. Connections
    /// live on `runtime`, which must outlive the store, and must have several threads or one that is never busy.
    pub async fn connect(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        let database = Database::new(url, runtime)?;
        let messages = Batcher::start(database.connector.clone())?;
        let counts = Batcher::start(database.connector.clone())?;
        database.check_connection().await?;
        Ok(Self { database, messages, counts, totals: Totals::new() })
    }

    /// Adds a read replica, for lists of widgets and reads of conversations.
    ///
    /// `url` is that of a streaming standby, in the form that [`connect`](Self::connect) takes. The replica may be down: what
    /// it does not answer is read from the primary.
    pub fn with_read_replica(self, url: &str) -> Result<Self, ConnectError> {
        Ok(Self { database: self.database.with_read_replica(url)?, ..self })
    }

    /// Applies the migrations that the database lacks and returns their versions, oldest first.
    ///
    /// All of them are applied or none. Processes may call this concurrently: the first locks the journal, the others find
    /// no migration left to apply. Migrations that this binary does not know, of a newer one, stay as they are.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        self.database.migrate().await
    }

    /// Whether the database has every migration. Changes nothing, not even the journal of migrations.
    pub async fn check_migrations(&self) -> Result<Result<(), NotMigrated>, StoreError> {
        self.database.check_migrations().await
    }

    /// Accepts no further work, writes the queued messages, and closes the connections when their operations end.
    ///
    /// Every later call of any port fails with "unavailable".
    pub async fn close(&self) {
        self.messages.close().await;
        self.counts.close().await;
        self.database.close();
    }
}

impl ChangeFeed for PostgresStore {
    /// Needs a dedicated session: behind a pooler that pools by transaction, or on a standby, no notification arrives, and
    /// no listener is ever current.
    fn watch(&self, listener: &Arc<dyn ChangeListener>) {
        self.database.watch(listener);
    }
}

#[async_trait]
impl StoreTime for PostgresStore {
    async fn store_time(&self) -> Result<Timestamp, StoreError> {
        self.database.time().await
    }
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresStore(…)")
    }
}
