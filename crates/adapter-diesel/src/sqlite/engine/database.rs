use std::{
    fs::File,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
};

use diesel::{
    QueryableByName, RunQueryDsl as _, SqliteConnection, connection::SimpleConnection as _, sql_query,
    sql_types::BigInt,
};
use ports::{Change, StoreError};
use tokio::sync::oneshot;

use super::{
    connection::{Access, OpenError, create_file, open_file, open_memory},
    files::OpenedFiles,
    job::{Job, job},
    listeners::{Listeners, NotifyingJob},
    location::Location,
    lock::lock,
    migrations,
    queue::JobQueue,
    reader,
    worker_connection::{Source, WorkerConnection},
    writer,
};
use crate::bounds::MAX_QUEUED;

/// A SQLite database: its threads, and how jobs run on them. Clones share the threads.
#[derive(Clone)]
pub(crate) struct Database(Arc<Threads>);

/// A database that ends when all others are dropped.
pub(super) struct WeakDatabase(Weak<Threads>);

/// The threads end when the database is closed or the last clone is dropped.
struct Threads {
    writes: Arc<JobQueue>,
    /// For a database in memory, which has one connection, this is the writer's queue.
    reads: Arc<JobQueue>,
    /// The writer is the first.
    running: Mutex<Vec<JoinHandle<()>>>,
    listeners: Arc<Listeners>,
    /// How often the writer's connection was reopened.
    writer_reopened: Arc<AtomicU64>,
    /// A service's lock on the file.
    lock: Mutex<Option<File>>,
}

impl Database {
    /// See [`SqliteStore::open`](crate::SqliteStore::open).
    pub(crate) fn open(url: &str) -> Result<Self, OpenError> {
        match Location::parse(url)? {
            Location::File(path) => {
                create_file(&path)?;
                Self::open_path(&path, None)
            }
            Location::Memory => Self::open_in_memory(),
        }
    }

    /// See [`SqliteStore::open_to_serve`](crate::SqliteStore::open_to_serve).
    pub(crate) fn open_to_serve(url: &str) -> Result<Self, OpenError> {
        match Location::parse(url)? {
            Location::File(path) => {
                create_file(&path)?;
                let lock = lock(&path)?;
                Self::open_path(&path, Some(lock))
            }
            Location::Memory => Self::open_in_memory(),
        }
    }

    /// See [`SqliteStore::open_migrated`](crate::SqliteStore::open_migrated).
    pub(crate) fn open_migrated(url: &str) -> Result<Self, OpenError> {
        let Location::File(path) = Location::parse(url)? else {
            return Err(OpenError::Missing { path: ":memory:".into() });
        };
        if !path.exists() {
            return Err(OpenError::Missing { path });
        }
        // The check comes before the writer's connection, which puts the file into WAL mode.
        let mut connection = open_file(&path, Access::Read)?;
        let checked = migrations::check(&mut connection);
        checked.map_err(|why| OpenError::Open { path: path.clone(), why: why.to_string() })??;
        Self::open_path(&path, None)
    }

    fn open_in_memory() -> Result<Self, OpenError> {
        let writes = Arc::new(JobQueue::new(MAX_QUEUED));
        let writer = WorkerConnection::new(open_memory()?, None);
        let threads = Threads::new(Arc::clone(&writes), writes, &writer, None);
        threads.start_writer(writer)?;
        Ok(Self(Arc::new(threads)))
    }

    fn open_path(path: &Path, lock: Option<File>) -> Result<Self, OpenError> {
        let fail = |why: String| OpenError::Open { path: path.to_owned(), why };
        // The writer comes first: it puts the file into the mode that the readers expect.
        let mut writer = open_file(path, Access::Write)?;
        // SQLite opens the log at the first read.
        writer.batch_execute("SELECT count(*) FROM sqlite_schema").map_err(|why| fail(why.to_string()))?;
        let files = Arc::new(OpenedFiles::of(path).map_err(|why| fail(why.to_string()))?);
        let worker = |connection, access| {
            let source = Source { path: path.to_owned(), access, files: Arc::clone(&files) };
            WorkerConnection::new(connection, Some(source))
        };
        let mut writer = worker(writer, Access::Write);
        let readers = (0..reader_count()).map(|_| open_file(path, Access::Read)).collect::<Result<Vec<_>, _>>()?;
        // Fails unless all connections have opened the same files.
        writer.write(|_| ()).map_err(|why| fail(why.to_string()))?;
        let (writes, reads) = (JobQueue::new(MAX_QUEUED), JobQueue::new(MAX_QUEUED));
        let threads = Threads::new(Arc::new(writes), Arc::new(reads), &writer, lock);
        threads.start_writer(writer)?;
        for reader in readers {
            threads.start_reader(worker(reader, Access::Read))?;
        }
        Ok(Self(Arc::new(threads)))
    }

    /// Accepts no further jobs, completes the queued ones, and empties the log.
    pub(crate) async fn close(&self) {
        let threads = Arc::clone(&self.0);
        let (done, closed) = oneshot::channel();
        let closing = thread::Builder::new().name("sqlite-close".to_owned()).spawn(move || {
            threads.close();
            let _ = done.send(());
        });
        if closing.is_ok() {
            let _ = closed.await;
        }
    }

    /// Runs `work` in a transaction on the writer's thread; an error rolls it back. No other write runs at the same time.
    ///
    /// If the caller stops waiting, the work is either not started or completed. Work that returned an error runs again if
    /// it may have seen rows of another caller that were not committed in the end.
    pub(crate) async fn write<T, E>(
        &self,
        work: impl FnMut(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.writes, work, |job| job).await
    }

    /// As [`write`](Self::write), for work that makes a change.
    ///
    /// The writer's thread notifies the listeners between the commit and the answer, even if the caller has stopped
    /// waiting. So a caller that was answered never reads an older state from a cache.
    pub(crate) async fn write_change<T, E>(
        &self,
        change: Change,
        work: impl FnMut(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let listeners = Arc::clone(&self.0.listeners);
        submit(&self.0.writes, work, |job| Box::new(NotifyingJob::new(job, change, listeners))).await
    }

    /// Runs `work` on a read-only connection, concurrently with other reads. Statements that must see one state of the
    /// database belong into a [`snapshot`](super::snapshot::snapshot).
    pub(crate) async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let mut work = Some(work);
        let once = move |connection: &mut SqliteConnection| match work.take() {
            Some(work) => work(connection),
            None => Err(StoreError::Internal("a reader's job ran twice".to_owned()).into()),
        };
        submit(&self.0.reads, once, |job| job).await
    }

    /// The version of the file. Its job runs on the writer's connection, whose own commits do not count, and writes
    /// nothing, so it does not wait for the disk.
    pub(crate) async fn file_version(&self) -> Result<FileVersion, StoreError> {
        let reopened = Arc::clone(&self.0.writer_reopened);
        self.write(move |connection| {
            let DataVersion { data_version } =
                sql_query("PRAGMA data_version").get_result(connection).map_err(crate::failure::store_error)?;
            Ok(FileVersion { data_version, reopened: reopened.load(Ordering::Relaxed) })
        })
        .await
    }

    pub(crate) fn listeners(&self) -> &Listeners {
        &self.0.listeners
    }

    pub(super) fn is_open(&self) -> bool {
        self.0.writes.is_open()
    }

    pub(super) fn downgrade(&self) -> WeakDatabase {
        WeakDatabase(Arc::downgrade(&self.0))
    }
}

impl WeakDatabase {
    pub(super) fn upgrade(&self) -> Option<Database> {
        self.0.upgrade().map(Database)
    }
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

/// Which state of the file the writer's connection sees, apart from its own commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileVersion {
    /// Changes exactly when another connection commits.
    data_version: i64,
    /// Which connection of the writer reports it: those of two connections are not comparable.
    reopened: u64,
}

/// Submits the work as the job that `wrap` makes of it, and waits for the answer.
async fn submit<T, E>(
    queue: &JobQueue,
    work: impl FnMut(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    wrap: impl FnOnce(Box<dyn Job>) -> Box<dyn Job>,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (job, answer) = job(work);
    queue.push(wrap(job))?;
    answer.await.unwrap_or_else(|_| Err(StoreError::Internal("a thread of the store ended".to_owned()).into()))
}

/// The number of reader threads: few, since each has a page cache.
fn reader_count() -> usize {
    thread::available_parallelism().map_or(2, usize::from).clamp(2, 4)
}

impl Threads {
    fn new(writes: Arc<JobQueue>, reads: Arc<JobQueue>, writer: &WorkerConnection, lock: Option<File>) -> Self {
        Self {
            writes,
            reads,
            running: Mutex::default(),
            listeners: Arc::default(),
            writer_reopened: writer.reopened(),
            lock: Mutex::new(lock),
        }
    }

    fn start_writer(&self, connection: WorkerConnection) -> Result<(), OpenError> {
        let queue = Arc::clone(&self.writes);
        self.start("sqlite-write", move || writer::run(&queue, connection))
    }

    fn start_reader(&self, connection: WorkerConnection) -> Result<(), OpenError> {
        let queue = Arc::clone(&self.reads);
        self.start("sqlite-read", move || reader::run(&queue, connection))
    }

    fn start(&self, name: &str, run: impl FnOnce() + Send + 'static) -> Result<(), OpenError> {
        let thread = thread::Builder::new().name(name.to_owned()).spawn(run).map_err(OpenError::Thread)?;
        self.running.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        Ok(())
    }

    /// Waits until all threads have ended. The readers end first, so that the writer can empty the log.
    fn close(&self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        self.reads.close();
        while running.len() > 1 {
            let _ = running.pop().map(JoinHandle::join);
        }
        self.writes.close();
        let _ = running.pop().map(JoinHandle::join);
        drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.reads.close();
        self.writes.close();
    }
}
