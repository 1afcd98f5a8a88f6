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
//! | `lent` | a connection while it is used, also by who goes away |
//! | `transaction` | running work, and running it again after a conflict |
//! | `store` | [`PostgresStore`]: the pool, closing |
//! | `lane` | group commit: a line in front of one thread, which does what waits in it together |
//! | `changes`, `change_feed` | telling other processes what is changed, and hearing it from them |
//! | `clock` | what the server's clock says, and looks at it |
//! | `partitions` | of the messages, by time: made ahead, dropped when all of one is old |
//! | `replica` | reading from a server that follows |
//! | `migrations` | bringing the database up to date, also when many processes start at once |
//! | the others | one port each |

mod api_keys;
mod bindings;
mod change_feed;
mod changes;
mod clock;
mod connection;
mod housekeeping;
mod idempotency;
mod lane;
mod lent;
mod location;
mod messages;
mod migrations;
mod partitions;
mod prebuilt;
mod rate_limits;
mod replica;
mod store;
#[cfg(test)]
mod tests;
mod tls;
mod transaction;
mod versions;
mod widget_list;
mod widgets;

pub use location::ConnectError;
pub use rate_limits::PostgresRateLimiter;
pub use store::PostgresStore;
