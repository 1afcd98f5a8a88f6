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
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// The error after [`CONNECT_TIMEOUT`].
pub(crate) fn connect_timeout_message() -> String {
    format!("no connection within {} s", CONNECT_TIMEOUT.as_secs())
}

/// How long sent data may stay unacknowledged before the connection is closed: a host that is down does not respond.
const ACKNOWLEDGE_TIMEOUT: Duration = Duration::from_secs(5);

/// The settings of a session.
///
/// No request waits longer for a statement than its timeout. A transaction of the service waits for nothing but the
/// database. If one is idle, its process was stopped or the network is down, and its locks block others.
const SESSION_SETTINGS: &str = "SET statement_timeout = '5s'; \
    SET lock_timeout = '4s'; \
    SET idle_in_transaction_session_timeout = '10s'; \
    SET default_transaction_isolation = 'read committed'";

/// Errors are classified by their English text; see `failure`. Only some users may set this, but English is the usual
/// default.
const ENGLISH_MESSAGES: &str = "SET lc_messages = 'C'";

/// Opens connections to a database.
#[derive(Clone)]
pub(crate) struct Connector(Arc<Inner>);

struct Inner {
    /// The hosts of the database, of which one accepts writes.
    hosts: Vec<tokio_postgres::Config>,
    /// The index of the host that was connected to last.
    last: AtomicUsize,
    tls: MakeRustlsConnect,
    runtime: Handle,
}

impl Connector {
    /// Connects to a host that accepts writes.
    pub(crate) fn new(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        Self::to(Location::parse(url)?, runtime)
    }

    /// Connects to any host, also a read-only one.
    pub(crate) fn to_any(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        Self::to(Location::of_any(url)?, runtime)
    }

    fn to(Location { mut hosts, tls }: Location, runtime: Handle) -> Result<Self, ConnectError> {
        let tls = connector(&tls)?;
        hosts.iter_mut().for_each(with_defaults);
        Ok(Self(Arc::new(Inner { hosts, last: AtomicUsize::new(0), tls, runtime })))
    }

    /// Opens a connection on the long-lived runtime, not on that of the caller.
    ///
    /// The driver of a connection is a task of the runtime that opened it. On the runtime of a thread that serves HTTP, it
    /// waits while that thread is busy, and so does every other user of the connection (1.5 s instead of 10 ms, measured
    /// with one busy thread).
    pub(crate) async fn open(&self) -> ConnectionResult<AsyncPgConnection> {
        let parts = Arc::clone(&self.0);
        let opened = self.0.runtime.spawn(async move { parts.open().await }).await;
        opened.unwrap_or_else(|failed| Err(ConnectionError::BadConnection(failed.to_string())))
    }

    /// The runtime of the connections.
    pub(crate) fn runtime(&self) -> &Handle {
        &self.0.runtime
    }

    /// Asks the server to cancel the statement of a connection. Best effort: it may arrive too late.
    pub(crate) async fn cancel(&self, token: CancelToken) {
        let _ = timeout(CONNECT_TIMEOUT, token.cancel_query(self.0.tls.clone())).await;
    }

    /// Opens a connection on the runtime of the caller, for its exclusive use.
    pub(crate) async fn open_here(&self) -> ConnectionResult<AsyncPgConnection> {
        self.0.open().await
    }
}

impl Inner {
    /// Tries the host that was connected to last, then the others. Each has a share of the time: a host that hangs accepts
    /// connections and does not respond.
    async fn open(&self) -> ConnectionResult<AsyncPgConnection> {
        let count = self.hosts.len();
        let share = CONNECT_TIMEOUT / u32::try_from(count).unwrap_or(u32::MAX);
        let first = self.last.load(Ordering::Relaxed);
        let mut failures = Vec::new();
        for host in (0..count).map(|n| (first + n) % count) {
            let opened = timeout(share, self.open_on(&self.hosts[host])).boxed(); // large, and rarely needed
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
        connection.batch_execute(SESSION_SETTINGS).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
        let _ = connection.batch_execute(ENGLISH_MESSAGES).await;
        Ok(connection)
    }
}

fn with_defaults(host: &mut tokio_postgres::Config) {
    if host.get_application_name().is_none() {
        host.application_name("widgetd");
    }
    if host.get_connect_timeout().is_none() {
        host.connect_timeout(CONNECT_TIMEOUT);
    }
    if host.get_tcp_user_timeout().is_none() {
        host.tcp_user_timeout(ACKNOWLEDGE_TIMEOUT);
    }
}
