use std::sync::Arc;

use adapter_diesel::{PostgresStore, SqliteStore};
use ports::{ApiKeyStore, ChangeFeed, Clock, ComponentReviewer, RateLimiter, SchemaChecker, StoreError};
use tokio::runtime::Handle;

use super::{Adapters, StartError};
use crate::{
    config::{DatabaseUrl, ReadDatabaseUrl},
    system::{ClockWatch, MemoryRateLimiter, SystemClock},
};

/// The store that is configured. Clones share it.
#[derive(Debug, Clone)]
pub enum Store {
    /// On an embedded database.
    Sqlite(SqliteStore),
    /// On a PostgreSQL server.
    Postgres(PostgresStore),
}

impl Store {
    /// Opens the store; an embedded database is made if it is absent. Applies no migration.
    ///
    /// To be called on the long-lived runtime: connections live there.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, StartError> {
        match url {
            DatabaseUrl::Sqlite(url) => Ok(Self::Sqlite(SqliteStore::open(url)?)),
            DatabaseUrl::Postgres(url) => Self::connect(url).await,
        }
    }

    /// As [`open`](Self::open), for a service: of an embedded database there may be one.
    pub async fn open_to_serve(url: &DatabaseUrl) -> Result<Self, StartError> {
        match url {
            DatabaseUrl::Sqlite(url) => Ok(Self::Sqlite(SqliteStore::open_to_serve(url)?)),
            DatabaseUrl::Postgres(url) => Self::connect(url).await,
        }
    }

    /// As [`open`](Self::open), for a command that changes no schema: refuses a database that is absent or lacks a migration,
    /// and leaves it as it is.
    pub async fn open_migrated(url: &DatabaseUrl) -> Result<Self, StartError> {
        let url = match url {
            DatabaseUrl::Sqlite(url) => return Ok(Self::Sqlite(SqliteStore::open_migrated(url)?)),
            DatabaseUrl::Postgres(url) => url,
        };
        let store = PostgresStore::connect(url, Handle::current()).await?;
        match store.check_migrations().await {
            Ok(Ok(())) => Ok(Self::Postgres(store)),
            Ok(Err(missing)) => {
                store.close().await;
                Err(missing.into())
            }
            Err(failure) => {
                store.close().await;
                Err(failure.into())
            }
        }
    }

    async fn connect(url: &str) -> Result<Self, StartError> {
        Ok(Self::Postgres(PostgresStore::connect(url, Handle::current()).await?))
    }

    /// The same store, with reads that may be a moment old done on a server that follows this one's, if one is named. It
    /// need not be there.
    pub fn reading_from(self, replica: Option<&ReadDatabaseUrl>) -> Result<Self, StartError> {
        match (self, replica) {
            (Self::Postgres(store), Some(url)) => {
                Ok(Self::Postgres(store.with_read_replica(url.as_str()).map_err(StartError::ReadReplica)?))
            }
            (store, _) => Ok(store), // the configuration refuses a replica of a file
        }
    }

    /// Applies the migrations that the database lacks and returns their versions, oldest first.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Sqlite(store) => store.migrate().await,
            Self::Postgres(store) => store.migrate().await,
        }
    }

    /// Lets no more work in and ends the store's threads and connections in order.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(store) => store.close().await,
            Self::Postgres(store) => store.close().await,
        }
    }

    /// The store's clock: the server's if several processes may share it, else this machine's.
    pub async fn clocks(&self) -> Result<ClockWatch, StoreError> {
        match self {
            Self::Sqlite(_) => Ok(ClockWatch::alone(Arc::new(SystemClock))),
            Self::Postgres(store) => ClockWatch::following(Arc::new(store.clone())).await,
        }
    }

    /// The store behind all the store ports, with this clock and these checkers.
    pub fn adapters<C>(&self, clock: Arc<dyn Clock>, schemas: Arc<dyn SchemaChecker>, components: Arc<C>) -> Adapters
    where
        C: ComponentReviewer + 'static,
    {
        let adapters = match self {
            Self::Sqlite(store) => Adapters::new(Arc::new(store.clone()), clock, schemas, components),
            Self::Postgres(store) => Adapters::new(Arc::new(store.clone()), clock, schemas, components),
        };
        Adapters { limiter: self.rate_limiter(Arc::clone(&adapters.clock)), ..adapters }
    }

    /// What counts requests, with the time of this clock: in the database if several processes may share it.
    pub fn rate_limiter(&self, clock: Arc<dyn Clock>) -> Arc<dyn RateLimiter> {
        match self {
            Self::Sqlite(_) => Arc::new(MemoryRateLimiter::new(clock)),
            Self::Postgres(store) => Arc::new(store.rate_limiter(clock)),
        }
    }

    pub(super) fn change_feed(&self) -> &dyn ChangeFeed {
        match self {
            Self::Sqlite(store) => store,
            Self::Postgres(store) => store,
        }
    }

    pub(super) fn api_keys(&self) -> Arc<dyn ApiKeyStore> {
        match self {
            Self::Sqlite(store) => Arc::new(store.clone()),
            Self::Postgres(store) => Arc::new(store.clone()),
        }
    }
}
