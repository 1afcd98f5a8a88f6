//! How the database is driven: files, connections, threads, batches, migrations.
//!
//! | file | holds |
//! |---|---|
//! | `location` | the parsed URL |
//! | `connection` | opening a connection and configuring it |
//! | `files` | whether the paths still lead to the files that were opened |
//! | `lock` | the lock that keeps other services from the file |
//! | `job`, `queue` | work for a thread, and the queue in front of it |
//! | `worker_connection`, `reader`, `writer` | the threads |
//! | `batch` | group commit: many jobs in one transaction |
//! | `snapshot` | several reads of one state |
//! | `listeners`, `change_feed` | passing on changes: those of this process, and those of others |
//! | `database` | [`Database`](database::Database): starts and ends the threads, submits jobs |
//! | `clock` | the last recorded reading of the clock |
//! | `migrations` | updating the schema |

mod batch;
mod change_feed;
pub(crate) mod clock;
pub(crate) mod connection;
pub(crate) mod database;
mod files;
mod job;
mod listeners;
mod location;
mod lock;
pub(crate) mod migrations;
mod queue;
mod reader;
pub(crate) mod snapshot;
mod worker_connection;
mod writer;
