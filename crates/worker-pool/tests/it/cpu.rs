//! The limit of processor time.

use std::time::Duration;

use worker_pool::{JobError, PoolConfig};

use crate::support::{config, limited, pool, pool_of, run, start, until};

#[tokio::test]
async fn a_job_that_spins_is_ended_at_its_limit_and_the_next_gets_a_fresh_worker() {
    let pool = pool(1);
    assert_eq!(run(&pool, "count").await.unwrap(), "1");
    assert_eq!(pool.run(limited(1, "spin", 100)).await, Err(JobError::CpuLimit));
    assert_eq!(run(&pool, "count").await.unwrap(), "1");
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.killed, stats.started), (2, 1, 2));
}

#[tokio::test]
async fn a_sleeping_job_uses_no_processor_time() {
    let pool = pool(1);
    assert_eq!(pool.run(limited(1, "sleep 600", 150)).await.unwrap(), b"done");
    assert_eq!(pool.stats().killed, 0);
}

#[tokio::test]
async fn a_busy_machine_does_not_shorten_a_jobs_processor_time() {
    let cores = std::thread::available_parallelism().unwrap().get();
    let others = pool_of(PoolConfig { wall_limit: Duration::from_secs(120), ..config(2 * cores) });
    let spinning: Vec<_> = (0..2 * cores).map(|n| start(&others, limited(n as u128, "spin", 120_000))).collect();
    until("all cores are busy", || others.stats().running == 2 * cores).await;
    let pool = pool(1);
    for _ in 0..5 {
        assert_eq!(pool.run(limited(1, "burn 50", 1_000)).await.unwrap(), b"done");
    }
    assert_eq!((pool.stats().killed, others.stats().running), (0, 2 * cores));
    spinning.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn a_short_limit_holds_after_a_long_one_and_a_long_one_after_a_short_one() {
    let pool = pool(1);
    for _ in 0..3 {
        for long in [10_000, 600_000, u64::from(u32::MAX)] {
            assert_eq!(pool.run(limited(1, "burn 5", long)).await.unwrap(), b"done");
            assert_eq!(pool.run(limited(1, "burn 5", 300)).await.unwrap(), b"done");
        }
        assert_eq!(
            pool.run(limited(1, "burn 500", 10_000)).await.unwrap(),
            b"done",
            "a former short limit does not count"
        );
    }
    assert_eq!(pool.stats().killed, 0);
    assert_eq!(pool.run(limited(1, "count", 600_000)).await.unwrap(), b"22");
    assert_eq!(pool.run(limited(1, "spin", 50)).await, Err(JobError::CpuLimit), "a former long limit does not count");
}

#[tokio::test]
async fn a_task_may_restart_its_own_limit() {
    let pool = pool(1);
    assert_eq!(pool.run(limited(1, "burn 150 limit 5000 burn 300", 400)).await.unwrap(), b"done");
    assert_eq!(pool.run(limited(1, "burn 5 limit 50 burn 5000", 60_000)).await, Err(JobError::CpuLimit));
    assert_eq!(pool.stats().killed, 1);
}

#[tokio::test]
async fn no_limit_ends_a_worker_between_jobs() {
    let pool = pool(1);
    for n in 1..=20 {
        // Each job is over long before its limit, and the watching thread wakes while the worker is idle.
        assert_eq!(pool.run(limited(1, "count", 100)).await.unwrap(), n.to_string().into_bytes());
        tokio::time::sleep(Duration::from_millis(if n % 5 == 0 { 150 } else { 1 })).await;
    }
    assert_eq!((pool.stats().started, pool.stats().killed), (1, 0));
}
