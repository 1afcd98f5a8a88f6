//! Jobs from the caller's side.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::runtime::{Builder, Handle};
use worker_pool::{Job, JobError, PoolConfig, TaskId};

use crate::support::{config, endless, job, pool, pool_with, run, until, works};

#[tokio::test]
async fn a_worker_lives_and_keeps_state_from_job_to_job() {
    let pool = pool(4);
    for count in 1..=50 {
        assert_eq!(run(&pool, "count").await, Ok(count.to_string()));
    }
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.started, stats.killed, stats.waiting, stats.running), (50, 1, 0, 0, 0));
}

#[tokio::test]
async fn many_callers_at_once_are_all_answered() {
    let pool = pool(3);
    let jobs: Vec<_> = (0..200)
        .map(|n| crate::support::start(&pool, Job { caller: worker_pool::Caller(n % 20), ..job("echo a") }))
        .collect();
    for job in jobs {
        assert_eq!(job.await.unwrap(), Ok(b"a".to_vec()));
    }
    assert!(pool.stats().started <= 3, "{:?}", pool.stats());
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_no_answer_behind() {
    let pool = pool_with(PoolConfig { wall_limit: Duration::from_millis(500), ..config(1) });
    works(&pool).await;
    for wait in [0, 1, 5, 50] {
        let _ = tokio::time::timeout(Duration::from_millis(wait), run(&pool, "burn 20")).await;
        works(&pool).await;
    }
    assert!(tokio::time::timeout(Duration::from_millis(20), pool.run(endless(1))).await.is_err());
    works(&pool).await;
    until("all is quiet", || pool.stats().running == 0 && pool.stats().waiting == 0).await;
}

#[test]
fn a_job_may_be_awaited_outside_of_any_runtime() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let pool = worker_pool::WorkerPool::new(config(1), runtime.handle().clone());
    let mut future = pin!(pool.run(job("echo a")));
    let mut context = Context::from_waker(Waker::noop());
    let output = loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => break output,
            Poll::Pending => std::thread::yield_now(),
        }
    };
    assert_eq!(output, Ok(b"a".to_vec()));
}

#[tokio::test]
async fn a_malformed_job_is_an_error_and_the_pool_goes_on() {
    let pool = pool(1);
    let too_long = Job { input: vec![b'x'; 2 << 20], ..job("") };
    assert!(matches!(pool.run(too_long).await, Err(JobError::Internal(_))));
    for unknown in [Job { task: TaskId(9), ..job("echo a") }, job("fail")] {
        assert!(matches!(pool.run(unknown).await, Err(JobError::Crashed(_))));
        works(&pool).await;
    }
    let long_answer = pool.run(job("write 1001")).await;
    assert!(matches!(long_answer, Err(JobError::Crashed(_))), "{long_answer:?}");
    works(&pool).await;
}

#[tokio::test]
async fn a_program_that_is_no_worker_is_an_error_of_the_pool() {
    for (program, args) in [("/nowhere/at/all", &[][..]), ("/bin/true", &[]), ("/bin/echo", &["not a worker at all"])] {
        let args = args.iter().map(|arg| (*arg).into()).collect();
        let pool = pool_with(PoolConfig::new(program.into(), args));
        let outcome = pool.run(job("echo a")).await;
        assert!(matches!(outcome, Err(JobError::Internal(_))), "{program}: {outcome:?}");
        assert_eq!(pool.stats().running, 0);
    }
}

#[tokio::test]
async fn a_pool_whose_runtime_is_gone_says_so() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let pool = worker_pool::WorkerPool::new(config(1), runtime.handle().clone());
    works(&pool).await;
    runtime.shutdown_background();
    let outcome = pool.run(job("echo a")).await;
    assert!(matches!(outcome, Err(JobError::Internal(_))), "{outcome:?}");
    let _ = Handle::current();
}
