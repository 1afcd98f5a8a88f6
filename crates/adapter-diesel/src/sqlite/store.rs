use std::{
    fmt,
    fs::File,
    path::Path,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicU64},
    thread::{self, JoinHandle},
};

use diesel::{SqliteConnection, connection::SimpleConnection as _};
use ports::StoreError;
use tokio::sync::oneshot;

use super::engine::{
    changes::Listeners,
    connection::{Access, OpenError, create_file, open_file, open_memory},
    files::Files,
    job::{Job, job},
    link::{Link, Source},
    location::Location,
    lock::lock,
    migrations,
    queue::Queue,
    reader, writer,
};
use crate::totals::Totals;

/// Most jobs that wait for the writer, and as many for the readers. At 1,000 commits a second a caller waits for a second
/// at worst; more than that wait is better answered with "unavailable".
const WAITING: usize = 1024;

/// All store ports on one SQLite database. Clones are cheap and share it.
#[derive(Clone)]
pub struct SqliteStore(pub(crate) Arc<Threads>);

/// The threads end when the store is closed or the last clone is dropped.
pub(crate) struct Threads {
    pub(crate) writes: Arc<Queue>,
    /// The writer's queue for a database in memory, which has one connection.
    reads: Arc<Queue>,
    /// The writer is the first.
    running: Mutex<Vec<JoinHandle<()>>>,
    totals: Totals,
    pub(crate) listeners: Arc<Listeners>,
    /// How often the writer's connection was opened anew.
    pub(crate) opened: Arc<AtomicU64>,
    /// A service's, on the file.
    lock: Mutex<Option<File>>,
}

impl SqliteStore {
    /// Opens the database and makes the file if it is not there. Blocks; applies no migration.
    ///
    /// `url` is `sqlite:` and a path, a path alone, or `sqlite::memory:` for a database that is gone when it is closed.
    pub fn open(url: &str) -> Result<Self, OpenError> {
        match Location::parse(url)? {
            Location::File(path) => {
                create_file(&path)?;
                Self::open_path(&path, None)
            }
            Location::Memory => Self::open_in_memory(),
        }
    }

    /// As [`open`](Self::open), for a service: no other one works with the file until this one is closed, or its process ends.
    pub fn open_to_serve(url: &str) -> Result<Self, OpenError> {
        match Location::parse(url)? {
            Location::File(path) => {
                create_file(&path)?;
                let lock = lock(&path)?;
                Self::open_path(&path, Some(lock))
            }
            Location::Memory => Self::open_in_memory(),
        }
    }

    /// As [`open`](Self::open), for what changes neither a schema nor what files there are: a database that is absent, or that
    /// lacks a migration, is left as it is.
    pub fn open_migrated(url: &str) -> Result<Self, OpenError> {
        let Location::File(path) = Location::parse(url)? else {
            return Err(OpenError::Missing { path: ":memory:".into() });
        };
        if !path.exists() {
            return Err(OpenError::Missing { path });
        }
        // Before the writer's connection, which puts the file into WAL mode.
        let mut connection = open_file(&path, Access::Read)?;
        let checked = migrations::check(&mut connection);
        checked.map_err(|why| OpenError::Open { path: path.clone(), why: why.to_string() })??;
        Self::open_path(&path, None)
    }

    fn open_in_memory() -> Result<Self, OpenError> {
        let writes = Arc::new(Queue::new(WAITING));
        let link = Link::new(open_memory()?, None);
        let threads = Threads::new(Arc::clone(&writes), writes, &link, None);
        threads.start_writer(link)?;
        Ok(Self(Arc::new(threads)))
    }

    fn open_path(path: &Path, lock: Option<File>) -> Result<Self, OpenError> {
        let fail = |why: String| OpenError::Open { path: path.to_owned(), why };
        // The writer first: it puts the file into the mode that the readers expect.
        let mut writer = open_file(path, Access::Write)?;
        // SQLite opens the log with the first read.
        writer.batch_execute("SELECT count(*) FROM sqlite_schema").map_err(|why| fail(why.to_string()))?;
        let files = Arc::new(Files::of(path).map_err(|why| fail(why.to_string()))?);
        let link = |connection, access| {
            Link::new(connection, Some(Source { path: path.to_owned(), access, files: Arc::clone(&files) }))
        };
        let mut writer = link(writer, Access::Write);
        let readers = (0..readers()).map(|_| open_file(path, Access::Read)).collect::<Result<Vec<_>, _>>()?;
        // All of them have the same files, or the threads do not start.
        writer.write(|_| ()).map_err(|why| fail(why.to_string()))?;
        let threads = Threads::new(Arc::new(Queue::new(WAITING)), Arc::new(Queue::new(WAITING)), &writer, lock);
        threads.start_writer(writer)?;
        for reader in readers {
            threads.start_reader(link(reader, Access::Read))?;
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

    pub(crate) fn totals(&self) -> &Totals {
        &self.0.totals
    }

    /// Runs `work` in a transaction of its own, alone among all writers; an error rolls it back.
    ///
    /// If the caller stops waiting, the work is either not begun or finished. Work that answered with an error is run again
    /// if that rested on what another caller wrote and could not commit.
    pub(crate) async fn write<T, E>(
        &self,
        work: impl FnMut(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        submit(&self.0.writes, work).await
    }

    /// Runs `work` on a connection that only reads, beside others. Statements that must see one moment go through
    /// [`snapshot`](super::engine::snapshot::snapshot).
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
        submit(&self.0.reads, once).await
    }
}

pub(crate) async fn submit<T, E>(
    queue: &Queue,
    work: impl FnMut(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    submit_as(queue, work, |job| job).await
}

/// Submits the work as what `wrap` makes of its job.
pub(crate) async fn submit_as<T, E>(
    queue: &Queue,
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

/// As many threads as may usefully read at once: few, each holds a page cache.
fn readers() -> usize {
    thread::available_parallelism().map_or(2, usize::from).clamp(2, 4)
}

impl Threads {
    fn new(writes: Arc<Queue>, reads: Arc<Queue>, writer: &Link, lock: Option<File>) -> Self {
        Self {
            writes,
            reads,
            running: Mutex::default(),
            totals: Totals::new(),
            listeners: Arc::default(),
            opened: writer.opened(),
            lock: Mutex::new(lock),
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
        drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
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
