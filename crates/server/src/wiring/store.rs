//! The configured store.

use std::sync::Arc;

use adapter_diesel::{PostgresStore, SqliteStore};
use ports::{
    ApiKeyStore, ChangeFeed, Clock, ComponentReviewer, Housekeeping as _, RateLimiter, SchemaChecker, StoreError,
};
use tokio::runtime::Handle;

use super::{Adapters, StartError};
use crate::{
    config::{DatabaseUrl, ReadDatabaseUrl},
    system::{ClockWatch, MemoryRateLimiter, SystemClock},
};

/// The configured store. Clones share its connections.
#[derive(Debug, Clone)]
pub enum Store {
    /// On an embedded database.
    Sqlite(SqliteStore),
    /// On a PostgreSQL server.
    Postgres(PostgresStore),
}

impl Store {
    /// Opens the store without applying migrations. An embedded database is created if it does not exist.
    ///
    /// Call it on the long-lived runtime, which drives the connections.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, StartError> {
        match url {
            DatabaseUrl::Sqlite(url) => Ok(Self::Sqlite(SqliteStore::open(url)?)),
            DatabaseUrl::Postgres(url) => Self::connect(url).await,
        }
    }

    /// As [`open`](Self::open), for a service. An embedded database can be open in only one service at a time.
    pub async fn open_to_serve(url: &DatabaseUrl) -> Result<Self, StartError> {
        match url {
            DatabaseUrl::Sqlite(url) => Ok(Self::Sqlite(SqliteStore::open_to_serve(url)?)),
            DatabaseUrl::Postgres(url) => Self::connect(url).await,
        }
    }

    /// As [`open`](Self::open), for a command that does not migrate: fails if the database does not exist or lacks a migration.
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

    /// The same store with a read replica, if one is configured, for reads that may be stale by its lag. The replica need not
    /// be reachable.
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

    /// Rewrites all search texts that an earlier version of the service wrote, and returns their number. A running service does it
    /// too.
    pub async fn refresh_search(&self) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(store) => store.refresh_search(u64::MAX).await,
            Self::Postgres(store) => store.refresh_search(u64::MAX).await,
        }
    }

    /// Refuses new work, and ends the store's threads and connections cleanly.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(store) => store.close().await,
            Self::Postgres(store) => store.close().await,
        }
    }

    /// The store's clock: the database server's if several processes may share the store, otherwise this machine's.
    pub async fn clocks(&self) -> Result<ClockWatch, StoreError> {
        match self {
            Self::Sqlite(_) => Ok(ClockWatch::alone(Arc::new(SystemClock))),
            Self::Postgres(store) => ClockWatch::following(Arc::new(store.clone())).await,
        }
    }

    /// Adapters with this store for all store ports, this clock and these checkers.
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

    /// A rate limiter with this clock. It counts in the database if several processes may share the store, otherwise in memory.
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
