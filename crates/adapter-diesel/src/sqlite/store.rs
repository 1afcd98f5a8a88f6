use std::{
    fmt,
    path::Path,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicU64},
    thread::{self, JoinHandle},
};

use diesel::SqliteConnection;
use ports::StoreError;
use tokio::sync::oneshot;

use super::{
    changes::Listeners,
    connection::{Access, OpenError, create_file, open_file, open_memory},
    job::{Job, job},
    link::Link,
    location::Location,
    queue::Queue,
    reader, writer,
};
use crate::totals::Totals;

/// Most jobs that wait for the writer, and as many for the readers. At 1,000 commits a second a caller waits for a second
/// at worst; more than that wait is better answered with "unavailable".
const WAITING: usize = 1024;

/// All store ports on one SQLite database. Clones are cheap and share it.
#[derive(Clone)]
pub struct SqliteStore(pub(super) Arc<Threads>);

/// The threads end when the store is closed or the last clone is dropped.
pub(super) struct Threads {
    pub(super) writes: Arc<Queue>,
    /// The writer's queue for a database in memory, which has one connection.
    reads: Arc<Queue>,
    /// The writer is the first.
    running: Mutex<Vec<JoinHandle<()>>>,
    totals: Totals,
    pub(super) listeners: Arc<Listeners>,
    /// How often the writer's connection was opened anew.
    pub(super) opened: Arc<AtomicU64>,
}

impl SqliteStore {
    /// Opens the database and makes the file if it is not there. Blocks; applies no migration.
    ///
    /// `url` is `sqlite:` and a path, a path alone, or `sqlite::memory:` for a database that is gone when it is closed.
    pub fn open(url: &str) -> Result<Self, OpenError> {
        match Location::parse(url)? {
            Location::File(path) => Self::open_path(&path),
            Location::Memory => {
                let writes = Arc::new(Queue::new(WAITING));
                let link = Link::new(open_memory()?, None);
                let threads = Threads::new(Arc::clone(&writes), writes, &link);
                threads.start_writer(link)?;
                Ok(Self(Arc::new(threads)))
            }
        }
    }

    fn open_path(path: &Path) -> Result<Self, OpenError> {
        create_file(path)?;
        let link =
            |access| open_file(path, access).map(|connection| Link::new(connection, Some((path.to_owned(), access))));
        // The writer first: it puts the file into the mode that the readers expect.
        let writer = link(Access::Write)?;
        let threads = Threads::new(Arc::new(Queue::new(WAITING)), Arc::new(Queue::new(WAITING)), &writer);
        threads.start_writer(writer)?;
        for _ in 0..readers() {
            threads.start_reader(link(Access::Read)?)?;
        }
        Ok(Self(Arc::new(threads)))
    }

    /// Lets no more work in, finishes what waits, and leaves the file without a log beside it. Every later call of any
    /// port answers "unavailable".
    pub async fn close(&self) {
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

    pub(super) fn totals(&self) -> &Totals {
        &self.0.totals
    }

    /// Runs `work` in a transaction of its own, alone among all writers; an error rolls it back.
    ///
    /// If the caller stops waiting, the work is either not begun or finished.
    pub(super) async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.writes, work).await
    }

    /// Runs `work` on a connection that only reads, beside others. Statements that must see one moment go through
    /// [`snapshot`](super::snapshot::snapshot).
    pub(super) async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.reads, work).await
    }
}

pub(super) async fn submit<T, E>(
    queue: &Queue,
    work: impl FnOnce(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    submit_as(queue, work, |job| job).await
}

/// Submits the work as what `wrap` makes of its job.
pub(super) async fn submit_as<T, E>(
    queue: &Queue,
    work: impl FnOnce(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
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

/// As many threads as may usefully read at once: few, each holds a page cache.
fn readers() -> usize {
    thread::available_parallelism().map_or(2, usize::from).clamp(2, 4)
}

impl Threads {
    fn new(writes: Arc<Queue>, reads: Arc<Queue>, writer: &Link) -> Self {
        Self {
            writes,
            reads,
            running: Mutex::default(),
            totals: Totals::new(),
            listeners: Arc::default(),
            opened: writer.opened(),
        }
    }

    fn start_writer(&self, link: Link) -> Result<(), OpenError> {
        let queue = Arc::clone(&self.writes);
        self.start("sqlite-write", move || writer::run(&queue, link))
    }

    fn start_reader(&self, link: Link) -> Result<(), OpenError> {
        let queue = Arc::clone(&self.reads);
        self.start("sqlite-read", move || reader::run(&queue, link))
    }

    fn start(&self, name: &str, run: impl FnOnce() + Send + 'static) -> Result<(), OpenError> {
        let thread = thread::Builder::new().name(name.to_owned()).spawn(run).map_err(OpenError::Thread)?;
        self.running.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        Ok(())
    }

    /// Waits until all threads have ended. The readers go first, so that the writer finds nobody in the log.
    fn close(&self) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        self.reads.close();
        while running.len() > 1 {
            let _ = running.pop().map(JoinHandle::join);
        }
        self.writes.close();
        let _ = running.pop().map(JoinHandle::join);
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.reads.close();
        self.writes.close();
    }
}

impl fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SqliteStore(…)")
    }
}
