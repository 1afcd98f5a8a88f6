//! A line in front of one thread, which does what waits in it together.
//!
//! A commit waits for the disk, about as long for one row as for hundreds. So callers that come at once share one: while a
//! batch is written the next one gathers, and whoever finds the thread idle is served alone and at once. Where a commit takes
//! long, the next batch begins beside it once it is as large ([`crowd`]).

mod batch;
mod crowd;
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
    batch::{Answered, Waiting},
    crowd::Crowd,
    thread::Told,
};
use super::connection::Connector;

/// Most callers that wait. At a few thousand rows a second they wait for a fraction of a second; who comes then is better
/// answered with "unavailable" than made to wait longer.
const WAITING: usize = 1_024;
/// Most KiB that they bring together: few bring much, and what waits is in memory.
const WAITING_KIB: usize = 16 * 1_024;
/// Most that are done together.
const TOGETHER: usize = 256;

/// What the thread of a lane does.
pub(crate) trait Work: Send + 'static {
    /// What a caller brings, and gets back.
    type Item: Send + 'static;
    /// What a caller is answered, beside it.
    type Answer: Send + 'static;

    /// What waits: the thread's name, of at most 15 characters, and a word for what callers are told.
    const NAME: &'static str;
    /// Whether two batches may be under way at once, each over a connection of its own.
    const SIDE_BY_SIDE: bool;

    /// How much memory an item takes, about.
    fn bytes(item: &Self::Item) -> usize;

    /// Does what the batch holds and answers each as soon as it is committed. Nothing here may wait for longer than
    /// [`DEADLINE`](super::transaction::DEADLINE) at a time. An error is everybody's who was not answered, and costs the
    /// connection: one on which work fails may be one on which all work fails.
    fn run(
        connection: &mut AsyncPgConnection,
        batch: &mut Batch<Self>,
    ) -> impl Future<Output = Result<(), StoreError>> + Send
    where
        Self: Sized;
}

/// Where callers hand in their items. Clones share the thread.
pub(crate) struct Lane<W: Work> {
    line: mpsc::Sender<Waiting<W>>,
    room: Arc<Semaphore>,
    crowd: Arc<Crowd>,
    thread: Arc<Thread>,
}

struct Thread {
    /// Tells it to let no more in.
    end: Arc<Notify>,
    /// Tells that it has ended.
    ended: Mutex<Option<oneshot::Receiver<()>>>,
}

impl<W: Work> Lane<W> {
    /// Starts the thread. It has connections of its own, so that whoever reads for long holds up nobody here; they are opened
    /// when they are first needed.
    pub(crate) fn start(connector: Connector) -> Result<Self, StoreError> {
        let (line, arrivals) = mpsc::channel(WAITING);
        let (end, (has_ended, ended)) = (Arc::new(Notify::new()), oneshot::channel());
        let crowd = Arc::new(Crowd::default());
        let told = Told { end: Arc::clone(&end), crowd: Arc::clone(&crowd) };
        thread::start(arrivals, told, has_ended, connector)
            .map_err(|why| StoreError::Unavailable(format!("the thread {} did not start: {why}", W::NAME)))?;
        let room = Arc::new(Semaphore::new(WAITING_KIB));
        Ok(Self { line, room, crowd, thread: Arc::new(Thread { end, ended: Mutex::new(Some(ended)) }) })
    }

    /// Waits until the item is done. If the caller stops waiting, it is either not begun or done all the same.
    pub(crate) async fn submit(&self, item: W::Item) -> Answered<W> {
        let full = || StoreError::Unavailable(format!("too many are waiting for {}", W::NAME));
        let kib = u32::try_from(W::bytes(&item).div_ceil(1_024)).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.room).try_acquire_many_owned(kib).map_err(|_| full())?;
        let (answer, answered) = oneshot::channel();
        self.line.try_send(Waiting { item, answer, room }).map_err(|why| match why {
            TrySendError::Full(_) => full(),
            TrySendError::Closed(_) => StoreError::Unavailable("the store is closed".to_owned()),
        })?;
        if W::SIDE_BY_SIDE {
            self.crowd.grew_to(self.line.max_capacity() - self.line.capacity());
        }
        answered.await.unwrap_or_else(|_| Err(StoreError::Internal(format!("a panic in the thread {}", W::NAME))))
    }

    /// Lets no more in and waits until what waits is done.
    pub(crate) async fn close(&self) {
        self.thread.end.notify_one();
        let ended = self.thread.ended.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(ended) = ended {
            let _ = ended.await;
        }
    }
}

impl<W: Work> Clone for Lane<W> {
    fn clone(&self) -> Self {
        Self {
            line: self.line.clone(),
            room: Arc::clone(&self.room),
            crowd: Arc::clone(&self.crowd),
            thread: Arc::clone(&self.thread),
        }
    }
}
