//! A line in front of one thread, which does what waits in it together.
//!
//! A commit waits for the disk, about as long for one row as for hundreds. So callers that come at once share one: while a
//! batch is written the next one gathers, and whoever finds the thread idle is served alone and at once.

mod thread;

use std::sync::{Arc, Mutex, PoisonError};

use diesel_async::AsyncPgConnection;
use ports::StoreError;
use tokio::sync::{
    Notify,
    mpsc::{self, error::TrySendError},
    oneshot,
};

use super::connection::Connector;

/// Most callers that wait. At a few thousand rows a second they wait for a fraction of a second; who comes then is better
/// answered with "unavailable" than made to wait longer.
const WAITING: usize = 1_024;

/// What the thread of a lane does.
pub(super) trait Work: Send + 'static {
    /// What a caller brings, and gets back.
    type Item: Send + 'static;
    /// What a caller is answered, beside it.
    type Answer: Send + 'static;

    /// The thread's name, of at most 15 characters.
    const THREAD: &'static str;
    /// What waits, for what callers are told when it is too much.
    const NAME: &'static str;
    /// Most items that are done together.
    const TOGETHER: usize;
    /// SQL that a new connection is set up with, beside what all are.
    const SETUP: &'static str;

    /// Does these items and answers each in its place, with what is committed or an error that is its own.
    fn run(
        &mut self,
        connection: &mut AsyncPgConnection,
        items: &[Self::Item],
    ) -> impl Future<Output = Vec<Result<Self::Answer, StoreError>>> + Send;
}

/// Where callers hand in their items. Clones share the thread.
pub(super) struct Lane<W: Work> {
    line: mpsc::Sender<Waiting<W>>,
    thread: Arc<Thread>,
}

struct Thread {
    /// Tells it to let no more in.
    end: Arc<Notify>,
    /// Tells that it has ended.
    ended: Mutex<Option<oneshot::Receiver<()>>>,
}

struct Waiting<W: Work> {
    item: W::Item,
    answer: oneshot::Sender<Answered<W>>,
}

type Answered<W> = Result<(<W as Work>::Item, <W as Work>::Answer), StoreError>;

impl<W: Work> Lane<W> {
    /// Starts the thread. It has a connection of its own, so that whoever reads for long holds up nobody here; it is opened
    /// when it is first needed.
    pub(super) fn start(connector: Connector, work: W) -> Result<Self, StoreError> {
        let (line, arrivals) = mpsc::channel(WAITING);
        let (end, (has_ended, ended)) = (Arc::new(Notify::new()), oneshot::channel());
        thread::start(arrivals, Arc::clone(&end), has_ended, connector, work)
            .map_err(|why| StoreError::Unavailable(format!("the thread of the {} did not start: {why}", W::NAME)))?;
        Ok(Self { line, thread: Arc::new(Thread { end, ended: Mutex::new(Some(ended)) }) })
    }

    /// Waits until the item is done. If the caller stops waiting, it is either not begun or done all the same.
    pub(super) async fn submit(&self, item: W::Item) -> Answered<W> {
        let (answer, answered) = oneshot::channel();
        self.line.try_send(Waiting { item, answer }).map_err(|why| match why {
            TrySendError::Full(_) => StoreError::Unavailable(format!("{WAITING} {} are waiting", W::NAME)),
            TrySendError::Closed(_) => StoreError::Unavailable("the store is closed".to_owned()),
        })?;
        answered.await.unwrap_or_else(|_| Err(StoreError::Internal(format!("the thread of the {} ended", W::NAME))))
    }

    /// Lets no more in and waits until what waits is done.
    pub(super) async fn close(&self) {
        self.thread.end.notify_one();
        let ended = self.thread.ended.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(ended) = ended {
            let _ = ended.await;
        }
    }
}

impl<W: Work> Clone for Lane<W> {
    fn clone(&self) -> Self {
        Self { line: self.line.clone(), thread: Arc::clone(&self.thread) }
    }
}
