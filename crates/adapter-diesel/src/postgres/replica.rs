//! A copy of the database that follows it, for reads that may see it as it was a moment ago.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use diesel_async::{AsyncPgConnection, pooled_connection::deadpool::Pool};
use ports::StoreError;
use tokio::time::{Instant, timeout};

use super::{ConnectError, PostgresStore, connection::Connector, store::pool, transaction::Stop};

/// How long a read may take there. Then it is done where everything is written, within what a request may wait.
const DEADLINE: Duration = Duration::from_secs(2);
/// For how long nobody asks a replica that failed.
const REST: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub(super) struct ReadReplica {
    pool: Pool<AsyncPgConnection>,
    rests_until: Arc<Mutex<Option<Instant>>>,
}

impl PostgresStore {
    /// The same store, with lists of widgets and reads of conversations done on a server that follows this one: the URL of a
    /// streaming standby, as [`connect`](Self::connect) has it. It need not be there; what it does not answer is read here.
    pub fn with_read_replica(mut self, url: &str) -> Result<Self, ConnectError> {
        let pool = pool(Connector::to_any(url, self.runtime.clone())?);
        self.replica = Some(ReadReplica { pool, rests_until: Arc::default() });
        Ok(self)
    }

    /// What reading on the replica comes to; `None` if there is none, or it failed.
    pub(super) async fn on_replica<T>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Stop<StoreError>>,
    ) -> Option<T> {
        let replica = self.replica.as_ref()?;
        if replica.rests() {
            return None;
        }
        let why = match timeout(DEADLINE, replica.run(work)).await {
            Ok(Ok(done)) => return Some(done),
            Ok(Err(why)) => why,
            Err(_) => format!("no answer within {} s", DEADLINE.as_secs()),
        };
        tracing::warn!(cause = why, "the read replica failed; reading from the primary for {} s", REST.as_secs());
        replica.rest();
        None
    }
}

impl ReadReplica {
    async fn run<T>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Stop<StoreError>>,
    ) -> Result<T, String> {
        let mut connection = self.pool.get().await.map_err(|why| why.to_string())?;
        work(&mut connection).await.map_err(|stop| stop.into_error().to_string())
    }

    fn rests(&self) -> bool {
        let until = *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    fn rest(&self) {
        // One that did not answer in time is back among these, and the others are as likely dead.
        drop(self.pool.retain(|_, _| false));
        *self.rests_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + REST);
    }

    pub(super) fn close(&self) {
        self.pool.close();
    }
}
