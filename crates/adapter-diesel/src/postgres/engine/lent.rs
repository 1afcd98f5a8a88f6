use std::time::Duration;

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _, pooled_connection::deadpool::Object};
use tokio::time::timeout;

use super::connection::Connector;

/// How long an abandoned operation may take to end.
const ENDING: Duration = Duration::from_secs(6);

/// A connection while it is used.
///
/// Its user may stop waiting at any point: HTTP clients go away, and the future is dropped. The statement that is under way
/// then goes on, and a transaction stays open with its locks, for whom others would wait. So what was abandoned is ended,
/// and the connection's place in the pool is free only after that: more cannot be opened by going away often.
pub(crate) struct Lent {
    connection: Option<Object<AsyncPgConnection>>,
    connector: Connector,
}

impl Lent {
    pub(crate) fn new(connection: Object<AsyncPgConnection>, connector: &Connector) -> Self {
        Self { connection: Some(connection), connector: connector.clone() }
    }

    pub(crate) fn connection(&mut self) -> &mut AsyncPgConnection {
        self.connection.as_mut().expect("it is there until it is given back, which takes this")
    }

    /// Given back by its user.
    pub(crate) fn back(mut self) -> Object<AsyncPgConnection> {
        self.connection.take().expect("it is there until it is given back, which takes this")
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let connector = self.connector.clone();
        self.connector.runtime().spawn(async move {
            let end = async {
                connector.cancel(connection.cancel_token()).await;
                connection.batch_execute("ROLLBACK").await
            };
            let _ = timeout(ENDING, end).await;
            // What state it is in only the one who went away could tell.
            drop(Object::take(connection));
        });
    }
}
