//! For tests: a private PostgreSQL server, and a separate database for each test.
//!
//! The first test of a process that needs it starts a private cluster from the installed binaries (`PATH`, then
//! `/usr/lib/postgresql/*/bin`, the newest first). It listens on a socket in a temporary directory and on a free port of
//! 127.0.0.1. It ends with the process, even when that is killed. If `TEST_DATABASE_URL` is set, that server is used instead;
//! its user must be allowed to create databases.
//!
//! A [`Template`] is prepared once in each process, such as by migrations. Each test then gets a copy of it in about 50 ms.
//!
//! ```no_run
//! # async fn test() {
//! use test_postgres::{Server, Template};
//! use tokio::sync::OnceCell;
//!
//! static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
//! let template = TEMPLATE.get_or_init(|| Template::new(Server::shared(), async |_url| { /* migrate */ })).await;
//! let database = template.copy().await;
//! println!("{} exists until `database` is dropped", database.url());
//! # }
//! ```
//!
//! A [`Cluster`] is a server that can be stopped, frozen, copied to a standby and started again.
//!
//! Failures panic with a message that says what to do, since a test cannot continue without its server.

mod admin;
mod binaries;
mod cluster;
mod control;
mod database;
mod dropper;
mod server;
mod user;
mod watcher;

pub use cluster::Cluster;
pub use control::{Frozen, Shutdown};
pub use database::{Database, Template};
pub use server::Server;
