//! How the database is driven: connections, transactions, batches, migrations, notifications.
//!
//! | file | holds |
//! |---|---|
//! | `location` | the parsed URL: the servers, and how TLS is used |
//! | `tls` | which certificates are trusted |
//! | `connection` | opening a connection and configuring it |
//! | `pool`, `pooled` | the shared connections; what happens when a caller disconnects |
//! | `transaction` | transactions, and what ends them early |
//! | `database` | [`Database`](database::Database): runs operations, and retries conflicts |
//! | `replica` | reads on a standby |
//! | `batcher` | one thread completes queued items in batches (group commit) |
//! | `notification`, `change_feed` | sending changes to other processes, and receiving theirs |
//! | `clock` | the server's clock, and its last recorded reading |
//! | `partitions` | messages by time: partitions are created ahead, and dropped when all of one is old |
//! | `migrations` | updating the schema, also when many processes start concurrently |

pub(crate) mod batcher;
pub(crate) mod change_feed;
pub(crate) mod clock;
pub(crate) mod connection;
pub(crate) mod database;
pub(crate) mod location;
pub(crate) mod migrations;
pub(crate) mod notification;
pub(crate) mod partitions;
mod pool;
mod pooled;
mod replica;
mod tls;
pub(crate) mod transaction;
