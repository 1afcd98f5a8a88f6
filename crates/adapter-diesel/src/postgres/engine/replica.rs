//! A copy of the database that follows it, for reads that may see it as it was a moment ago.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use deadpool::managed::{PoolError, TimeoutType, Timeouts};
use diesel_async::{
    AsyncPgConnection,
    pooled_connection::{PoolableConnection as _, deadpool::Pool},
};
use ports::StoreError;
use tokio::time::{Instant, timeout_at};

use super::{connection::Connector, lent::Lent, location::ConnectError, transaction::Stop};
use crate::postgres::{PostgresStore, store::pool};

/// How long a read waits while others have all connections there. One that finds none goes to the primary alone.
const WAIT: Duration = Duration::from_millis(250);
/// How long a read may take there once it has a place, opening a connection included. Then it is done where everything is
/// written, within what a request may wait.
const DEADLINE: Duration = Duration::from_secs(2);
/// For how long nobody asks a replica that is gone or silent.
const REST: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub(crate) struct ReadReplica {
    pool: Pool<AsyncPgConnection>,
    connector: Connector,
    health: Arc<Mutex<Health>>,
}

#[derive(Default)]
struct Health {
    heard: Option<Instant>,
    rests_until: Option<Instant>,
}

/// Why a read was not done there.
enum Failure {
    /// Others have all connections, or the store is closed.
    NoPlace,
    /// This statement failed, or its connection was lost. Another one may work.
    Statement(StoreError),
    /// No connection could be opened.
    NoConnection(String),
}

impl PostgresStore {
    /// The same store, with lists of widgets and reads of conversations done on a server that follows this one: the URL of a
    /// streaming standby, as [`connect`](Self::connect) has it. It need not be there; what it does not answer is read here.
    pub fn with_read_replica(mut self, url: &str) -> Result<Self, ConnectError> {
        let connector = Connector::to_any(url, self.runtime.clone())?;
        self.replica = Some(ReadReplica { pool: pool(connector.clone()), connector, health: Arc::default() });
        Ok(self)
    }

    /// Reads on the replica; and on the primary if there is none, it does not answer, or its answer does not suffice.
    pub(crate) async fn read_on_replica<T>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Stop<StoreError>> + Clone,
        suffices: impl FnOnce(&T) -> bool,
    ) -> Result<T, StoreError> {
        if let Some(replica) = &self.replica
            && let Some(done) = replica.read(work.clone()).await
            && suffices(&done)
        {
            return Ok(done);
        }
        self.read(work).await
    }
}

impl ReadReplica {
    async fn read<T>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Stop<StoreError>>,
    ) -> Option<T> {
        if self.rests() {
            return None;
        }
        let begun = Instant::now();
        match timeout_at(begun + WAIT + DEADLINE, self.run(work)).await {
            Ok(Ok(done)) => return Some(done),
            Ok(Err(Failure::NoPlace)) => tracing::debug!("the read replica is busy; reading from the primary"),
            Ok(Err(Failure::Statement(why))) => {
                tracing::warn!(%why, "the read replica failed; reading from the primary");
            }
            Ok(Err(Failure::NoConnection(why))) => self.rest_unless_heard_since(begun, &why),
            Err(_) => {
                self.rest_unless_heard_since(begun, &format!("no answer within {} s", DEADLINE.as_secs()));
            }
        }
        None
    }

    async fn run<T>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Stop<StoreError>>,
    ) -> Result<T, Failure> {
        let timeouts = Timeouts { wait: Some(WAIT), create: Some(DEADLINE), recycle: Some(DEADLINE) };
        let connection = self.pool.timeout_get(&timeouts).await.map_err(|why| match why {
            PoolError::Timeout(TimeoutType::Wait) | PoolError::Closed => Failure::NoPlace,
            why => Failure::NoConnection(why.to_string()),
        })?;
        let mut lent = Lent::new(connection, &self.connector);
        let done = work(lent.connection()).await;
        let mut connection = lent.back();
        if done.is_ok() || !connection.is_broken() {
            self.health().heard = Some(Instant::now()); // an error is an answer too
        }
        done.map_err(|stop| Failure::Statement(stop.into_error()))
    }

    /// A replica that answers others is busy, and not gone.
    fn rest_unless_heard_since(&self, begun: Instant, why: &str) {
        let mut health = self.health();
        if health.heard.is_some_and(|heard| heard > begun) {
            tracing::warn!(why, "the read replica failed; reading from the primary");
            return;
        }
        health.rests_until = Some(Instant::now() + REST);
        drop(health);
        // They lead to the same server.
        drop(self.pool.retain(|_, _| false));
        tracing::warn!(why, "the read replica failed; reading from the primary for {} s", REST.as_secs());
    }

    fn rests(&self) -> bool {
        self.health().rests_until.is_some_and(|until| Instant::now() < until)
    }

    fn health(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn close(&self) {
        self.pool.close();
    }
}

#[cfg(test)]
mod tests;
