use std::fmt;

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
use tokio::runtime::Handle;

use super::{
    ConnectError,
    connection::{CONNECT, Connector},
};

/// Connections of one process. More of them make PostgreSQL slower rather than faster once its cores are busy, and ten
/// processes fit into the 100 that it takes by default.
const CONNECTIONS: usize = 8;

/// All store ports on one PostgreSQL database. Clones are cheap and share the connections.
#[derive(Clone)]
pub struct PostgresStore {
    pool: Pool<AsyncPgConnection>,
    pub(super) connector: Connector,
    pub(super) runtime: Handle,
}

impl PostgresStore {
    /// Connects to the database; applies no migration.
    ///
    /// `url` is `postgres://user:password@host:port/database`, with `?sslmode=` `disable`, `prefer` (the default),
    /// `require` or `verify-full`; `sslrootcert=` names a file of authorities for the last. Connections live on `runtime`,
    /// which must have more than one thread or none that is ever busy, and outlive the store.
    pub async fn connect(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        let connector = Connector::new(url, runtime.clone())?;
        let store = Self { pool: pool(connector.clone()), connector, runtime };
        drop(store.connection().await?);
        Ok(store)
    }

    /// Lets no more work in and closes the connections, those that are lent as they come back. Every later call of any
    /// port answers "unavailable".
    pub async fn close(&self) {
        self.pool.close();
    }

    pub(super) async fn connection(&self) -> Result<Object<AsyncPgConnection>, StoreError> {
        let text = match self.pool.get().await {
            Ok(connection) => return Ok(connection),
            Err(PoolError::Closed) => "the store is closed".to_owned(),
            Err(PoolError::Timeout(_)) => format!("no connection within {} s", CONNECT.as_secs()),
            Err(PoolError::Backend(why)) => why.to_string(),
            Err(why @ (PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_))) => why.to_string(),
        };
        Err(StoreError::Unavailable(text))
    }
}

fn pool(connector: Connector) -> Pool<AsyncPgConnection> {
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
