//! Several `widgetd` on one PostgreSQL under load, and what may happen to them and to it.
//!
//! Each test has a server of its own, which it may stop, so these need PostgreSQL's programs. They run in the suite's run on
//! PostgreSQL (`WIDGETD_TEST_BACKEND=postgres`) and not in the one on SQLite, since `scripts/test` does both.
//!
//! | file | holds |
//! |---|---|
//! | `fleet` | starting replicas, and asking one of them |
//! | `load` | senders and readers, until they are told to end |
//! | `ledger` | what the load saw, and whether the database agrees |
//! | the others | one thing that happens each |

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that asked it")]

mod clocks;
mod database_frozen;
mod database_restarted;
mod drained;
mod failover;
mod fleet;
mod fresh;
mod ledger;
mod load;
mod read_replica;
mod replica_killed;
mod started_together;

use std::time::{Duration, Instant};

use test_postgres::Cluster;
use tokio::sync::{Mutex, MutexGuard};

use crate::harness::Backend;

/// How long anything may take that has no bound of its own.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long after the return of the database everything works again.
const RECOVERY: Duration = Duration::from_secs(5);

/// Lets one of these tests run at a time, since each loads the machine.
async fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::const_new(());
    assert_eq!(
        Backend::chosen(),
        Backend::Postgres,
        "replicas share a PostgreSQL database: set WIDGETD_TEST_BACKEND=postgres"
    );
    ALONE.lock().await
}

/// A server that keeps what it acknowledged when it is stopped at once.
fn server() -> Cluster {
    Cluster::start(&[("synchronous_commit", "on")], &[])
}

/// Asks until the answer is yes, and tells how long that took.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) -> Duration {
    let begin = Instant::now();
    while !is_so().await {
        assert!(begin.elapsed() < PATIENCE, "in vain: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    begin.elapsed()
}
