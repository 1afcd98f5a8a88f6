//! A line in front of one task, which does what waits in it together.
//!
//! A commit waits for the disk, about as long for one row as for hundreds. So callers that come at once share one: while a
//! batch is written the next one gathers, and whoever finds the task idle is served alone and at once.

use std::sync::{Arc, Mutex, PoisonError};

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _, pooled_connection::PoolableConnection as _};
use ports::StoreError;
use tokio::{
    sync::{
        Notify,
        mpsc::{self, error::TrySendError},
        oneshot,
    },
    task::JoinHandle,
    time::timeout,
};

use super::{
    connection::{CONNECT, Connector, no_connection},
    transaction::{DEADLINE, silent},
};
use crate::failure::failed;

/// Most callers that wait. At a few thousand rows a second they wait for a fraction of a second; who comes then is better
/// answered with "unavailable" than made to wait longer.
const WAITING: usize = 1_024;

/// What the task of a lane does.
pub(super) trait Work: Send + 'static {
    /// What a caller brings, and gets back.
    type Item: Send + 'static;
    /// What a caller is answered, beside it.
    type Answer: Send + 'static;

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

/// Where callers hand in their items. Clones share the task.
pub(super) struct Lane<W: Work> {
    line: mpsc::Sender<Waiting<W>>,
    task: Arc<Task>,
}

struct Task {
    end: Arc<Notify>,
    running: Mutex<Option<JoinHandle<()>>>,
}

struct Waiting<W: Work> {
    item: W::Item,
    answer: oneshot::Sender<Answered<W>>,
}

type Answered<W> = Result<(<W as Work>::Item, <W as Work>::Answer), StoreError>;

impl<W: Work> Lane<W> {
    /// Starts the task on the runtime where connections live. It has a connection of its own, so that whoever reads for
    /// long holds up nobody here; it is opened when it is first needed.
    pub(super) fn start(connector: Connector, work: W) -> Self {
        let (line, arrivals) = mpsc::channel(WAITING);
        let end = Arc::new(Notify::new());
        let runtime = connector.runtime().clone();
        let running = runtime.spawn(serve(arrivals, Arc::clone(&end), connector, work));
        Self { line, task: Arc::new(Task { end, running: Mutex::new(Some(running)) }) }
    }

    /// Waits until the item is done. If the caller stops waiting, it is either not begun or done all the same.
    pub(super) async fn submit(&self, item: W::Item) -> Answered<W> {
        let (answer, answered) = oneshot::channel();
        self.line.try_send(Waiting { item, answer }).map_err(|why| match why {
            TrySendError::Full(_) => StoreError::Unavailable(format!("{WAITING} {} are waiting", W::NAME)),
            TrySendError::Closed(_) => StoreError::Unavailable("the store is closed".to_owned()),
        })?;
        answered.await.unwrap_or_else(|_| Err(StoreError::Internal(format!("the task of the {} ended", W::NAME))))
    }

    /// Lets no more in and waits until what waits is done.
    pub(super) async fn close(&self) {
        self.task.end.notify_one();
        let running = self.task.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(running) = running {
            let _ = running.await;
        }
    }
}

impl<W: Work> Clone for Lane<W> {
    fn clone(&self) -> Self {
        Self { line: self.line.clone(), task: Arc::clone(&self.task) }
    }
}

/// What the task does until the lane is closed, or dropped, and empty.
async fn serve<W: Work>(mut arrivals: mpsc::Receiver<Waiting<W>>, end: Arc<Notify>, connector: Connector, mut work: W) {
    let mut open = None;
    let mut batch = Vec::with_capacity(W::TOGETHER);
    loop {
        let taken = tokio::select! {
            biased;
            () = end.notified() => {
                arrivals.close(); // what is in the line already is still done
                continue;
            }
            taken = arrivals.recv_many(&mut batch, W::TOGETHER) => taken,
        };
        if taken == 0 {
            return;
        }
        batch.retain(|waiting: &Waiting<W>| !waiting.answer.is_closed());
        if batch.is_empty() {
            continue;
        }
        match connection::<W>(&mut open, &connector).await {
            Ok(mut connection) => {
                let (items, callers): (Vec<_>, Vec<_>) = batch.drain(..).map(|w| (w.item, w.answer)).unzip();
                let done = timeout(DEADLINE, work.run(&mut connection, &items)).await;
                // A connection that is lost, or that did not answer, is dropped, and with it what it had begun.
                if done.is_ok() && !connection.is_broken() {
                    open = Some(connection);
                }
                let is_silent = done.is_err();
                answer::<W>(items, callers, done.map_err(|_| silent()));
                if is_silent {
                    turn_away(&mut arrivals, &mut batch, &silent());
                }
            }
            Err(why) => turn_away(&mut arrivals, &mut batch, &why),
        }
    }
}

/// Answers these and all that wait behind them, who would only wait for the same again.
fn turn_away<W: Work>(arrivals: &mut mpsc::Receiver<Waiting<W>>, batch: &mut Vec<Waiting<W>>, why: &StoreError) {
    while let Ok(waiting) = arrivals.try_recv() {
        batch.push(waiting);
    }
    for waiting in batch.drain(..) {
        let _ = waiting.answer.send(Err(why.clone()));
    }
}

/// The connection that is open, unless it was lost since; else a new one.
async fn connection<W: Work>(
    open: &mut Option<AsyncPgConnection>,
    connector: &Connector,
) -> Result<AsyncPgConnection, StoreError> {
    if let Some(mut connection) = open.take()
        && !connection.is_broken()
    {
        return Ok(connection);
    }
    let unavailable = |why: String| StoreError::Unavailable(why);
    let opened = timeout(CONNECT, connector.open()).await.map_err(|_| unavailable(no_connection()))?;
    let mut connection = opened.map_err(|why| unavailable(why.to_string()))?;
    connection.batch_execute(W::SETUP).await.map_err(failed)?;
    Ok(connection)
}

fn answer<W: Work>(
    items: Vec<W::Item>,
    callers: Vec<oneshot::Sender<Answered<W>>>,
    done: Result<Vec<Result<W::Answer, StoreError>>, StoreError>,
) {
    // Whoever stopped waiting needs no answer.
    match done {
        Ok(answers) => {
            for ((caller, item), answer) in callers.into_iter().zip(items).zip(answers) {
                let _ = caller.send(answer.map(|answer| (item, answer)));
            }
        }
        Err(why) => {
            for caller in callers {
                let _ = caller.send(Err(why.clone()));
            }
        }
    }
}
