//! What a job may take, and what becomes of one that takes more.

use std::time::Duration;

use worker_pool::{Job, JobError, PoolConfig};

use crate::support::{config, endless, job, pool, pool_with, run, until, works};

#[tokio::test]
async fn a_job_that_uses_up_its_processor_time_ends_and_its_worker_is_replaced() {
    let pool = pool(1);
    works(&pool).await;
    let outcome = pool.run(Job { cpu_limit: Duration::from_millis(100), ..endless(1) }).await;
    assert_eq!(outcome, Err(JobError::CpuLimit));
    works(&pool).await;
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.killed, stats.started), (2, 1, 2));
}

/// While four processes burn two cores, 50 ms of processor time take several times as long by the clock.
#[tokio::test(flavor = "multi_thread")]
async fn processor_time_is_not_time_by_the_clock() {
    let pool = pool(6);
    let burning: Vec<_> = (2..5).map(|caller| crate::support::start(&pool, endless(caller))).collect();
    until("the cores burn", || pool.stats().running == 3).await;
    for _ in 0..5 {
        let outcome = pool.run(Job { cpu_limit: Duration::from_millis(200), ..job("burn 50") }).await;
        assert_eq!(outcome, Ok(Vec::new()));
    }
    burning.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn the_limit_of_one_job_does_not_end_the_next() {
    let pool = pool(1);
    for _ in 0..10 {
        let short = Job { cpu_limit: Duration::from_millis(60), ..job("burn 20") };
        assert_eq!(pool.run(short).await, Ok(Vec::new()));
        assert_eq!(run(&pool, "burn 90").await, Ok(String::new()));
    }
    assert_eq!((pool.stats().started, pool.stats().killed), (1, 0));
}

#[tokio::test]
async fn a_handler_may_renew_the_budget_of_its_job() {
    let pool = pool(1);
    let renewed = Job { cpu_limit: Duration::from_millis(100), ..job("burn-renewed 50") };
    assert_eq!(pool.run(renewed).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_job_that_takes_too_long_by_the_clock_is_ended() {
    let pool = pool_with(PoolConfig { wall_limit: Duration::from_millis(300), ..config(1) });
    assert_eq!(pool.run(endless(1)).await, Err(JobError::TimedOut));
    works(&pool).await;
    assert_eq!((pool.stats().killed, pool.stats().started), (1, 2));
}

#[tokio::test]
async fn a_job_that_ends_its_worker_is_told_from_others() {
    let pool = pool(1);
    for input in ["overflow", "panic", "allocate 3000"] {
        let outcome = run(&pool, input).await;
        assert!(matches!(outcome, Err(JobError::Crashed(_))), "{input}: {outcome:?}");
        works(&pool).await;
    }
    assert_eq!((pool.stats().killed, pool.stats().started), (3, 4));
}

#[tokio::test]
async fn a_worker_that_grew_answers_and_is_replaced() {
    let pool = pool(1);
    // The allocator gives back a large allocation at once, so it is kept in small ones that fill the heap.
    assert_eq!(run(&pool, "allocate 300").await, Ok((300 << 20).to_string()));
    works(&pool).await;
    assert_eq!(pool.stats().killed, 0);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_worker_makes_do_with_less_address_space_and_says_when_it_is_too_little() {
    let within = |kib: u32| {
        let script = format!("ulimit -v {kib}; exec {}", env!("CARGO_BIN_EXE_test-worker"));
        pool_with(PoolConfig { program: "/bin/sh".into(), args: vec!["-c".into(), script.into()], ..config(1) })
    };
    for kib in [1_600_000, 400_000, 60_000] {
        let pool = within(kib);
        works(&pool).await;
        assert!(matches!(run(&pool, "overflow").await, Err(JobError::Crashed(_))), "{kib} KiB");
        works(&pool).await;
    }
    let outcome = run(&within(9_500), "echo a").await;
    let Err(JobError::Internal(reason)) = outcome else { panic!("{outcome:?}") };
    assert!(reason.contains("no stack of 8 MiB in 9 MiB of address space"), "{reason}");
}
