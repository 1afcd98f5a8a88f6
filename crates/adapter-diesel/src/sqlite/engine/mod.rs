//! How the database is driven: files, connections, threads, batches, migrations.
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

pub(crate) mod batch;
pub(crate) mod changes;
pub(crate) mod clock;
pub(crate) mod connection;
pub(crate) mod files;
pub(crate) mod job;
pub(crate) mod link;
pub(crate) mod location;
pub(crate) mod lock;
pub(crate) mod migrations;
pub(crate) mod queue;
pub(crate) mod reader;
pub(crate) mod snapshot;
pub(crate) mod writer;
