use std::fmt;

use crate::Server;

/// A database to copy. It exists as long as its server.
#[derive(Debug)]
pub struct Template {
    server: &'static Server,
    name: String,
}

impl Template {
    /// Creates a database and prepares it. `prepare` gets its URL, and must close its connections before it returns.
    pub async fn new(server: &'static Server, prepare: impl AsyncFnOnce(String)) -> Self {
        let name = server.create_database(None);
        prepare(server.url(&name)).await;
        Self { server, name }
    }

    /// A copy for one test.
    pub async fn copy(&self) -> Database {
        let name = self.name.clone();
        let server = self.server;
        let copied = tokio::task::spawn_blocking(move || server.create_database(Some(&name))).await;
        Database { server, name: copied.unwrap_or_else(|failed| std::panic::resume_unwind(failed.into_panic())) }
    }
}

/// The database of one test. Dropped with this value, even if there are connections to it; on a private server, shortly after.
pub struct Database {
    server: &'static Server,
    name: String,
}

impl Database {
    /// An empty database.
    pub fn empty(server: &'static Server) -> Self {
        Self { server, name: server.create_database(None) }
    }

    /// The URL, over a socket if the server is private.
    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// The URL over TCP.
    pub fn tcp_url(&self) -> String {
        self.server.tcp_url(&self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.server.drop_database(&self.name);
        }
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the URL, which may hold a password.
        write!(f, "Database({})", self.name)
    }
}
