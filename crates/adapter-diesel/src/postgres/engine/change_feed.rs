//! Receiving the changes that all processes make.

use std::{
    convert::Infallible,
    hash::{BuildHasher as _, RandomState},
    pin::pin,
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use diesel::result::QueryResult;
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use futures_util::{FutureExt as _, StreamExt as _};
use ports::{Change, ChangeListener};
use tokio::{
    task::unconstrained,
    time::{sleep, timeout, timeout_at},
};

use super::{
    connection::Connector,
    database::Database,
    notification::{self, CHANNEL, pg_notify},
};
use crate::failure::store_error;

/// How often the feed confirms that it has received every notification.
const CONFIRM_INTERVAL: Duration = Duration::from_millis(250);
/// How long the server may take to answer a confirming query.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(1);
/// The pause before the feed connects again: the first one, and the longest.
const RECONNECT_PAUSE: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(2));
/// The pause if notifications are not delivered: the configuration causes that, so it lasts.
const UNDELIVERED_PAUSE: Duration = Duration::from_secs(30);

/// The channel on which the feed tests whether notifications arrive. It is separate, so that other processes ignore it.
const TEST_CHANNEL: &str = "widgetd_trial";

impl Database {
    /// Passes changes to the listener, until the listener is dropped or the database is closed.
    pub(crate) fn watch(&self, listener: &Arc<dyn ChangeListener>) {
        let feed = Feed { connector: self.connector.clone(), listener: Arc::downgrade(listener) };
        let mut closed = self.closed.subscribe();
        self.runtime.spawn(async move {
            tokio::select! {
                () = feed.run() => {}
                // An error here means that the last clone of the database was dropped.
                _ = closed.wait_for(|closed| *closed) => {}
            }
        });
    }
}

struct Feed {
    connector: Connector,
    listener: Weak<dyn ChangeListener>,
}

/// Why the feed stopped listening on a connection.
enum End {
    /// The connection failed.
    Lost(String),
    /// The connection works, but notifications are not delivered on it.
    Undelivered,
    /// The listener was dropped.
    ListenerDropped,
}

impl<E: ToString> From<E> for End {
    fn from(error: E) -> Self {
        Self::Lost(error.to_string())
    }
}

/// The state that the log reported last.
#[derive(PartialEq)]
enum Reported {
    Working,
    Lost,
    Undelivered,
}

impl Feed {
    async fn run(self) {
        let (mut pause, mut reported) = (RECONNECT_PAUSE.0, Reported::Working);
        loop {
            let mut on_current = || {
                pause = RECONNECT_PAUSE.0;
                if reported != Reported::Working {
                    tracing::info!("changes of other processes arrive again: caches are used");
                    reported = Reported::Working;
                }
            };
            let wait = match self.listen(&mut on_current).await {
                End::ListenerDropped => return,
                End::Lost(why) => {
                    if reported != Reported::Lost {
                        tracing::warn!(
                            why,
                            "changes of other processes do not arrive: caches are not used until they do"
                        );
                        reported = Reported::Lost;
                    }
                    pause
                }
                End::Undelivered => {
                    if reported != Reported::Undelivered {
                        tracing::warn!(
                            "notifications of the database do not arrive, as behind a pooler that pools by transaction: \
                             caches are not used"
                        );
                        reported = Reported::Undelivered;
                    }
                    UNDELIVERED_PAUSE
                }
            };
            sleep(wait).await;
            pause = (pause * 2).min(RECONNECT_PAUSE.1);
        }
    }

    /// Connects, and passes on changes until that fails. Calls `on_current` when the listener is current for the first
    /// time.
    async fn listen(&self, on_current: impl FnOnce()) -> End {
        match self.try_listen(on_current).await {
            Err(end) => end,
            Ok(never) => match never {},
        }
    }

    async fn try_listen(&self, on_current: impl FnOnce()) -> Result<Infallible, End> {
        self.listener()?;
        let mut connection = self.connector.open().await?;
        let listen = format!("LISTEN {CHANNEL}; LISTEN {TEST_CHANNEL}");
        timeout(RESPONSE_TIMEOUT, connection.batch_execute(&listen)).await??;
        self.test_delivery(&mut connection).await?;
        // Anything may have changed before the feed listened.
        self.listener()?.changed(&Change::Everything);
        let mut on_current = Some(on_current);
        loop {
            let moment = Instant::now();
            // PostgreSQL sends the notifications of all committed transactions before it reports that it is ready again,
            // and the connection passes on what it receives in that order.
            timeout(RESPONSE_TIMEOUT, connection.batch_execute("SELECT 1")).await??;
            self.pass_on_received(&mut connection)?;
            self.listener()?.current_as_of(moment);
            on_current.take().into_iter().for_each(|on_current| on_current());
            self.pass_on_until(&mut connection, moment + CONFIRM_INTERVAL).await?;
        }
    }

    /// Has another connection notify this one while this one is idle.
    ///
    /// A pooler that assigns a connection to each transaction accepts `LISTEN`, and then drops the notifications that
    /// arrive between transactions.
    async fn test_delivery(&self, connection: &mut AsyncPgConnection) -> Result<(), End> {
        let token = RandomState::new().hash_one(0).to_string();
        let mut other = self.connector.open().await?;
        timeout(RESPONSE_TIMEOUT, diesel::select(pg_notify(TEST_CHANNEL, &token)).execute(&mut other)).await??;
        let mut notifications = pin!(connection.notifications_stream());
        let arrival = async {
            while let Some(notification) = notifications.next().await {
                if notification.map_err(store_error)?.payload == token {
                    return Ok(());
                }
            }
            Err(End::from("the connection was closed"))
        };
        timeout(RESPONSE_TIMEOUT, arrival).await.unwrap_or(Err(End::Undelivered))
    }

    /// Passes on the received notifications without waiting for more.
    fn pass_on_received(&self, connection: &mut AsyncPgConnection) -> Result<(), End> {
        let mut notifications = pin!(connection.notifications_stream());
        // Unconstrained: the runtime shows an empty queue to a task that has used up its budget.
        while let Some(notification) = unconstrained(notifications.next()).now_or_never() {
            self.pass_on(notification)?;
        }
        Ok(())
    }

    /// Passes on the notifications that arrive until `end`.
    async fn pass_on_until(&self, connection: &mut AsyncPgConnection, end: Instant) -> Result<(), End> {
        let mut notifications = pin!(connection.notifications_stream());
        while let Ok(notification) = timeout_at(end.into(), notifications.next()).await {
            self.pass_on(notification)?;
        }
        Ok(())
    }

    fn pass_on(&self, notification: Option<QueryResult<diesel::pg::PgNotification>>) -> Result<(), End> {
        let notification = notification.ok_or_else(|| End::from("the connection was closed"))?.map_err(store_error)?;
        if notification.channel == CHANNEL {
            self.listener()?.changed(&notification::read(&notification.payload));
        }
        Ok(())
    }

    fn listener(&self) -> Result<Arc<dyn ChangeListener>, End> {
        self.listener.upgrade().ok_or(End::ListenerDropped)
    }
}
