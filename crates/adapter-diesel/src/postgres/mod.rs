//! The database for more than one machine.
//!
//! Any number of processes use one database at once, so what must hold between two statements is held by row locks, and
//! "only one" by unique indexes. Transactions are as PostgreSQL has them by default (READ COMMITTED): each statement sees
//! what was committed before it began, and so, after waiting for a lock, what the one that had it did.
//!
//! | module | holds |
//! |---|---|
//! | [`engine`] | how the database is driven |
//! | [`stores`] | what is kept in it: one file for each port |
//! | [`store`] | [`PostgresStore`], which joins the two |

mod engine;
mod store;
mod stores;
#[cfg(test)]
mod tests;

pub use engine::location::ConnectError;
pub use store::PostgresStore;
pub use stores::rate_limits::PostgresRateLimiter;
