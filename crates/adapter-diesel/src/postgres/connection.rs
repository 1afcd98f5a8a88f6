use std::{sync::Arc, time::Duration};

use diesel::{ConnectionError, ConnectionResult};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::FutureExt as _;
use tokio::runtime::Handle;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    ConnectError,
    location::{Location, chain},
    tls::connector,
};

/// How long opening a connection may take.
pub(super) const CONNECT: Duration = Duration::from_secs(3);
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

/// Opens connections to one database.
#[derive(Clone)]
pub(super) struct Connector(Arc<Parts>);

struct Parts {
    config: tokio_postgres::Config,
    tls: MakeRustlsConnect,
    runtime: Handle,
}

impl Connector {
    pub(super) fn new(url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        let Location { mut config, tls } = Location::parse(url)?;
        let tls = connector(&tls)?;
        if config.get_application_name().is_none() {
            config.application_name("widgetd");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(UNACKNOWLEDGED);
        }
        Ok(Self(Arc::new(Parts { config, tls, runtime })))
    }

    /// Opens a connection on the long-lived runtime, whoever asks.
    ///
    /// Its driver is a task of the runtime that opened it: on the one of a thread that serves HTTP it waits while that
    /// thread is busy, and with it every other thread that was lent the connection (1.5 s instead of 10 ms, measured with
    /// one busy thread).
    pub(super) async fn open(&self) -> ConnectionResult<AsyncPgConnection> {
        let parts = Arc::clone(&self.0);
        let opened = self.0.runtime.spawn(async move { parts.open().await }).await;
        opened.unwrap_or_else(|failed| Err(ConnectionError::BadConnection(failed.to_string())))
    }
}

impl Parts {
    async fn open(&self) -> ConnectionResult<AsyncPgConnection> {
        let opened = self.config.connect(self.tls.clone()).boxed(); // large, and seldom needed
        let (client, driver) = opened.await.map_err(|why| ConnectionError::BadConnection(chain(&why)))?;
        let mut connection = AsyncPgConnection::try_from_client_and_connection(client, driver).await?;
        connection.batch_execute(SESSION).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
        let _ = connection.batch_execute(ENGLISH).await;
        Ok(connection)
    }
}
