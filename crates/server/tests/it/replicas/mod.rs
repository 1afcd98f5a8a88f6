//! Several replicas of `widgetd` on one PostgreSQL, under load, with failures of either.
//!
//! Each test starts a separate server, which it may stop, so these tests need PostgreSQL's programs. They run in the suite's
//! run on PostgreSQL (`WIDGETD_TEST_BACKEND=postgres`) and not in the one on SQLite; `scripts/test` does both.
//!
//! | file | holds |
//! |---|---|
//! | `fleet` | starts replicas, and sends requests to one of them |
//! | `load` | senders and readers that run during a test |
//! | `ledger` | the results of the load, compared with the database |
//! | the others | one failure or event each |

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

/// Timeout of everything without a tighter one.
const TIMEOUT: Duration = Duration::from_secs(60);
/// Maximum time from the database's return until every replica works again.
const RECOVERY: Duration = Duration::from_secs(5);

/// Makes these tests run one at a time, since each loads the machine.
async fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::const_new(());
    assert_eq!(
        Backend::chosen(),
        Backend::Postgres,
        "replicas share a PostgreSQL database: set WIDGETD_TEST_BACKEND=postgres"
    );
    ALONE.lock().await
}

/// A server that keeps every acknowledged commit when it is stopped immediately.
fn server() -> Cluster {
    Cluster::start(&[("synchronous_commit", "on")], &[])
}

/// Polls until the condition holds. Returns how long that took.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) -> Duration {
    let begin = Instant::now();
    while !is_so().await {
        assert!(begin.elapsed() < TIMEOUT, "timeout: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    begin.elapsed()
}
