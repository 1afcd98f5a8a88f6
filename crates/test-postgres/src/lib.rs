//! For tests: a PostgreSQL server of their own, and a database for each of them.
//!
//! The first test of a process that asks starts a private cluster from the binaries at hand (`PATH`, then
//! `/usr/lib/postgresql/*/bin`, the newest first). It listens on a socket in a directory of its own and on a free port of
//! 127.0.0.1, and is gone when the process is, however that ended. With `TEST_DATABASE_URL` set, the server that it names
//! is used instead, by a user who may create databases.
//!
//! A [`Template`] is prepared once a process, such as by migrations; each test then gets a copy of it in some 50 ms.
//!
//! ```no_run
//! # async fn test() {
//! use test_postgres::{Server, Template};
//! use tokio::sync::OnceCell;
//!
//! static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
//! let template = TEMPLATE.get_or_init(|| Template::new(Server::shared(), async |_url| { /* migrate */ })).await;
//! let database = template.copy().await;
//! println!("{} is there until it is dropped", database.url());
//! # }
//! ```
//!
//! A [`Cluster`] is a server that can be stopped, frozen, copied to a standby and started again.
//!
//! Nothing here returns an error: a test without its server cannot go on, so what fails panics, and says what to do.

mod admin;
mod binaries;
mod cluster;
mod control;
mod database;
mod server;
mod user;
mod watcher;

pub use cluster::Cluster;
pub use control::{Frozen, Shutdown};
pub use database::{Database, Template};
pub use server::Server;
