use std::{fmt, sync::Arc};

use deadpool::Runtime;
use deadpool::managed::{PoolError, Timeouts};
use diesel_async::{
    AsyncPgConnection,
    pooled_connection::{
        AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod,
        deadpool::{Object, Pool},
    },
};
use futures_util::FutureExt as _;
use ports::StoreError;
use tokio::{runtime::Handle, sync::watch};

use super::{
    engine::{
        connection::{CONNECT, Connector, no_connection},
        lane::Lane,
        location::ConnectError,
        replica::ReadReplica,
    },
    stores::{messages::Writer, rate_limits::Counter},
};
use crate::totals::Totals;

/// Connections that requests share, beside those that have a task of their own. More of them make PostgreSQL slower rather
/// than faster once its cores are busy, and ten processes fit into the 100 that it takes by default.
const CONNECTIONS: usize = 6;

/// All store ports on one PostgreSQL database. Clones are cheap and share the connections.
#[derive(Clone)]
pub struct PostgresStore {
    pool: Pool<AsyncPgConnection>,
    pub(crate) messages: Lane<Writer>,
    pub(crate) counts: Lane<Counter>,
    pub(crate) connector: Connector,
    pub(crate) runtime: Handle,
    pub(crate) totals: Totals,
    pub(crate) replica: Option<ReadReplica>,
    /// Whether it was closed.
    pub(crate) closed: Arc<watch::Sender<bool>>,
}

impl PostgresStore {
    /// Connects to the database; applies no migration.
    ///
    /// `url` is `postgres://user:password@host:port/database`, with `?sslmode=` `disable`, `prefer` (the default),
    /// `require` or `verify-full`; `sslrootcert=` names a file of authorities for the last. Of several hosts
    /// (`host:port,host:port`) the one that takes writes is used, and found again when that changes. Connections live on `runtime`,
    /// which must have more than one thread or none that is ever busy, and outlive the store.
    pub async fn connect(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        let connector = Connector::new(url, runtime.clone())?;
        let messages = Lane::start(connector.clone())?;
        let counts = Lane::start(connector.clone())?;
        let pool = pool(connector.clone());
        let store = Self {
            pool,
            messages,
            counts,
            connector,
            runtime,
            totals: Totals::new(),
            replica: None,
            closed: Arc::default(),
        };
        drop(store.connection().await?);
        Ok(store)
    }

    /// Lets no more work in, writes the messages that wait, and closes the connections, those that are lent as they come
    /// back. Every later call of any port answers "unavailable".
    pub async fn close(&self) {
        self.messages.close().await;
        self.counts.close().await;
        self.pool.close();
        if let Some(replica) = &self.replica {
            replica.close();
        }
        self.closed.send_replace(true);
    }

    pub(crate) async fn connection(&self) -> Result<Object<AsyncPgConnection>, StoreError> {
        let text = match self.pool.get().await {
            Ok(connection) => return Ok(connection),
            Err(PoolError::Closed) => "the store is closed".to_owned(),
            Err(PoolError::Timeout(_)) => no_connection(),
            Err(PoolError::Backend(why)) => why.to_string(),
            Err(why @ (PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_))) => why.to_string(),
        };
        Err(StoreError::Unavailable(text))
    }

    /// Closes the connections that nobody uses now.
    pub(crate) fn forget_idle_connections(&self) {
        drop(self.pool.retain(|_, _| false));
    }
}

pub(crate) fn pool(connector: Connector) -> Pool<AsyncPgConnection> {
    let mut config = ManagerConfig::default();
    // What was lost is seen without asking: a query at every checkout cost a third of the throughput.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |_| {
        let connector = connector.clone();
        async move { connector.open().await }.boxed()
    });
    // The connector knows the URL.
    let manager = AsyncDieselConnectionManager::new_with_config("", config);
    let wait = Some(CONNECT);
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .timeouts(Timeouts { wait, create: wait, recycle: wait })
        .build()
        .expect("timeouts have a runtime")
}

impl fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresStore(…)")
    }
}
