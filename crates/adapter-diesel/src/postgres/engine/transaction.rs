//! Running work on a connection.

use std::time::Duration;

use diesel::result::Error;
use diesel_async::{
    AnsiTransactionManager, AsyncPgConnection, TransactionManager as _, pooled_connection::deadpool::Object,
};
use ports::StoreError;
use tokio::time::{Instant, timeout_at};

use super::lent::Lent;
use crate::{
    failure::{failed, is_conflict, is_read_only},
    postgres::PostgresStore,
};

/// How often work is run when other transactions keep undoing it.
const TRIES: u32 = 5;

/// How long work may take in all, waiting for a connection and being run again included. PostgreSQL ends a statement after
/// 5 s by itself; this is for a server that says nothing, such as one whose machine hangs.
pub(crate) const DEADLINE: Duration = Duration::from_secs(6);

/// What ends work early: a failed statement, or a decision that the port tells as `E`.
#[derive(Debug)]
pub(crate) enum Stop<E> {
    Failed(Error),
    Refused(E),
}

impl<E> From<Error> for Stop<E> {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl<E: From<StoreError>> From<StoreError> for Stop<E> {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

impl<E: From<StoreError>> Stop<E> {
    pub(crate) fn into_error(self) -> E {
        match self {
            Self::Failed(error) => failed(error).into(),
            Self::Refused(error) => error,
        }
    }
}

impl PostgresStore {
    /// Runs `work` in a transaction; an error rolls it back. What was undone because of another transaction, by a deadlock
    /// or a failed serialization, is run again, so `work` keeps nothing between its runs.
    pub(crate) async fn write<T, E>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Stop<E>> + Clone,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let (deadline, mut tries) = (Instant::now() + DEADLINE, 1);
        loop {
            match self.run(deadline, async |connection| transaction(connection, work.clone()).await).await {
                Err(Stop::Failed(error)) if is_conflict(&error) && tries < TRIES => tries += 1,
                result => return result.map_err(Stop::into_error),
            }
        }
    }

    /// Runs statements of which each stands for itself.
    pub(crate) async fn read<T, E>(
        &self,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Stop<E>>,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        self.run(Instant::now() + DEADLINE, work).await.map_err(Stop::into_error)
    }

    async fn run<T, E>(
        &self,
        deadline: Instant,
        work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Stop<E>>,
    ) -> Result<T, Stop<E>>
    where
        E: From<StoreError>,
    {
        let connection = timeout_at(deadline, self.connection()).await;
        let mut lent = Lent::new(connection.unwrap_or_else(|_| Err(silent()))?, &self.connector);
        match timeout_at(deadline, work(lent.connection())).await {
            Ok(done) => {
                let connection = lent.back();
                if matches!(&done, Err(Stop::Failed(error)) if is_read_only(error)) {
                    // It leads to what was the primary. Another one is opened on what is.
                    drop(Object::take(connection));
                }
                done
            }
            Err(_) => {
                // Whoever had it next would wait as long, and as likely with any other.
                drop(Object::take(lent.back()));
                self.forget_idle_connections();
                Err(silent().into())
            }
        }
    }
}

/// What callers are told when [`DEADLINE`] has passed.
pub(crate) fn silent() -> StoreError {
    StoreError::Unavailable(format!("the database did not answer within {} s", DEADLINE.as_secs()))
}

/// If the caller stops waiting, [`Lent`] undoes it.
pub(crate) async fn transaction<T, E>(
    connection: &mut AsyncPgConnection,
    work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, Stop<E>>,
) -> Result<T, Stop<E>> {
    AnsiTransactionManager::begin_transaction(connection).await?;
    match work(connection).await {
        Ok(done) => {
            AnsiTransactionManager::commit_transaction(connection).await?;
            Ok(done)
        }
        Err(stop) => {
            // A connection that cannot even do this is closed by the pool, and the transaction with it.
            let _ = AnsiTransactionManager::rollback_transaction(connection).await;
            Err(stop)
        }
    }
}
