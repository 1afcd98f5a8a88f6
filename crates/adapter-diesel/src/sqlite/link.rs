use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use diesel::{
    SqliteConnection,
    connection::{AnsiTransactionManager, TransactionManager as _},
    result::Error,
};
use ports::StoreError;

use super::connection::{Access, open_file};

/// A thread's connection: outlives panics of the work done on it, and is opened anew if it broke.
pub(super) struct Link {
    connection: Option<SqliteConnection>,
    /// Where to open it anew; a database in memory cannot be.
    again: Option<(PathBuf, Access)>,
    opened: Arc<AtomicU64>,
}

impl Link {
    pub(super) fn new(connection: SqliteConnection, again: Option<(PathBuf, Access)>) -> Self {
        Self { connection: Some(connection), again, opened: Arc::default() }
    }

    /// How often the connection was opened anew. Within work it tells which connection that is done on.
    pub(super) fn opened(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.opened)
    }

    /// Does the work. No transaction stays open behind it, also when it panics.
    pub(super) fn with<T>(&mut self, work: impl FnOnce(&mut SqliteConnection) -> T) -> Result<T, StoreError> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.reopen()?,
        };
        let done = catch_unwind(AssertUnwindSafe(|| work(&mut connection)));
        let kept = catch_unwind(AssertUnwindSafe(move || settle(connection)));
        self.connection = kept.unwrap_or(None);
        done.map_err(|panic| StoreError::Internal(format!("a job panicked: {}", panic_message(&*panic))))
    }

    fn reopen(&self) -> Result<SqliteConnection, StoreError> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        match &self.again {
            Some((path, access)) => open_file(path, *access).map_err(|why| StoreError::Unavailable(why.to_string())),
            None => Err(StoreError::Internal("the database in memory is lost".to_owned())),
        }
    }
}

/// Ends what transactions are open. A connection that refuses is closed instead, and with it its transaction.
fn settle(mut connection: SqliteConnection) -> Option<SqliteConnection> {
    loop {
        match AnsiTransactionManager::rollback_transaction(&mut connection) {
            Ok(()) => {}
            Err(Error::NotInTransaction) => return Some(connection),
            Err(_) => return None,
        }
    }
}

/// What a panic said.
pub(super) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}
