//! The embedded database.
//!
//! SQLite takes one writer at a time, so one thread owns the only connection that writes, and a queue orders its jobs. A
//! few more threads own the connections that read. No statement runs on a thread of the async runtime.
//!
//! | module | holds |
//! |---|---|
//! | [`engine`] | how the database is driven |
//! | [`stores`] | what is kept in it: one file for each port |
//! | [`store`] | [`SqliteStore`], which joins the two |

mod engine;
mod store;
mod stores;
#[cfg(test)]
mod tests;

pub use engine::connection::OpenError;
pub use store::SqliteStore;
