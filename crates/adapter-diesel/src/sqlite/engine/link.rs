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
    connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager as _},
    result::Error,
};
use ports::StoreError;

use super::{
    connection::{Access, open_file},
    files::{Files, Loss},
};

/// A thread's connection: outlives panics of the work done on it, and is opened anew if it broke.
pub(crate) struct Link {
    connection: Option<SqliteConnection>,
    /// Where to open it anew; a database in memory cannot be.
    again: Option<Source>,
    opened: Arc<AtomicU64>,
}

/// Where a connection leads.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) access: Access,
    pub(crate) files: Arc<Files>,
}

impl Link {
    pub(crate) fn new(connection: SqliteConnection, again: Option<Source>) -> Self {
        Self { connection: Some(connection), again, opened: Arc::default() }
    }

    /// How often the connection was opened anew. Within work it tells which connection that is done on.
    pub(crate) fn opened(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.opened)
    }

    /// Does the work. No transaction stays open behind it, also when it panics. Nothing is done once the files are lost.
    pub(crate) fn with<T>(&mut self, work: impl FnOnce(&mut SqliteConnection) -> T) -> Result<T, StoreError> {
        if let Some(loss) = self.loss() {
            return Err(loss.error());
        }
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.reopen()?,
        };
        let done = catch_unwind(AssertUnwindSafe(|| work(&mut connection)));
        let kept = catch_unwind(AssertUnwindSafe(move || settle(connection)));
        self.connection = kept.unwrap_or(None);
        done.map_err(|panic| StoreError::Internal(format!("a job panicked: {}", panic_message(&*panic))))
    }

    /// As [`with`](Self::with), for the writer: after the work it checks whether the files are still where they were opened,
    /// so that no commit to a deleted or replaced file is acknowledged.
    pub(crate) fn write<T>(&mut self, work: impl FnOnce(&mut SqliteConnection) -> T) -> Result<T, StoreError> {
        let done = self.with(work);
        self.check_files()?;
        done
    }

    /// Ends the connection and leaves an empty log, so that a copy of the file alone is whole. Best effort: the next start
    /// reads the log otherwise.
    ///
    /// There is no `PRAGMA optimize`: every query has an index made for it, and a plan that statistics change is one that no
    /// test has seen.
    pub(crate) fn end(mut self) {
        self.empty_the_log();
    }

    fn loss(&self) -> Option<&Loss> {
        self.again.as_ref().and_then(|source| source.files.loss())
    }

    fn check_files(&mut self) -> Result<(), StoreError> {
        let Some(source) = &self.again else { return Ok(()) };
        if let Some(loss) = source.files.loss() {
            return Err(loss.error());
        }
        let Err(loss) = source.files.check() else { return Ok(()) };
        let error = source.files.mark_lost(loss);
        tracing::error!(%error, "the database is lost: every request that needs it is answered with 503");
        // The old file gets all that was acknowledged, and SQLite cannot read a log that stays behind into the new one.
        self.empty_the_log();
        Err(error)
    }

    fn empty_the_log(&mut self) {
        if let Some(connection) = &mut self.connection {
            let _ = connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    fn reopen(&mut self) -> Result<SqliteConnection, StoreError> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.check_files()?;
        let Some(Source { path, access, .. }) = &self.again else {
            return Err(StoreError::Internal("the database in memory is lost".to_owned()));
        };
        let connection = open_file(path, *access).map_err(|why| StoreError::Unavailable(why.to_string()))?;
        self.check_files()?;
        Ok(connection)
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
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}
