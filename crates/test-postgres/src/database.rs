use std::fmt;

use crate::Server;

/// A database that others are copies of. It stays as long as its server.
#[derive(Debug)]
pub struct Template {
    server: &'static Server,
    name: String,
}

impl Template {
    /// Makes a database and prepares it: `prepare` gets its URL, and must have closed its connections when it ends.
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

/// A database of a test's own. Dropped with this, whoever still has a connection to it.
pub struct Database {
    server: &'static Server,
    name: String,
}

impl Database {
    /// An empty one.
    pub fn empty(server: &'static Server) -> Self {
        Self { server, name: server.create_database(None) }
    }

    /// Its URL: over a socket if the server is a private one.
    pub fn url(&self) -> String {
        self.server.url(&self.name)
    }

    /// Its URL over TCP.
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
