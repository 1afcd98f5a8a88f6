use std::{io, panic::AssertUnwindSafe, sync::Arc};

use diesel_async::{AsyncPgConnection, pooled_connection::PoolableConnection as _};
use futures_util::FutureExt as _;
use ports::StoreError;
use tokio::{
    runtime::Builder,
    sync::{Notify, mpsc, oneshot},
    time::timeout,
};

use super::{Batch, TOGETHER, Waiting, Work};
use crate::postgres::connection::{CONNECT, Connector, no_connection};

/// Starts a thread that serves a lane until it is closed, or dropped, and empty; then it tells so.
///
/// A thread of its own, and not a task among others: what they do holds up nobody here.
pub(super) fn start<W: Work>(
    mut arrivals: mpsc::Receiver<Waiting<W>>,
    end: Arc<Notify>,
    has_ended: oneshot::Sender<()>,
    connector: Connector,
) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let run = move || {
        // A panic is a defect of ours. The batch that met it is lost; those who come next need not be.
        while runtime.block_on(AssertUnwindSafe(serve(&mut arrivals, &end, &connector)).catch_unwind()).is_err() {}
        let _ = has_ended.send(());
    };
    std::thread::Builder::new().name(W::NAME.to_owned()).spawn(run).map(drop)
}

async fn serve<W: Work>(arrivals: &mut mpsc::Receiver<Waiting<W>>, end: &Notify, connector: &Connector) {
    let (mut open, mut taken) = (None, Vec::with_capacity(TOGETHER));
    loop {
        let count = tokio::select! {
            biased;
            () = end.notified() => {
                arrivals.close(); // what is in the line already is still done
                continue;
            }
            count = arrivals.recv_many(&mut taken, TOGETHER) => count,
        };
        if count == 0 {
            return;
        }
        let mut batch = Batch::of(&mut taken);
        if batch.is_empty() {
            continue;
        }
        let done = match connection(&mut open, connector).await {
            Ok(mut connection) => {
                let done = W::run(&mut connection, &mut batch).await;
                if done.is_ok() && !connection.is_broken() {
                    open = Some(connection);
                }
                done
            }
            Err(why) => Err(why),
        };
        if let Err(why) = done {
            batch.answer_all(&why);
            if matches!(why, StoreError::Unavailable(_)) {
                turn_away(arrivals, &why);
            }
        }
    }
}

/// Answers all that wait, who would only wait for the same again.
fn turn_away<W: Work>(arrivals: &mut mpsc::Receiver<Waiting<W>>, why: &StoreError) {
    while let Ok(waiting) = arrivals.try_recv() {
        let _ = waiting.answer.send(Err(why.clone()));
    }
}

/// The connection that is open, unless it was lost since; else a new one.
async fn connection(
    open: &mut Option<AsyncPgConnection>,
    connector: &Connector,
) -> Result<AsyncPgConnection, StoreError> {
    if let Some(mut connection) = open.take()
        && !connection.is_broken()
    {
        return Ok(connection);
    }
    let opened = timeout(CONNECT, connector.open_here()).await;
    let opened = opened.map_err(|_| StoreError::Unavailable(no_connection()))?;
    opened.map_err(|why| StoreError::Unavailable(why.to_string()))
}
