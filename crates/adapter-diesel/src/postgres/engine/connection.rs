use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::FutureExt as _;
use tokio::{runtime::Handle, time::timeout};
use tokio_postgres::CancelToken;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    location::ConnectError,
    location::{Location, chain},
    tls::connector,
};

/// How long opening a connection may take.
pub(crate) const CONNECT: Duration = Duration::from_secs(3);
/// What callers are told when [`CONNECT`] has passed.
pub(crate) fn no_connection() -> String {
    format!("no connection within {} s", CONNECT.as_secs())
}

/// How long what was sent may stay without acknowledgement before the connection is given up: a host that is gone says
/// nothing.
const UNACKNOWLEDGED: Duration = Duration::from_secs(5);

/// How a session is set up.
///
/// A statement that takes longer than this is one that no request waits for. A transaction of ours waits for nothing but
/// the database; if it stands still, its process was stopped or the network was cut, and its locks hold up others.
const SESSION: &str = "SET statement_timeout = '5s'; \
    SET lock_timeout = '4s'; \
    SET idle_in_transaction_session_timeout = '10s'; \
    SET default_transaction_isolation = 'read committed'";

/// Failures are told apart by their text; see `failure`. Only some users may set it, and English is the default of most.
const ENGLISH: &str = "SET lc_messages = 'C'";

/// Opens connections to a database.
#[derive(Clone)]
pub(crate) struct Connector(Arc<Parts>);

struct Parts {
    /// The hosts of the database, of which one takes writes.
    hosts: Vec<tokio_postgres::Config>,
    /// The one that did so last.
    last: AtomicUsize,
    tls: MakeRustlsConnect,
    runtime: Handle,
}

impl Connector {
    /// To a database that takes writes.
    pub(crate) fn new(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        Self::to(Location::parse(url)?, runtime)
    }

    /// To one that may only be read.
    pub(crate) fn to_any(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        Self::to(Location::of_any(url)?, runtime)
    }

    fn to(Location { mut hosts, tls }: Location, runtime: Handle) -> Result<Self, ConnectError> {
        let tls = connector(&tls)?;
        hosts.iter_mut().for_each(with_defaults);
        Ok(Self(Arc::new(Parts { hosts, last: AtomicUsize::new(0), tls, runtime })))
    }

    /// Opens a connection on the long-lived runtime, whoever asks.
    ///
    /// Its driver is a task of the runtime that opened it: on the one of a thread that serves HTTP it waits while that
    /// thread is busy, and with it every other thread that was lent the connection (1.5 s instead of 10 ms, measured with
    /// one busy thread).
    pub(crate) async fn open(&self) -> ConnectionResult<AsyncPgConnection> {
        let parts = Arc::clone(&self.0);
        let opened = self.0.runtime.spawn(async move { parts.open().await }).await;
        opened.unwrap_or_else(|failed| Err(ConnectionError::BadConnection(failed.to_string())))
    }

    /// Where connections live.
    pub(crate) fn runtime(&self) -> &Handle {
        &self.0.runtime
    }

    /// Asks the server to end what a connection is doing. It may come too late, and may not be heard.
    pub(crate) async fn cancel(&self, token: CancelToken) {
        let _ = timeout(CONNECT, token.cancel_query(self.0.tls.clone())).await;
    }

    /// Opens a connection on the runtime of the caller, who alone uses it.
    pub(crate) async fn open_here(&self) -> ConnectionResult<AsyncPgConnection> {
        self.0.open().await
    }
}

impl Parts {
    /// Asks the host that was connected to last, then the others. Each has its part of the time: one that hangs accepts
    /// connections and says nothing.
    async fn open(&self) -> ConnectionResult<AsyncPgConnection> {
        let count = self.hosts.len();
        let share = CONNECT / u32::try_from(count).unwrap_or(u32::MAX);
        let first = self.last.load(Ordering::Relaxed);
        let mut failures = Vec::new();
        for host in (0..count).map(|n| (first + n) % count) {
            let opened = timeout(share, self.open_on(&self.hosts[host])).boxed(); // large, and seldom needed
            match opened.await {
                Ok(Ok(connection)) => {
                    self.last.store(host, Ordering::Relaxed);
                    return Ok(connection);
                }
                Ok(Err(why)) => failures.push(why.to_string()),
                Err(_) => failures.push(format!("no answer within {} ms", share.as_millis())),
            }
        }
        Err(ConnectionError::BadConnection(failures.join("; ")))
    }

    async fn open_on(&self, host: &tokio_postgres::Config) -> ConnectionResult<AsyncPgConnection> {
        let opened = host.connect(self.tls.clone()).await;
        let (client, driver) = opened.map_err(|why| ConnectionError::BadConnection(chain(&why)))?;
        let mut connection = AsyncPgConnection::try_from_client_and_connection(client, driver).await?;
        connection.batch_execute(SESSION).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
        let _ = connection.batch_execute(ENGLISH).await;
        Ok(connection)
    }
}

fn with_defaults(host: &mut tokio_postgres::Config) {
    if host.get_application_name().is_none() {
        host.application_name("widgetd");
    }
    if host.get_connect_timeout().is_none() {
        host.connect_timeout(CONNECT);
    }
    if host.get_tcp_user_timeout().is_none() {
        host.tcp_user_timeout(UNACKNOWLEDGED);
    }
}
