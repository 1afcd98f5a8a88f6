//! The database for more than one machine.
//!
//! Any number of processes use one database at once, so what must hold between two statements is held by row locks, and
//! "only one" by unique indexes. Transactions are as PostgreSQL has them by default (READ COMMITTED): each statement sees
//! what was committed before it began, and so, after waiting for a lock, what the one that had it did.
//!
//! | file | holds |
//! |---|---|
//! | `location` | what a URL says: the server, and how TLS is used |
//! | `tls` | whose certificates are believed |
//! | `connection` | opening a connection and setting it up |
//! | `transaction` | running work, and running it again after a conflict |
//! | `store` | [`PostgresStore`]: the pool, closing |
//! | `migrations` | bringing the database up to date, also when many processes start at once |
//! | the others | one port each |

mod api_keys;
mod bindings;
mod connection;
mod housekeeping;
mod idempotency;
mod location;
mod messages;
mod migrations;
mod prebuilt;
mod store;
#[cfg(test)]
mod tests;
mod tls;
mod transaction;
mod widget_list;
mod widgets;

pub use location::ConnectError;
pub use store::PostgresStore;
