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
    files::{FileLoss, OpenedFiles},
};

/// The connection of a thread. It survives panics of the work, and is reopened when it is broken.
pub(super) struct WorkerConnection {
    connection: Option<SqliteConnection>,
    /// Where to reopen it; a database in memory cannot be reopened.
    source: Option<Source>,
    reopened: Arc<AtomicU64>,
}

/// What a connection was opened to.
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) access: Access,
    pub(super) files: Arc<OpenedFiles>,
}

impl WorkerConnection {
    pub(super) fn new(connection: SqliteConnection, source: Option<Source>) -> Self {
        Self { connection: Some(connection), source, reopened: Arc::default() }
    }

    /// How often the connection was reopened. Work can read it to identify its connection.
    pub(super) fn reopened(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.reopened)
    }

    /// Runs the work. Rolls back transactions that it leaves open, also after a panic. Fails if the files are lost.
    pub(super) fn run<T>(&mut self, work: impl FnOnce(&mut SqliteConnection) -> T) -> Result<T, StoreError> {
        if let Some(loss) = self.loss() {
            return Err(loss.error());
        }
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.reopen()?,
        };
        let done = catch_unwind(AssertUnwindSafe(|| work(&mut connection)));
        let reusable = catch_unwind(AssertUnwindSafe(move || roll_back_all(connection)));
        self.connection = reusable.unwrap_or(None);
        done.map_err(|panic| StoreError::Internal(format!("a job panicked: {}", panic_message(&*panic))))
    }

    /// As [`run`](Self::run), for the writer. Checks the files after the work, so that no commit to a deleted or replaced
    /// file is acknowledged.
    pub(super) fn write<T>(&mut self, work: impl FnOnce(&mut SqliteConnection) -> T) -> Result<T, StoreError> {
        let done = self.run(work);
        self.check_files()?;
        done
    }

    /// Closes the connection and empties the log, so that a copy of the file alone is complete. Best effort: otherwise the
    /// next start reads the log.
    ///
    /// It runs no `PRAGMA optimize`: every query has an index, and statistics could change a plan to one that no test has
    /// checked.
    pub(super) fn close(mut self) {
        self.empty_log();
    }

    fn loss(&self) -> Option<&FileLoss> {
        self.source.as_ref().and_then(|source| source.files.loss())
    }

    fn check_files(&mut self) -> Result<(), StoreError> {
        let Some(source) = &self.source else { return Ok(()) };
        if let Some(loss) = source.files.loss() {
            return Err(loss.error());
        }
        let Err(loss) = source.files.check() else { return Ok(()) };
        let error = source.files.mark_lost(loss);
        tracing::error!(%error, "the database is lost: every request that needs it is answered with 503");
        // The old file receives every acknowledged commit, and no stale log remains for SQLite to read into the new file.
        self.empty_log();
        Err(error)
    }

    fn empty_log(&mut self) {
        if let Some(connection) = &mut self.connection {
            let _ = connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    fn reopen(&mut self) -> Result<SqliteConnection, StoreError> {
        self.reopened.fetch_add(1, Ordering::Relaxed);
        self.check_files()?;
        let Some(Source { path, access, .. }) = &self.source else {
            return Err(StoreError::Internal("the database in memory is lost".to_owned()));
        };
        let connection = open_file(path, *access).map_err(|why| StoreError::Unavailable(why.to_string()))?;
        self.check_files()?;
        Ok(connection)
    }
}

/// Rolls back all open transactions. A connection on which that fails is closed, and its transaction with it.
fn roll_back_all(mut connection: SqliteConnection) -> Option<SqliteConnection> {
    loop {
        match AnsiTransactionManager::rollback_transaction(&mut connection) {
            Ok(()) => {}
            Err(Error::NotInTransaction) => return Some(connection),
            Err(_) => return None,
        }
    }
}

/// The message of a panic.
pub(super) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}
