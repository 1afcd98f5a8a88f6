//! Workers of a service whose own limit of address space is lower than a worker's.

use std::path::Path;

use worker_pool::{JobError, WorkerPool};

use crate::support::{crash, pool_of, run, scripted};

/// A pool whose workers have this much address space, in KiB.
fn pool_within(kib: u32) -> WorkerPool {
    pool_of(scripted(&format!("ulimit -v {kib}; exec \"$1\""), Path::new("/")))
}

#[tokio::test]
async fn a_worker_adapts_to_less_address_space() {
    for kib in [1_600_000, 400_000, 60_000] {
        let pool = pool_within(kib);
        assert_eq!(run(&pool, "count").await.unwrap(), "1", "{kib} KiB");
        assert!(crash(run(&pool, "overflow").await).contains("overflowed its stack"), "{kib} KiB");
        assert_eq!(run(&pool, "keep 8").await.unwrap(), "done", "{kib} KiB");
    }
}

#[tokio::test]
async fn a_worker_that_cannot_start_reports_the_reason() {
    for kib in [9_000, 8_500] {
        let outcome = run(&pool_within(kib), "count").await;
        let Err(JobError::Internal(reason)) = outcome else { panic!("{outcome:?}") };
        let known = format!("no stack of 8 MiB in {} MiB of address space", kib >> 10);
        assert!(reason.contains(&known), "{reason}");
    }
}
