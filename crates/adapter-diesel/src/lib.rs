//! The store ports on SQL databases, through diesel.
//!
//! What the databases share stands once: the tables (`schema`), the rows and how they become domain types (`rows`), and
//! the queries (`queries`). What differs is written for each of them: connections, locking, search, migrations.
//! `sqlite` is the embedded database, `postgres` the one for more than one machine.
//!
//! Architecture invariant: nothing here decides. A rule of widgets, bindings or messages is asked of `domain`, inside the
//! transaction where it must hold.

mod failure;
mod migrations;
mod postgres;
mod queries;
mod rows;
mod schema;
mod sqlite;
mod totals;

pub use migrations::NotMigrated;
pub use postgres::{ConnectError, PostgresRateLimiter, PostgresStore};
pub use sqlite::{OpenError, SqliteStore};
