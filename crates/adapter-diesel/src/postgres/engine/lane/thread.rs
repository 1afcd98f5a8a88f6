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

use super::{Batch, Crowd, TOGETHER, Waiting, Work, crowd::Pace};
use crate::postgres::engine::connection::{CONNECT, Connector, no_connection};

/// When a second connection is tried for again after there was none to be had.
const LATER: Duration = Duration::from_secs(60);

/// What the thread of a lane is told beside what there is to do.
pub(super) struct Told {
    /// To let no more in.
    pub(super) end: Arc<Notify>,
    /// That many wait.
    pub(super) crowd: Arc<Crowd>,
}

/// Starts a thread that serves a lane until it is closed, or dropped, and empty; then it tells so.
///
/// A thread of its own, and not a task among others: what they do holds up nobody here.
pub(super) fn start<W: Work>(
    mut arrivals: mpsc::Receiver<Waiting<W>>,
    told: Told,
    has_ended: oneshot::Sender<()>,
    connector: Connector,
) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let run = move || {
        runtime.block_on(serve(&mut arrivals, &told, &connector));
        let _ = has_ended.send(());
    };
    std::thread::Builder::new().name(W::NAME.to_owned()).spawn(run).map(drop)
}

async fn serve<W: Work>(arrivals: &mut mpsc::Receiver<Waiting<W>>, told: &Told, connector: &Connector) {
    let (mut idle, mut taken) = (Vec::new(), Vec::with_capacity(TOGETHER));
    let (mut under_way, mut pace) = (FuturesUnordered::new(), Pace::default());
    let (mut opening, mut not_before) = (FuturesUnordered::new(), Instant::now());
    loop {
        let may_begin = W::SIDE_BY_SIDE && (!idle.is_empty() || Instant::now() >= not_before);
        let crowd = pace.crowd().filter(|_| may_begin);
        told.crowd.want(crowd);
        let is_crowded = crowd.is_some_and(|crowd| arrivals.len() >= crowd);
        if is_crowded && idle.is_empty() && opening.is_empty() {
            // Nobody waits for it: until it is there all goes on over the first.
            opening.push(connection(None, connector));
        }
        tokio::select! {
            biased;
            () = told.end.notified() => {
                arrivals.close(); // what is in the line already is still done
                continue;
            }
            Some((rows, ended)) = under_way.next() => {
                let mut took = None;
                match ended {
                    Ok(Ended::Well(connection, time)) => {
                        idle.extend(connection);
                        took = Some(time);
                    }
                    Ok(Ended::Badly(batch, why)) => turn_away(arrivals, batch, &why),
                    // A panic is a defect of ours. The batch that met it is lost; the others need not be.
                    Err(_) => {}
                }
                pace.ended(rows, took);
                continue;
            }
            Some(opened) = opening.next() => {
                match opened {
                    Ok(connection) if idle.len() + under_way.len() < 2 => idle.push(connection),
                    Ok(_) => {}
                    Err(why) => {
                        tracing::debug!(%why, "no second connection");
                        not_before = Instant::now() + LATER;
                    }
                }
                continue;
            }
            () = told.crowd.gathered(), if crowd.is_some() => continue,
            count = arrivals.recv_many(&mut taken, TOGETHER),
                if under_way.is_empty() || is_crowded && !idle.is_empty() =>
            {
                if count == 0 {
                    return;
                }
            }
        }
        let batch = Batch::of(&mut taken);
        if !batch.is_empty() {
            let rows = batch.len();
            pace.began(rows);
            let run = AssertUnwindSafe(run::<W>(idle.pop(), batch, connector)).catch_unwind();
            under_way.push(run.map(move |ended| (rows, ended)));
        }
    }
}

/// How a batch ended.
enum Ended<W: Work> {
    /// Everybody was answered. With the connection if it can be used again, and how long it took.
    Well(Option<Box<AsyncPgConnection>>, Duration),
    /// It met an error that those who wait would only meet again.
    Badly(Batch<W>, StoreError),
}

async fn run<W: Work>(idle: Option<Box<AsyncPgConnection>>, mut batch: Batch<W>, connector: &Connector) -> Ended<W> {
    let mut connection = match connection(idle, connector).await {
        Ok(connection) => connection,
        Err(why) => return Ended::Badly(batch, why),
    };
    let began = Instant::now();
    match W::run(&mut connection, &mut batch).await {
        Ok(()) => Ended::Well((!connection.is_broken()).then_some(connection), began.elapsed()),
        Err(why @ StoreError::Unavailable(_)) => Ended::Badly(batch, why),
        Err(why) => {
            batch.answer_all(&why);
            Ended::Well(None, began.elapsed())
        }
    }
}

/// Answers the batch, and all that wait, who would only wait for the same again. Those first: who comes once one of the batch
/// knows of the error is another matter.
fn turn_away<W: Work>(arrivals: &mut mpsc::Receiver<Waiting<W>>, mut batch: Batch<W>, why: &StoreError) {
    while let Ok(waiting) = arrivals.try_recv() {
        let _ = waiting.answer.send(Err(why.clone()));
    }
    batch.answer_all(why);
}

/// The connection that is idle, unless it was lost since; else a new one.
async fn connection(
    idle: Option<Box<AsyncPgConnection>>,
    connector: &Connector,
) -> Result<Box<AsyncPgConnection>, StoreError> {
    if let Some(mut connection) = idle
        && !connection.is_broken()
    {
        return Ok(connection);
    }
    let opened = timeout(CONNECT, connector.open_here()).await;
    let opened = opened.map_err(|_| StoreError::Unavailable(no_connection()))?;
    opened.map(Box::new).map_err(|why| StoreError::Unavailable(why.to_string()))
}
