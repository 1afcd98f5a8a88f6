//! The embedded database.
//!
//! SQLite takes one writer at a time, so one thread owns the only connection that writes, and a queue orders its jobs. A
//! few more threads own the connections that read. No statement runs on a thread of the async runtime.
//!
//! | file | holds |
//! |---|---|
//! | `location` | where the database is: the forms of its URL |
//! | `connection` | opening a connection and setting it up |
//! | `files` | whether the database's files are still the ones that were opened |
//! | `lock` | one service on one file |
//! | `job`, `queue` | work for a thread, and the line it waits in |
//! | `link`, `writer`, `reader` | the threads |
//! | `batch` | many jobs in one transaction: group commit |
//! | `changes` | telling what is changed, also by another process |
//! | `store` | [`SqliteStore`]: opening, migrating, closing |
//! | the others | one port each |

mod api_keys;
mod batch;
mod bindings;
mod changes;
mod clock;
mod connection;
mod files;
mod housekeeping;
mod idempotency;
mod job;
mod link;
mod location;
mod lock;
mod messages;
mod migrations;
mod prebuilt;
mod queue;
mod reader;
mod snapshot;
mod store;
#[cfg(test)]
mod tests;
mod versions;
mod widget_list;
mod widgets;
mod writer;

pub use connection::OpenError;
pub use store::SqliteStore;
