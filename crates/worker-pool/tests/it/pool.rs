use std::{
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use worker_pool::{Job, JobError, PoolConfig, TaskId};

use crate::support::{ECHO, config, crash, job, pool, pool_of, run, start, until};

#[tokio::test]
async fn an_output_arrives_unchanged() {
    let pool = pool(1);
    let input: Vec<u8> = (0..=u8::MAX).cycle().take(1024 * 1024).collect();
    for input in [Vec::new(), b"\n\n!\0".to_vec(), input] {
        let echo = Job { task: ECHO, input: input.clone(), max_output_bytes: input.len(), ..job(1, "") };
        assert_eq!(pool.run(echo).await.unwrap(), input);
    }
}

#[tokio::test]
async fn a_worker_is_reused_with_its_state() {
    let pool = pool(4);
    for n in 1..=50 {
        assert_eq!(run(&pool, "count").await.unwrap(), n.to_string());
    }
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.started, stats.killed, stats.waiting, stats.running), (50, 1, 0, 0, 0));
}

#[tokio::test]
async fn a_job_past_the_wall_limit_times_out_and_its_worker_is_replaced() {
    let pool = pool_of(PoolConfig { wall_limit: Duration::from_millis(1_500), ..config(1) });
    assert_eq!(run(&pool, "count").await.unwrap(), "1");
    assert_eq!(run(&pool, "sleep 60000").await, Err(JobError::TimedOut));
    assert_eq!(run(&pool, "count").await.unwrap(), "1", "a fresh worker");
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.killed, stats.started), (2, 1, 2));
}

#[tokio::test]
async fn a_worker_that_grew_is_replaced() {
    let pool = pool(1);
    assert_eq!(run(&pool, "keep 20").await.unwrap(), "done");
    assert_eq!(run(&pool, "count").await.unwrap(), "2", "a worker with 20 MiB is reused");
    assert_eq!(run(&pool, "keep 80").await.unwrap(), "done");
    assert_eq!(run(&pool, "count").await.unwrap(), "1", "the worker was replaced");
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.killed, stats.started), (4, 0, 2));
}

#[tokio::test]
async fn a_cancelled_call_leaves_no_unread_answer_and_no_waiting_job() {
    let pool = pool(1);
    let mut jobs = 0;
    for wait in [0, 1, 5, 50] {
        // The job sends `done`; the job after it must get its own answer.
        let gone = tokio::time::timeout(Duration::from_millis(wait), run(&pool, "sleep 600")).await;
        assert!(gone.is_err());
        let now: u32 = run(&pool, "count").await.unwrap().parse().unwrap();
        assert!(now > jobs, "the worker lives on");
        jobs = now;
    }
    let holder = start(&pool, job(1, "sleep 500"));
    until("the worker is leased", || pool.stats().running == 1).await;
    let waiting = start(&pool, job(1, "count"));
    until("a job waits", || pool.stats().waiting == 1).await;
    waiting.abort();
    until("no job waits", || pool.stats().waiting == 0).await;
    assert_eq!(holder.await.unwrap().unwrap(), "done");
    assert_eq!(run(&pool, "count").await.unwrap(), (jobs + 2).to_string(), "the job that waited never ran");
    assert_eq!((pool.stats().running, pool.stats().started), (0, 1));
}

#[tokio::test]
async fn a_program_that_is_not_a_worker_is_an_internal_error() {
    let programs = [
        ("/nowhere/at/all", &[][..], "No such file"),
        ("/bin/true", &[], "exit status: 0"),
        ("/bin/echo", &["not a worker at all"], "another program's greeting"),
        ("/bin/sh", &["-c", "echo this is why >&2; exit 3"], "exit status: 3 and the message: this is why"),
    ];
    for (program, args, known) in programs {
        let args = args.iter().map(|arg| (*arg).into()).collect();
        let pool = pool_of(PoolConfig { program: program.into(), args, ..config(1) });
        let outcome = run(&pool, "count").await;
        let Err(JobError::Internal(reason)) = outcome else { panic!("{program}: {outcome:?}") };
        assert!(reason.contains(known), "{program}: {reason}");
        assert_eq!((pool.stats().running, pool.stats().killed), (0, 0));
    }
}

#[tokio::test]
async fn an_input_over_one_mebibyte_is_an_error_without_starting_a_worker() {
    let pool = pool(1);
    let outcome = pool.run(Job { task: ECHO, input: vec![0; 1024 * 1024 + 1], ..job(1, "") }).await;
    assert!(matches!(&outcome, Err(JobError::Internal(reason)) if reason.contains("1048577")), "{outcome:?}");
    assert_eq!(pool.stats().started, 0);
}

#[tokio::test]
async fn an_unknown_task_is_named_in_the_error() {
    let pool = pool(1);
    let outcome = pool.run(Job { task: TaskId(9), ..job(1, "") }).await;
    assert!(crash(outcome.map(|_| String::new())).contains("there is no task 9"));
}

#[test]
fn a_job_may_be_awaited_outside_of_any_runtime() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let pool = {
        let _runtime = runtime.enter();
        pool(1)
    };
    let plain = std::thread::spawn(move || {
        let mut running = pin!(run(&pool, "count"));
        let mut context = Context::from_waker(Waker::noop());
        loop {
            match running.as_mut().poll(&mut context) {
                Poll::Ready(outcome) => return outcome,
                Poll::Pending => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    });
    assert_eq!(plain.join().unwrap().unwrap(), "1");
}

#[tokio::test]
async fn a_pool_whose_runtime_has_shut_down_returns_an_internal_error() {
    let runtime = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let pool = runtime.block_on(async {
            let pool = pool(1);
            assert_eq!(run(&pool, "count").await.unwrap(), "1");
            pool
        });
        (runtime, pool)
    });
    let (runtime, pool) = runtime.join().unwrap();
    runtime.shutdown_background();
    let outcome = run(&pool, "count").await;
    assert!(matches!(outcome, Err(JobError::Internal(_))), "{outcome:?}");
}
