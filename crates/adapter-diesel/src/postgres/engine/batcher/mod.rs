//! A batcher: a queue in front of one thread, which completes all queued items with few statements (group commit).
//!
//! A commit waits for the disk, and takes about as long for one row as for hundreds. So concurrent callers share one: the
//! next batch gathers in the queue while the current one is written. An idle batcher starts an item immediately; it never
//! delays an item to fill a batch. Where commits are slow, a second batch runs concurrently ([`pacing`]).
//!
//! SQLite has no batcher (`sqlite::engine::batch`): the writer's thread runs whole jobs of every kind in one
//! transaction, each in a savepoint, and blocks. This one is asynchronous and runs one kind of item. The two share the
//! bounds of their queues (`bounds`).

mod backlog;
mod batch;
mod pacing;
mod thread;

use std::sync::{Arc, Mutex, PoisonError};

use diesel_async::AsyncPgConnection;
use ports::StoreError;
use tokio::sync::{
    Notify, Semaphore,
    mpsc::{self, error::TrySendError},
    oneshot,
};

pub(crate) use self::batch::Batch;
use self::{
    backlog::BacklogSignal,
    batch::{Completed, QueuedItem},
    thread::Signals,
};
use super::connection::Connector;
use crate::bounds::{MAX_QUEUED, MAX_QUEUED_KIB};

/// How the thread of a batcher completes a batch.
pub(crate) trait BatchWork: Send + 'static {
    /// The type that a caller submits, and gets back with the answer.
    type Item: Send + 'static;
    /// The type of the answer.
    type Answer: Send + 'static;

    /// The name of the thread, at most 15 characters. Error messages contain it.
    const NAME: &'static str;
    /// Whether two batches may run concurrently, each on a separate connection.
    const CONCURRENT_BATCHES: bool;

    /// The approximate size of an item in memory.
    fn bytes(item: &Self::Item) -> usize;

    /// Completes the items of the batch and answers each as soon as it is committed.
    ///
    /// No single wait in here may exceed [`OPERATION_TIMEOUT`](super::transaction::OPERATION_TIMEOUT). An error answers all
    /// items that were not answered, and closes the connection: the failure may be the connection's.
    fn run(
        connection: &mut AsyncPgConnection,
        batch: &mut Batch<Self>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send
    where
        Self: Sized;
}

/// Batches the items that callers submit. Clones share the thread.
pub(crate) struct Batcher<W: BatchWork> {
    queue: mpsc::Sender<QueuedItem<W>>,
    /// A permit for each KiB of queued items.
    capacity: Arc<Semaphore>,
    backlog: Arc<BacklogSignal>,
    thread: Arc<Thread>,
}

struct Thread {
    /// Makes the thread accept no further items.
    close: Arc<Notify>,
    /// Resolves when the thread has ended.
    closed: Mutex<Option<oneshot::Receiver<()>>>,
}

impl<W: BatchWork> Batcher<W> {
    /// Starts the thread. It has dedicated connections, so that slow reads delay no item. It opens them when it first needs
    /// them.
    pub(crate) fn start(connector: Connector) -> Result<Self, StoreError> {
        let (queue, arrivals) = mpsc::channel(MAX_QUEUED);
        let (close, (on_closed, closed)) = (Arc::new(Notify::new()), oneshot::channel());
        let backlog = Arc::new(BacklogSignal::default());
        let signals = Signals { close: Arc::clone(&close), backlog: Arc::clone(&backlog) };
        thread::start(arrivals, signals, on_closed, connector)
            .map_err(|why| StoreError::Unavailable(format!("the thread {} did not start: {why}", W::NAME)))?;
        let capacity = Arc::new(Semaphore::new(MAX_QUEUED_KIB));
        Ok(Self { queue, capacity, backlog, thread: Arc::new(Thread { close, closed: Mutex::new(Some(closed)) }) })
    }

    /// Queues the item and waits for its answer. If the caller stops waiting, the item is
    /// skipped if it is still queued; otherwise it is completed.
    pub(crate) async fn submit(&self, item: W::Item) -> Completed<W> {
        let full = || StoreError::Unavailable(format!("too many are waiting for {}", W::NAME));
        let kib = u32::try_from(W::bytes(&item).div_ceil(1_024)).unwrap_or(u32::MAX);
        let permits = Arc::clone(&self.capacity).try_acquire_many_owned(kib).map_err(|_| full())?;
        let (answer, answered) = oneshot::channel();
        self.queue.try_send(QueuedItem { item, answer, permits }).map_err(|why| match why {
            TrySendError::Full(_) => full(),
            TrySendError::Closed(_) => StoreError::Unavailable("the store is closed".to_owned()),
        })?;
        if W::CONCURRENT_BATCHES {
            self.backlog.grew_to(self.queue.max_capacity() - self.queue.capacity());
        }
        answered.await.unwrap_or_else(|_| Err(StoreError::Internal(format!("a panic in the thread {}", W::NAME))))
    }

    /// Accepts no further items and waits until the queued ones are completed.
    pub(crate) async fn close(&self) {
        self.thread.close.notify_one();
        let closed = self.thread.closed.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(closed) = closed {
            let _ = closed.await;
        }
    }
}

impl<W: BatchWork> Clone for Batcher<W> {
    fn clone(&self) -> Self {
        Self {
            queue: self.queue.clone(),
            capacity: Arc::clone(&self.capacity),
            backlog: Arc::clone(&self.backlog),
            thread: Arc::clone(&self.thread),
        }
    }
}
