use std::sync::Arc;

use deadpool::managed::PoolError;
use diesel_async::{
    AsyncPgConnection,
    pooled_connection::deadpool::{Object, Pool},
};
use ports::StoreError;
use tokio::{
    runtime::Handle,
    sync::watch,
    time::{Instant, timeout_at},
};

use super::{
    connection::{Connector, connect_timeout_message},
    location::ConnectError,
    pool::pool,
    pooled::PooledConnection,
    replica::ReadReplica,
    transaction::{OPERATION_TIMEOUT, TxError, in_transaction, no_response},
};
use crate::failure::{is_conflict, is_read_only};

/// How often a transaction runs that others keep undoing.
const MAX_TRIES: u32 = 5;

/// A PostgreSQL database: its connections, and how operations run on them. Clones share the connections.
#[derive(Clone)]
pub(crate) struct Database {
    pool: Pool<AsyncPgConnection>,
    pub(crate) connector: Connector,
    pub(super) runtime: Handle,
    pub(super) replica: Option<ReadReplica>,
    /// Whether it was closed.
    pub(super) closed: Arc<watch::Sender<bool>>,
}

impl Database {
    /// Opens no connection yet.
    pub(crate) fn new(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        let connector = Connector::new(url, runtime.clone())?;
        Ok(Self { pool: pool(connector.clone()), connector, runtime, replica: None, closed: Arc::default() })
    }

    /// Adds a read replica.
    pub(crate) fn with_read_replica(self, url: &str) -> Result<Self, ConnectError> {
        let replica = ReadReplica::new(url, self.runtime.clone())?;
        Ok(Self { replica: Some(replica), ..self })
    }

    /// Fails unless the database is reachable and was not closed.
    pub(crate) async fn check_connection(&self) -> Result<(), StoreError> {
        self.connection().await.map(drop)
    }

    /// Closes the idle connections, and the others when their operations end.
    pub(crate) fn close(&self) {
        self.pool.close();
        if let Some(replica) = &self.replica {
            replica.close();
        }
        self.closed.send_replace(true);
    }

    /// Runs `work` in a transaction; an error rolls it back.
    ///
    /// A transaction that was undone because of another one, by a deadlock or a failed serialization, runs again. So `work`
    /// must keep no state between its runs.
    pub(crate) async fn transaction<T, E>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, TxError<E>> + Clone,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let (deadline, mut tries) = (Instant::now() + OPERATION_TIMEOUT, 1);
        loop {
            match self.run_until(deadline, async |connection| in_transaction(connection, work.clone()).await).await {
                Err(TxError::Database(error)) if is_conflict(&error) && tries < MAX_TRIES => tries += 1,
                result => return result.map_err(TxError::into_error),
            }
        }
    }

    /// Runs `work` on a connection of the pool, each statement in autocommit mode.
    pub(crate) async fn run<T, E>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, TxError<E>>,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        self.run_until(Instant::now() + OPERATION_TIMEOUT, work).await.map_err(TxError::into_error)
    }

    /// Reads on the replica. Reads on the primary if there is no replica, the replica fails, or its answer is not enough.
    pub(crate) async fn read_on_replica<T>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, TxError<StoreError>> + Clone,
        is_enough: impl FnOnce(&T) -> bool,
    ) -> Result<T, StoreError> {
        if let Some(replica) = &self.replica
            && let Some(done) = replica.read(work.clone()).await
            && is_enough(&done)
        {
            return Ok(done);
        }
        self.run(work).await
    }

    async fn run_until<T, E>(
        &self,
        deadline: Instant,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, TxError<E>>,
    ) -> Result<T, TxError<E>>
    where
        E: From<StoreError>,
    {
        let connection = timeout_at(deadline, self.connection()).await;
        let mut connection = PooledConnection::new(connection.unwrap_or_else(|_| Err(no_response()))?, &self.connector);
        match timeout_at(deadline, work(connection.get())).await {
            Ok(done) => {
                let connection = connection.finish();
                if matches!(&done, Err(TxError::Database(error)) if is_read_only(error)) {
                    // Its server is not the primary any more. The next connection is opened to the one that is.
                    drop(Object::take(connection));
                }
                done
            }
            Err(_) => {
                // The next operation would wait as long on this connection, and probably on any idle one.
                drop(Object::take(connection.finish()));
                drop(self.pool.retain(|_, _| false));
                Err(no_response().into())
            }
        }
    }

    async fn connection(&self) -> Result<Object<AsyncPgConnection>, StoreError> {
        let text = match self.pool.get().await {
            Ok(connection) => return Ok(connection),
            Err(PoolError::Closed) => "the store is closed".to_owned(),
            Err(PoolError::Timeout(_)) => connect_timeout_message(),
            Err(PoolError::Backend(why)) => why.to_string(),
            Err(why @ (PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_))) => why.to_string(),
        };
        Err(StoreError::Unavailable(text))
    }
}
