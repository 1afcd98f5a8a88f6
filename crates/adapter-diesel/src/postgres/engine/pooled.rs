use std::time::Duration;

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _, pooled_connection::deadpool::Object};
use tokio::time::timeout;

use super::connection::Connector;

/// How long it may take to cancel an abandoned operation.
const CANCEL_TIMEOUT: Duration = Duration::from_secs(6);

/// A connection of the pool, while an operation uses it.
///
/// A caller may stop waiting at any point: an HTTP client disconnects, and the future is dropped. Its statement would run
/// on, and its transaction would stay open and hold locks that others wait for. So dropping this cancels the statement and
/// rolls back. The connection's slot in the pool is released only after that, so that callers that disconnect often cannot
/// open more connections.
pub(super) struct PooledConnection {
    connection: Option<Object<AsyncPgConnection>>,
    connector: Connector,
}

impl PooledConnection {
    pub(super) fn new(connection: Object<AsyncPgConnection>, connector: &Connector) -> Self {
        Self { connection: Some(connection), connector: connector.clone() }
    }

    pub(super) fn get(&mut self) -> &mut AsyncPgConnection {
        self.connection.as_mut().expect("only `finish` takes it, and that consumes this")
    }

    /// Ends the use of the connection. The operation is complete, so nothing is canceled.
    pub(super) fn finish(mut self) -> Object<AsyncPgConnection> {
        self.connection.take().expect("only `finish` takes it, and that consumes this")
    }
}

impl Drop for PooledConnection {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let connector = self.connector.clone();
        self.connector.runtime().spawn(async move {
            let cancel = async {
                connector.cancel(connection.cancel_token()).await;
                connection.batch_execute("ROLLBACK").await
            };
            let _ = timeout(CANCEL_TIMEOUT, cancel).await;
            // Its state is unknown, so it does not go back to the pool.
            drop(Object::take(connection));
        });
    }
}
