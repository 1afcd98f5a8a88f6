//! A standby that follows the database, for reads that may be slightly out of date.

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
use tokio::{
    runtime::Handle,
    time::{Instant, timeout_at},
};

use super::{
    connection::Connector, location::ConnectError, pool::pool, pooled::PooledConnection, transaction::TxError,
};

/// How long a read waits for a free connection. A read that finds none goes to the primary; later reads still try the
/// replica.
const POOL_WAIT_TIMEOUT: Duration = Duration::from_millis(250);
/// How long a read may take on a connection, opening it included. Then the primary answers, within the time of a request.
const READ_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a replica that does not respond is not used.
const PAUSE: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub(super) struct ReadReplica {
    pool: Pool<AsyncPgConnection>,
    connector: Connector,
    health: Arc<Mutex<Health>>,
}

#[derive(Default)]
struct Health {
    last_response: Option<Instant>,
    paused_until: Option<Instant>,
}

/// Why the replica did not answer a read.
enum Failure {
    /// No connection is free, or the store is closed.
    Busy,
    /// This statement failed, or its connection was lost. Others may succeed.
    Statement(StoreError),
    /// No connection could be opened.
    NoConnection(String),
}

impl ReadReplica {
    /// Opens no connection yet.
    pub(super) fn new(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        let connector = Connector::to_any(url, runtime)?;
        Ok(Self { pool: pool(connector.clone()), connector, health: Arc::default() })
    }

    /// `None` if the replica does not answer in time.
    pub(super) async fn read<T>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, TxError<StoreError>>,
    ) -> Option<T> {
        if self.is_paused() {
            return None;
        }
        let started = Instant::now();
        match timeout_at(started + POOL_WAIT_TIMEOUT + READ_TIMEOUT, self.run(work)).await {
            Ok(Ok(done)) => return Some(done),
            Ok(Err(Failure::Busy)) => tracing::debug!("the read replica is busy; reading from the primary"),
            Ok(Err(Failure::Statement(why))) => {
                tracing::warn!(%why, "the read replica failed; reading from the primary");
            }
            Ok(Err(Failure::NoConnection(why))) => self.pause_unless_responding(started, &why),
            Err(_) => {
                self.pause_unless_responding(started, &format!("no answer within {} s", READ_TIMEOUT.as_secs()));
            }
        }
        None
    }

    async fn run<T>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, TxError<StoreError>>,
    ) -> Result<T, Failure> {
        let timeouts =
            Timeouts { wait: Some(POOL_WAIT_TIMEOUT), create: Some(READ_TIMEOUT), recycle: Some(READ_TIMEOUT) };
        let connection = self.pool.timeout_get(&timeouts).await.map_err(|why| match why {
            PoolError::Timeout(TimeoutType::Wait) | PoolError::Closed => Failure::Busy,
            why => Failure::NoConnection(why.to_string()),
        })?;
        let mut connection = PooledConnection::new(connection, &self.connector);
        let done = work(connection.get()).await;
        let mut connection = connection.finish();
        if done.is_ok() || !connection.is_broken() {
            self.health().last_response = Some(Instant::now()); // an error is a response too
        }
        done.map_err(|error| Failure::Statement(error.into_error()))
    }

    /// Stops using the replica for [`PAUSE`], unless it has responded to another read since `started`: then it is only
    /// busy.
    fn pause_unless_responding(&self, started: Instant, why: &str) {
        let mut health = self.health();
        if health.last_response.is_some_and(|response| response > started) {
            tracing::warn!(why, "the read replica failed; reading from the primary");
            return;
        }
        health.paused_until = Some(Instant::now() + PAUSE);
        drop(health);
        // The idle connections lead to the same server.
        drop(self.pool.retain(|_, _| false));
        tracing::warn!(why, "the read replica failed; reading from the primary for {} s", PAUSE.as_secs());
    }

    fn is_paused(&self) -> bool {
        self.health().paused_until.is_some_and(|until| Instant::now() < until)
    }

    fn health(&self) -> MutexGuard<'_, Health> {
        self.health.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn close(&self) {
        self.pool.close();
    }
}

#[cfg(test)]
mod tests;
