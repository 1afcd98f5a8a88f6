//! A proxy that fails as networks and poolers do.

use std::{net::SocketAddr, sync::Arc};

use test_postgres::Database;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// What the proxy does with the messages of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// It passes them on.
    Open,
    /// It passes them on, but not notifications, as a pooler that pools by transaction.
    WithoutNotifications,
    /// It drops everything and closes no connection, as after a network failure.
    Frozen,
}

/// A proxy in front of a database's server.
pub(crate) struct Proxy {
    url: String,
    manner: Arc<watch::Sender<Manner>>,
    /// The number of connections that clients have closed.
    closed: watch::Receiver<usize>,
    /// The number of dropped notifications.
    dropped: watch::Receiver<usize>,
}

impl Proxy {
    pub(crate) async fn before(database: &Database) -> Self {
        let url = database.tcp_url();
        let (scheme, rest) = url.split_once("://").unwrap();
        let (credentials, place) = rest.rsplit_once('@').unwrap();
        let (server, path) = place.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let name = path.split('?').next().unwrap();
        let url = format!("{scheme}://{credentials}@{address}/{name}?sslmode=disable");

        let (manner, _) = watch::channel(Manner::Open);
        let (close, closed) = watch::channel(0);
        let (drop, dropped) = watch::channel(0);
        let lines = Arc::new(Lines { manner: Arc::new(manner), closed: close, dropped: drop });
        let proxy = Self { url, manner: Arc::clone(&lines.manner), closed, dropped };
        let server: SocketAddr = tokio::net::lookup_host(server).await.unwrap().next().unwrap();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&lines).connect(client, server));
            }
        });
        proxy
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn set(&self, manner: Manner) {
        self.manner.send_replace(manner);
    }

    /// The number of connections that clients have closed.
    pub(crate) fn closed(&self) -> usize {
        *self.closed.borrow()
    }

    /// Waits until clients have closed `count` connections.
    pub(crate) async fn until_closed(&self, count: usize) {
        self.closed.clone().wait_for(|closed| *closed >= count).await.unwrap();
    }

    /// Waits until a notification was dropped.
    pub(crate) async fn until_dropped(&self) {
        self.dropped.clone().wait_for(|dropped| *dropped > 0).await.unwrap();
    }
}

struct Lines {
    manner: Arc<watch::Sender<Manner>>,
    closed: watch::Sender<usize>,
    dropped: watch::Sender<usize>,
}

impl Lines {
    async fn connect(self: Arc<Self>, client: TcpStream, server: SocketAddr) {
        let server = TcpStream::connect(server).await.unwrap();
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        let back = tokio::spawn({
            let lines = Arc::clone(&self);
            async move { lines.pass_on_messages(from_server, to_client).await }
        });
        let _ = self.pass_on(from_client, to_server).await;
        self.closed.send_modify(|closed| *closed += 1);
        back.abort();
    }

    /// To the server, until the client closes.
    async fn pass_on(&self, mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) -> std::io::Result<()> {
        let mut buffer = [0; 8192];
        loop {
            let count = from.read(&mut buffer).await?;
            if count == 0 {
                return Ok(());
            }
            if *self.manner.borrow() != Manner::Frozen {
                to.write_all(&buffer[..count]).await?;
            }
        }
    }

    /// To the client, one message after the other: a letter, the length of what follows including itself, the rest.
    async fn pass_on_messages(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
    ) -> std::io::Result<()> {
        loop {
            let kind = from.read_u8().await?;
            let length = from.read_u32().await?;
            let mut message = vec![0; length as usize - 4];
            from.read_exact(&mut message).await?;
            let manner = *self.manner.borrow();
            match (manner, kind) {
                (Manner::Frozen, _) => {}
                (Manner::WithoutNotifications, b'A') => self.dropped.send_modify(|dropped| *dropped += 1),
                _ => {
                    let mut whole = vec![kind];
                    whole.extend(length.to_be_bytes());
                    whole.extend(message);
                    to.write_all(&whole).await?;
                }
            }
        }
    }
}
