//! How the database is driven: connections, transactions, batches, migrations, notifications.
//!
//! | file | holds |
//! |---|---|
//! | `location` | what a URL says: the server, and how TLS is used |
//! | `tls` | whose certificates are believed |
//! | `connection` | opening a connection and setting it up |
//! | `lent` | a connection while it is used, also by who goes away |
//! | `transaction` | running work, and running it again after a conflict |
//! | `lane` | group commit: a line in front of one thread, which does what waits in it together |
//! | `changes`, `change_feed` | telling other processes what is changed, and hearing it from them |
//! | `clock` | what the server's clock says, and looks at it |
//! | `partitions` | of the messages, by time: made ahead, dropped when all of one is old |
//! | `replica` | reading from a server that follows |
//! | `migrations` | bringing the database up to date, also when many processes start at once |

pub(crate) mod change_feed;
pub(crate) mod changes;
pub(crate) mod clock;
pub(crate) mod connection;
pub(crate) mod lane;
pub(crate) mod lent;
pub(crate) mod location;
pub(crate) mod migrations;
pub(crate) mod partitions;
pub(crate) mod replica;
pub(crate) mod tls;
pub(crate) mod transaction;
