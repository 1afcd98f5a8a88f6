//! The store ports on SQL databases, through diesel.
//!
//! The databases share the tables (`schema`), the rows and their conversion to domain types (`rows`), and the queries
//! (`queries`). Each database has separate code for connections, locks, search and migrations. `sqlite` is the embedded
//! database, `postgres` the one for several machines. Both consist of an `engine`, which drives the database, and
//! `stores`, which implement the ports.
//!
//! Architecture invariant: nothing here decides. A rule of widgets, bindings or messages belongs to `domain`, which is
//! asked inside the transaction where the rule must hold.

mod bounds;
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
