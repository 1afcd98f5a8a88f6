//! No caller's jobs keep those of others from being done.

use std::time::{Duration, Instant};

use worker_pool::{Caller, Job, JobError, PoolConfig};

use crate::support::{config, endless, job, pool_with, start, until, works};

const HOSTILE: u128 = 1;

fn honest() -> Job {
    Job { caller: Caller(2), ..job("echo a") }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_caller_has_at_most_half_of_the_workers() {
    let pool = pool_with(config(4));
    let attack: Vec<_> = (0..8).map(|_| start(&pool, endless(HOSTILE))).collect();
    until("the attack runs", || pool.stats().running == 2 && pool.stats().waiting == 6).await;
    for _ in 0..10 {
        assert_eq!(pool.run(honest()).await, Ok(b"a".to_vec()));
    }
    assert_eq!((pool.stats().running, pool.stats().waiting), (2, 6));
    attack.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_comes_at_once_is_answered_in_time_and_honest_jobs_get_through() {
    let pool = pool_with(PoolConfig { queue_per_caller: 64, ..PoolConfig::new(config(4).program, Vec::new()) });
    let limit = pool_limit();
    let attack: Vec<_> = (0..60)
        .map(|_| {
            let begun = Instant::now();
            let running = start(&pool, endless(HOSTILE));
            async move { (running.await.unwrap(), begun.elapsed()) }
        })
        .collect();
    until("the attack runs", || pool.stats().running == 2).await;
    assert_eq!(pool.run(honest()).await, Ok(b"a".to_vec()));
    let mut ended = 0;
    for job in attack {
        let (outcome, took) = job.await;
        assert!(took < limit, "{took:?}: {outcome:?}");
        match outcome {
            Err(JobError::TimedOut) => ended += 1,
            outcome => assert_eq!(outcome, Err(JobError::Overloaded)),
        }
    }
    assert_eq!((ended, pool.stats().overloaded), (2, 58), "no worker was free for the others in time");
}

/// Three seconds are promised.
fn pool_limit() -> Duration {
    Duration::from_secs(3)
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_whose_jobs_ended_workers_share_half_of_them_whatever_their_number() {
    let pool = pool_with(PoolConfig { wall_limit: Duration::from_millis(500), ..config(4) });
    let attack: Vec<_> = (0..6)
        .map(|n| {
            let pool = pool.clone();
            tokio::spawn(async move { while pool.run(endless(100 + n)).await == Err(JobError::TimedOut) {} })
        })
        .collect();
    until("each of them struck, and it is over", || pool.stats().killed >= 8 && pool.stats().running <= 2).await;
    for _ in 0..20 {
        assert_eq!(pool.run(honest()).await, Ok(b"a".to_vec()));
        assert!(pool.stats().running <= 2, "the suspects share two workers");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    attack.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn a_job_is_refused_when_no_worker_is_free_in_time() {
    let pool = pool_with(PoolConfig {
        wait_limit: Duration::from_millis(100),
        wall_limit: Duration::from_secs(1),
        ..config(1)
    });
    let running = start(&pool, endless(HOSTILE));
    until("the worker is taken", || pool.stats().running == 1).await;
    assert_eq!(pool.run(honest()).await, Err(JobError::Overloaded));
    assert_eq!((pool.stats().waiting, pool.stats().overloaded), (0, 1));
    assert_eq!(running.await.unwrap(), Err(JobError::TimedOut), "a running job has the wall limit");
}

#[tokio::test]
async fn too_many_waiting_jobs_are_refused_by_caller_and_over_all() {
    let pool = pool_with(PoolConfig { queue: 3, queue_per_caller: 2, wall_limit: Duration::from_secs(1), ..config(1) });
    let of = |caller: u128| Job { caller: Caller(caller), ..job("echo a") };
    let running = start(&pool, endless(HOSTILE));
    until("the worker is taken", || pool.stats().running == 1).await;
    let waiting = [start(&pool, of(1)), start(&pool, of(1))];
    until("two wait", || pool.stats().waiting == 2).await;
    assert_eq!(pool.run(of(1)).await, Err(JobError::Overloaded), "a third of one caller");
    let third = start(&pool, of(2));
    until("three wait", || pool.stats().waiting == 3).await;
    assert_eq!(pool.run(of(3)).await, Err(JobError::Overloaded), "a fourth over all");
    assert_eq!(running.await.unwrap(), Err(JobError::TimedOut));
    for job in waiting.into_iter().chain([third]) {
        assert_eq!(job.await.unwrap(), Ok(b"a".to_vec()));
    }
    works(&pool).await;
}
