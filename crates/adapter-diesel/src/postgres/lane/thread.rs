use std::{io, panic::AssertUnwindSafe, sync::Arc};

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _, pooled_connection::PoolableConnection as _};
use futures_util::FutureExt as _;
use ports::StoreError;
use tokio::{
    runtime::Builder,
    sync::{Notify, mpsc, oneshot},
    time::timeout,
};

use super::{Answered, Waiting, Work};
use crate::{
    failure::failed,
    postgres::{
        connection::{CONNECT, Connector, no_connection},
        transaction::{DEADLINE, silent},
    },
};

/// Starts a thread that serves a lane until it is closed, or dropped, and empty; then it tells so.
///
/// A thread of its own, and not a task among others: the work and the connection's driver then run in turns on one thread,
/// where a runtime of several would wake one thread for each step.
pub(super) fn start<W: Work>(
    arrivals: mpsc::Receiver<Waiting<W>>,
    end: Arc<Notify>,
    has_ended: oneshot::Sender<()>,
    connector: Connector,
    work: W,
) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let run = move || {
        runtime.block_on(serve(arrivals, &end, &connector, work));
        let _ = has_ended.send(());
    };
    std::thread::Builder::new().name(W::THREAD.to_owned()).spawn(run).map(drop)
}

async fn serve<W: Work>(mut arrivals: mpsc::Receiver<Waiting<W>>, end: &Notify, connector: &Connector, mut work: W) {
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
        match connection::<W>(&mut open, connector).await {
            Ok(mut connection) => {
                let (items, callers): (Vec<_>, Vec<_>) = batch.drain(..).map(|w| (w.item, w.answer)).unzip();
                let run = AssertUnwindSafe(work.run(&mut connection, &items)).catch_unwind();
                let done = match timeout(DEADLINE, run).await {
                    Ok(Ok(answers)) => {
                        // One that was lost is dropped. So is one that was left in the middle of something, below.
                        if !connection.is_broken() {
                            open = Some(connection);
                        }
                        Ok(answers)
                    }
                    // A defect of ours. The items of this batch have met it; the next ones need not.
                    Ok(Err(_)) => Err(StoreError::Internal(format!("a panic among the {}", W::NAME))),
                    Err(_) => Err(silent()),
                };
                let is_silent = matches!(&done, Err(StoreError::Unavailable(_)));
                answer::<W>(items, callers, done);
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
    let opened = timeout(CONNECT, connector.open_here()).await.map_err(|_| unavailable(no_connection()))?;
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
