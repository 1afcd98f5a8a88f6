//! Being told what every process changes.

use std::{
    hash::{BuildHasher as _, RandomState},
    pin::pin,
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use diesel::result::QueryResult;
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use futures_util::{FutureExt as _, StreamExt as _};
use ports::{Change, ChangeFeed, ChangeListener};
use tokio::{
    task::unconstrained,
    time::{sleep, timeout, timeout_at},
};

use super::{
    changes::{self, CHANNEL, pg_notify},
    connection::Connector,
};
use crate::{failure::failed, postgres::PostgresStore};

/// How often the feed makes sure that it has heard everything.
const BEAT: Duration = Duration::from_millis(250);
/// How long the server may take to answer a beat.
const SILENCE: Duration = Duration::from_secs(1);
/// How long it waits before it connects again: at first, and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));
/// The same where notifications do not arrive: that does not pass by itself.
const LONG_PAUSE: Duration = Duration::from_secs(30);

/// Whether notifications arrive is tried on a channel of its own, so that nobody else need heed it.
const TRIAL: &str = "widgetd_trial";

impl ChangeFeed for PostgresStore {
    /// Needs a connection of its own, and one that stays the same: behind a pooler that pools by transaction, or on a
    /// standby, no notification arrives, and no listener is ever current.
    fn watch(&self, listener: &Arc<dyn ChangeListener>) {
        let feed = Feed { connector: self.connector.clone(), listener: Arc::downgrade(listener) };
        let mut closed = self.closed.subscribe();
        self.runtime.spawn(async move {
            tokio::select! {
                () = feed.run() => {}
                // Or the last of the store's clones is dropped, which is an error here.
                _ = closed.wait_for(|closed| *closed) => {}
            }
        });
    }
}

struct Feed {
    connector: Connector,
    listener: Weak<dyn ChangeListener>,
}

/// Why a connection is listened to no more.
enum End {
    /// It failed, for this reason.
    Lost(String),
    /// It works, but no notification arrives on it.
    Deaf,
    /// Nobody wants to know any more.
    Unwanted,
}

impl<E: ToString> From<E> for End {
    fn from(error: E) -> Self {
        Self::Lost(error.to_string())
    }
}

/// What was said in the log last.
#[derive(PartialEq)]
enum Said {
    Nothing,
    Lost,
    Deaf,
}

impl Feed {
    async fn run(self) {
        let (mut pause, mut said) = (PAUSE.0, Said::Nothing);
        loop {
            let mut current = || {
                pause = PAUSE.0;
                if said != Said::Nothing {
                    tracing::info!("what other processes change is told again: caches are used");
                    said = Said::Nothing;
                }
            };
            let wait = match self.listen(&mut current).await {
                End::Unwanted => return,
                End::Lost(why) => {
                    if said != Said::Lost {
                        tracing::warn!(why, "what other processes change is not told: caches are not used until it is");
                        said = Said::Lost;
                    }
                    pause
                }
                End::Deaf => {
                    if said != Said::Deaf {
                        tracing::warn!(
                            "notifications of the database do not arrive, as behind a pooler that pools by transaction: \
                             caches are not used"
                        );
                        said = Said::Deaf;
                    }
                    LONG_PAUSE
                }
            };
            sleep(wait).await;
            pause = (pause * 2).min(PAUSE.1);
        }
    }

    /// Connects and tells what is heard until that ends. Calls `current` when the listener is current for the first time.
    async fn listen(&self, current: impl FnOnce()) -> End {
        match self.try_listen(current).await {
            Err(end) => end,
            Ok(never) => match never {},
        }
    }

    async fn try_listen(&self, current: impl FnOnce()) -> Result<std::convert::Infallible, End> {
        self.listener()?;
        let mut connection = self.connector.open().await?;
        let listen = format!("LISTEN {CHANNEL}; LISTEN {TRIAL}");
        timeout(SILENCE, connection.batch_execute(&listen)).await??;
        self.try_out(&mut connection).await?;
        // Whatever was changed before it listened.
        self.listener()?.changed(&Change::Everything);
        let mut current = Some(current);
        loop {
            let moment = Instant::now();
            // PostgreSQL sends the notifications of all that was committed before it says that it is ready again, and the
            // connection hands on what arrives in that order.
            timeout(SILENCE, connection.batch_execute("SELECT 1")).await??;
            self.tell_what_arrived(&mut connection)?;
            self.listener()?.current_as_of(moment);
            current.take().into_iter().for_each(|current| current());
            self.tell_until(&mut connection, moment + BEAT).await?;
        }
    }

    /// Has another connection notify this one, while this one is idle: a pooler that gives each transaction whatever
    /// connection is free takes `LISTEN` and then drops what arrives between transactions.
    async fn try_out(&self, connection: &mut AsyncPgConnection) -> Result<(), End> {
        let word = RandomState::new().hash_one(0).to_string();
        let mut other = self.connector.open().await?;
        timeout(SILENCE, diesel::select(pg_notify(TRIAL, &word)).execute(&mut other)).await??;
        let mut arriving = pin!(connection.notifications_stream());
        let arrival = async {
            while let Some(arrived) = arriving.next().await {
                if arrived.map_err(failed)?.payload == word {
                    return Ok(());
                }
            }
            Err(End::from("the connection was closed"))
        };
        timeout(SILENCE, arrival).await.unwrap_or(Err(End::Deaf))
    }

    /// Tells what has arrived, without waiting for more.
    fn tell_what_arrived(&self, connection: &mut AsyncPgConnection) -> Result<(), End> {
        let mut arriving = pin!(connection.notifications_stream());
        // Unconstrained: the runtime would have a task that has done much see an empty queue.
        while let Some(arrived) = unconstrained(arriving.next()).now_or_never() {
            self.tell(arrived)?;
        }
        Ok(())
    }

    /// Tells what arrives until then.
    async fn tell_until(&self, connection: &mut AsyncPgConnection, end: Instant) -> Result<(), End> {
        let mut arriving = pin!(connection.notifications_stream());
        while let Ok(arrived) = timeout_at(end.into(), arriving.next()).await {
            self.tell(arrived)?;
        }
        Ok(())
    }

    fn tell(&self, arrived: Option<QueryResult<diesel::pg::PgNotification>>) -> Result<(), End> {
        let notification = arrived.ok_or_else(|| End::from("the connection was closed"))?.map_err(failed)?;
        if notification.channel == CHANNEL {
            self.listener()?.changed(&changes::read(&notification.payload));
        }
        Ok(())
    }

    fn listener(&self) -> Result<Arc<dyn ChangeListener>, End> {
        self.listener.upgrade().ok_or(End::Unwanted)
    }
}
