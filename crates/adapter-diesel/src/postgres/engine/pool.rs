use deadpool::{Runtime, managed::Timeouts};
use diesel_async::{
    AsyncPgConnection,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool::Pool},
};
use futures_util::FutureExt as _;

use super::connection::{CONNECT_TIMEOUT, Connector};

/// Maximum number of connections in the pool, which requests share. Batchers, migrations and the change feed have separate ones.
///
/// More would make PostgreSQL slower rather than faster once its cores are busy, and ten processes fit into the 100
/// connections that it accepts by default.
const MAX_POOL_CONNECTIONS: usize = 6;

pub(super) fn pool(connector: Connector) -> Pool<AsyncPgConnection> {
    let mut config = ManagerConfig::default();
    // A lost connection is noticed without a query: one at every checkout cost a third of the throughput.
    config.recycling_method = RecyclingMethod::Fast;
    config.custom_setup = Box::new(move |_| {
        let connector = connector.clone();
        async move { connector.open().await }.boxed()
    });
    // The connector knows the URL.
    let manager = AsyncDieselConnectionManager::new_with_config("", config);
    let wait = Some(CONNECT_TIMEOUT);
    Pool::builder(manager)
        .max_size(MAX_POOL_CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .timeouts(Timeouts { wait, create: wait, recycle: wait })
        .build()
        .expect("timeouts have a runtime")
}
