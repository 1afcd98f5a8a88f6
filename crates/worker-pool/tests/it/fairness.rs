use std::time::Duration;

use tokio::task::JoinHandle;
use worker_pool::{JobError, PoolConfig};

use crate::support::{config, job, limited, pool, pool_of, start, until};

const HOSTILE: u128 = 1;
const HONEST: u128 = 2;

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_has_at_most_half_of_the_workers_and_others_are_served() {
    for workers in [2, 4, 5] {
        let pool = pool(workers);
        let attack: Vec<_> = (0..8).map(|_| start(&pool, job(HOSTILE, "sleep 15000"))).collect();
        let half = workers / 2;
        until("the attack runs", || pool.stats().running == half).await;
        for _ in 0..20 {
            assert!(pool.run(job(HONEST, "count")).await.is_ok());
        }
        assert_eq!((pool.stats().running, pool.stats().waiting), (half, 8 - half), "of {workers} workers");
        attack.iter().for_each(JoinHandle::abort);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_jobs_are_answered_and_other_callers_are_served() {
    let pool = pool_of(PoolConfig { wait_limit: Duration::from_millis(750), ..config(4) });
    let attack: Vec<_> = (0..60).map(|_| start(&pool, limited(HOSTILE, "spin", 300))).collect();
    // One caller may have 32 waiting jobs.
    until("the queue of the caller is full", || pool.stats().overloaded >= 26).await;
    while pool.stats().running > 0 {
        assert!(pool.run(job(HONEST, "count")).await.is_ok());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut ended = 0;
    for job in attack {
        match job.await.unwrap() {
            Err(JobError::CpuLimit) => ended += 1,
            other => assert_eq!(other, Err(JobError::Overloaded)),
        }
    }
    assert_eq!((pool.stats().killed, pool.stats().overloaded), (ended, 60 - ended));
    assert!(ended >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_suspects_together_have_at_most_half_of_the_workers() {
    let pool = pool(4);
    for caller in 100..106 {
        assert_eq!(pool.run(limited(caller, "spin", 20)).await, Err(JobError::CpuLimit));
    }
    // These callers are suspects for 30 seconds.
    let attack: Vec<_> = (100..106).map(|caller| start(&pool, job(caller, "sleep 15000"))).collect();
    until("the attack runs", || pool.stats().running == 2).await;
    for caller in HONEST..HONEST + 20 {
        assert!(pool.run(job(caller, "count")).await.is_ok());
    }
    assert_eq!((pool.stats().running, pool.stats().waiting), (2, 4));
    attack.iter().for_each(JoinHandle::abort);
}

#[tokio::test]
async fn a_job_that_gets_no_worker_within_the_wait_limit_is_refused() {
    let pool = pool_of(PoolConfig { wait_limit: Duration::from_millis(100), ..config(1) });
    let running = start(&pool, job(HOSTILE, "sleep 3000"));
    until("the worker is leased", || pool.stats().running == 1).await;
    assert_eq!(pool.run(job(HONEST, "count")).await, Err(JobError::Overloaded));
    assert_eq!((pool.stats().waiting, pool.stats().overloaded), (0, 1));
    assert_eq!(running.await.unwrap().unwrap(), "done", "the wait limit does not apply to a running job");
}

#[tokio::test]
async fn the_queue_is_limited_per_caller_and_in_total() {
    let pool = pool_of(PoolConfig { queue: 3, queue_per_caller: 2, ..config(1) });
    let running = start(&pool, job(HOSTILE, "sleep 3000"));
    until("the worker is leased", || pool.stats().running == 1).await;
    let mut waiting = vec![start(&pool, job(1, "count")), start(&pool, job(1, "count"))];
    until("two wait", || pool.stats().waiting == 2).await;
    assert_eq!(pool.run(job(1, "count")).await, Err(JobError::Overloaded), "a third job of one caller");
    waiting.push(start(&pool, job(2, "count")));
    until("three wait", || pool.stats().waiting == 3).await;
    assert_eq!(pool.run(job(3, "count")).await, Err(JobError::Overloaded), "a fourth job in total");
    assert_eq!(pool.stats().overloaded, 2);
    assert_eq!(running.await.unwrap().unwrap(), "done");
    for job in waiting {
        assert!(job.await.unwrap().is_ok());
    }
}

#[tokio::test]
async fn jobs_of_many_callers_are_all_answered() {
    let pool = pool(3);
    let jobs: Vec<_> = (0..200).map(|n| start(&pool, job(n % 20, "count"))).collect();
    for job in jobs {
        assert!(job.await.unwrap().is_ok());
    }
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.waiting, stats.running), (200, 0, 0));
    assert!(stats.started <= 3, "{stats:?}");
}
