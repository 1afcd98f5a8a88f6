use std::{
    io,
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
};

use diesel_async::{AsyncPgConnection, pooled_connection::PoolableConnection as _};
use futures_util::{FutureExt as _, StreamExt as _, stream::FuturesUnordered};
use ports::StoreError;
use tokio::{
    runtime::Builder,
    sync::{Notify, mpsc, oneshot},
    time::timeout,
};

use super::{BacklogSignal, Batch, BatchWork, QueuedItem, pacing::Pacing};
use crate::{
    bounds::MAX_BATCH,
    postgres::engine::connection::{CONNECT_TIMEOUT, Connector, connect_timeout_message},
};

/// Minimum time between a failure to open a second connection and the next attempt.
const SECOND_CONNECTION_RETRY_INTERVAL: Duration = Duration::from_secs(60);

/// Signals that wake the thread of a batcher. Queued items wake it too.
pub(super) struct Signals {
    /// The batcher is closed.
    pub(super) close: Arc<Notify>,
    /// Many items are queued.
    pub(super) backlog: Arc<BacklogSignal>,
}

/// Starts the thread of a batcher. The thread ends when the batcher is closed or dropped and the queue is empty; then it
/// sends to `on_closed`.
///
/// A thread, not a task of the process's runtime: other tasks must not delay a batch.
pub(super) fn start<W: BatchWork>(
    mut arrivals: mpsc::Receiver<QueuedItem<W>>,
    signals: Signals,
    on_closed: oneshot::Sender<()>,
    connector: Connector,
) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let run = move || {
        runtime.block_on(serve(&mut arrivals, &signals, &connector));
        let _ = on_closed.send(());
    };
    std::thread::Builder::new().name(W::NAME.to_owned()).spawn(run).map(drop)
}

async fn serve<W: BatchWork>(arrivals: &mut mpsc::Receiver<QueuedItem<W>>, signals: &Signals, connector: &Connector) {
    let (mut idle, mut received) = (Vec::new(), Vec::with_capacity(MAX_BATCH));
    let (mut running, mut pacing) = (FuturesUnordered::new(), Pacing::default());
    let (mut opening, mut open_not_before) = (FuturesUnordered::new(), Instant::now());
    loop {
        let has_connection = W::CONCURRENT_BATCHES && (!idle.is_empty() || Instant::now() >= open_not_before);
        let threshold = pacing.second_batch_threshold().filter(|_| has_connection);
        signals.backlog.set_threshold(threshold);
        let wants_second_batch = threshold.is_some_and(|threshold| arrivals.len() >= threshold);
        if wants_second_batch && idle.is_empty() && opening.is_empty() {
            // Until the second connection is open, batches continue on the first.
            opening.push(connection(None, connector));
        }
        tokio::select! {
            biased;
            () = signals.close.notified() => {
                arrivals.close(); // queued items are still received
                continue;
            }
            Some((rows, ended)) = running.next() => {
                let mut duration = None;
                match ended {
                    Ok(Ended::Complete(connection, took)) => {
                        idle.extend(connection);
                        duration = Some(took);
                    }
                    Ok(Ended::Unavailable(batch, why)) => reject_all(arrivals, batch, &why),
                    // A panic is a defect. It fails its own batch only.
                    Err(_) => {}
                }
                pacing.ended(rows, duration);
                continue;
            }
            Some(opened) = opening.next() => {
                match opened {
                    Ok(connection) if idle.len() + running.len() < 2 => idle.push(connection),
                    Ok(_) => {}
                    Err(why) => {
                        tracing::debug!(%why, "no second connection");
                        open_not_before = Instant::now() + SECOND_CONNECTION_RETRY_INTERVAL;
                    }
                }
                continue;
            }
            () = signals.backlog.reached(), if threshold.is_some() => continue,
            count = arrivals.recv_many(&mut received, MAX_BATCH),
                if running.is_empty() || wants_second_batch && !idle.is_empty() =>
            {
                if count == 0 {
                    return;
                }
            }
        }
        let batch = Batch::of(&mut received);
        if !batch.is_empty() {
            let rows = batch.len();
            pacing.started(rows);
            let run = AssertUnwindSafe(run::<W>(idle.pop(), batch, connector)).catch_unwind();
            running.push(run.map(move |ended| (rows, ended)));
        }
    }
}

/// How a batch ended.
enum Ended<W: BatchWork> {
    /// All items were answered. Holds the connection, if it is reusable, and the duration.
    Complete(Option<Box<AsyncPgConnection>>, Duration),
    /// The database is unavailable. Holds the batch, whose items are not answered yet.
    Unavailable(Batch<W>, StoreError),
}

async fn run<W: BatchWork>(
    idle: Option<Box<AsyncPgConnection>>,
    mut batch: Batch<W>,
    connector: &Connector,
) -> Ended<W> {
    let mut connection = match connection(idle, connector).await {
        Ok(connection) => connection,
        Err(why) => return Ended::Unavailable(batch, why),
    };
    let started = Instant::now();
    match W::run(&mut connection, &mut batch).await {
        Ok(()) => Ended::Complete((!connection.is_broken()).then_some(connection), started.elapsed()),
        Err(why @ StoreError::Unavailable(_)) => Ended::Unavailable(batch, why),
        Err(why) => {
            batch.answer_all(&why);
            Ended::Complete(None, started.elapsed())
        }
    }
}

/// Answers the batch and all queued items with the error.
///
/// The queued items come first. Otherwise a caller that receives the error could retry at once, and the retry would be
/// rejected with them.
fn reject_all<W: BatchWork>(arrivals: &mut mpsc::Receiver<QueuedItem<W>>, mut batch: Batch<W>, why: &StoreError) {
    while let Ok(queued) = arrivals.try_recv() {
        let _ = queued.answer.send(Err(why.clone()));
    }
    batch.answer_all(why);
}

/// Returns the idle connection, or opens one if there is none or it was lost.
async fn connection(
    idle: Option<Box<AsyncPgConnection>>,
    connector: &Connector,
) -> Result<Box<AsyncPgConnection>, StoreError> {
    if let Some(mut connection) = idle
        && !connection.is_broken()
    {
        return Ok(connection);
    }
    let opened = timeout(CONNECT_TIMEOUT, connector.open_here()).await;
    let opened = opened.map_err(|_| StoreError::Unavailable(connect_timeout_message()))?;
    opened.map(Box::new).map_err(|why| StoreError::Unavailable(why.to_string()))
}
