//! Transactions, and what ends them early.

use std::time::Duration;

use diesel::result::Error;
use diesel_async::{AnsiTransactionManager, AsyncPgConnection, TransactionManager as _};
use ports::StoreError;

use crate::failure::store_error;

/// How long an operation may take in all, waiting for a connection and retries included.
///
/// PostgreSQL ends a statement after 5 s; this is for a server that does not respond, such as a machine that hangs.
pub(crate) const OPERATION_TIMEOUT: Duration = Duration::from_secs(6);

/// The error after [`OPERATION_TIMEOUT`].
pub(crate) fn no_response() -> StoreError {
    StoreError::Unavailable(format!("the database did not answer within {} s", OPERATION_TIMEOUT.as_secs()))
}

/// What ends an operation early, and rolls back its transaction.
#[derive(Debug)]
pub(crate) enum TxError<E> {
    /// A statement failed.
    Database(Error),
    /// A rule forbids the operation. `E` is the error of the port.
    Domain(E),
}

impl<E> From<Error> for TxError<E> {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl<E: From<StoreError>> From<StoreError> for TxError<E> {
    fn from(error: StoreError) -> Self {
        Self::Domain(error.into())
    }
}

impl<E: From<StoreError>> TxError<E> {
    pub(crate) fn into_error(self) -> E {
        match self {
            Self::Database(error) => store_error(error).into(),
            Self::Domain(error) => error,
        }
    }
}

/// Runs `work` in a transaction; an error rolls it back.
///
/// If the caller stops waiting, [`PooledConnection`](super::pooled::PooledConnection) rolls it back.
pub(crate) async fn in_transaction<T, E>(
    connection: &mut AsyncPgConnection,
    work: impl AsyncFnOnce(&mut AsyncPgConnection) -> Result<T, TxError<E>>,
) -> Result<T, TxError<E>> {
    AnsiTransactionManager::begin_transaction(connection).await?;
    match work(connection).await {
        Ok(done) => {
            AnsiTransactionManager::commit_transaction(connection).await?;
            Ok(done)
        }
        Err(error) => {
            // If the rollback fails, the pool closes the connection, and with it the transaction.
            let _ = AnsiTransactionManager::rollback_transaction(connection).await;
            Err(error)
        }
    }
}
