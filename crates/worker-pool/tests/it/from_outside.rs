//! Workers that are suspended or ended from outside, and programs that are not workers.

use std::{
    fs::{self, DirEntry},
    io,
    path::Path,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use worker_pool::{JobError, PoolConfig};

use crate::support::{config, crash, file, job, pool_of, pool_with_known_worker, run, scripted, start, until};

fn signal(id: i32, signal: Signal) {
    kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
}

/// Suspends a process and waits until all its threads have stopped.
async fn suspend(id: i32) {
    signal(id, Signal::STOP);
    let is_stopped = |thread: io::Result<DirEntry>| {
        let stat = thread.and_then(|thread| fs::read_to_string(thread.path().join("stat")));
        stat.is_ok_and(|stat| stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T')))
    };
    until("the worker is suspended", || fs::read_dir(format!("/proc/{id}/task")).unwrap().all(is_stopped)).await;
}

#[tokio::test]
async fn a_job_whose_worker_is_killed_runs_again_and_is_blamed_the_second_time() {
    let (pool, id) = pool_with_known_worker("killed-during-a-job").await;
    let running = start(&pool, job(1, "sleep 1000"));
    until("the job runs", || pool.stats().running == 1).await;
    // Nothing shows that the worker has accepted it.
    tokio::time::sleep(Duration::from_millis(200)).await;
    signal(id, Signal::KILL);
    assert!(running.await.unwrap().is_ok());
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.killed, stats.started), (2, 1, 2));

    let pool =
        pool_of(scripted("printf wgt-wrk1+; head -c 14 > /dev/null; printf '!'; kill -KILL $$", &file("killed")));
    assert!(crash(run(&pool, "count").await).contains("SIGKILL"));
    until("the workers are gone", || pool.stats().running == 0).await;
    assert_eq!((pool.stats().killed, pool.stats().started), (2, 2));
}

#[tokio::test]
async fn a_job_whose_worker_an_operator_ends_runs_again() {
    // The first worker takes a job and is ended by SIGTERM; the second is a real one.
    let script = "if [ -s \"$2\" ]; then exec \"$1\"; fi; echo 1 > \"$2\"; printf wgt-wrk1+; head -c 14 > /dev/null; \
                  printf '!'; kill -TERM $$";
    let pool = pool_of(scripted(script, &file("asked-to-end")));
    assert_eq!(run(&pool, "count").await.unwrap(), "1");
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.killed, stats.started), (1, 1, 2));
}

#[tokio::test]
async fn a_second_attempt_has_only_the_remaining_time_and_its_timeout_is_not_blamed_on_the_job() {
    // The first worker is ended by SIGTERM half a second into its job.
    let script = "if [ -s \"$2\" ]; then exec \"$1\"; fi; echo 1 > \"$2\"; printf wgt-wrk1+; head -c 20 > /dev/null; \
                  printf '!'; sleep 0.5; kill -TERM $$";
    let config = scripted(script, &file("asked-to-end-late"));
    let pool = pool_of(PoolConfig { wall_limit: Duration::from_secs(3), ..config });
    assert_eq!(run(&pool, "sleep 15000").await, Err(JobError::Overloaded));
    until("the worker is gone", || pool.stats().running == 0).await;
    let stats = pool.stats();
    assert_eq!((stats.killed, stats.started, stats.overloaded), (2, 2, 1));
}

#[tokio::test]
async fn a_suspended_worker_is_replaced_before_it_accepts_a_job() {
    let (pool, id) = pool_with_known_worker("stopped").await;
    suspend(id).await;
    assert_eq!(run(&pool, "count").await.unwrap(), "1", "a fresh worker");
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.killed, stats.started), (2, 0, 2));
}

#[tokio::test]
async fn a_worker_killed_before_it_accepts_a_job_does_not_fail_the_job() {
    for wait in [0, 1, 100] {
        let (pool, id) = pool_with_known_worker("killed-before").await;
        suspend(id).await;
        let running = start(&pool, job(1, "count"));
        tokio::time::sleep(Duration::from_millis(wait)).await;
        signal(id, Signal::KILL);
        assert_eq!(running.await.unwrap().unwrap(), "1", "after {wait} ms");
        let stats = pool.stats();
        assert_eq!((stats.answered, stats.killed, stats.started), (2, 0, 2));
    }
}

#[tokio::test]
async fn a_worker_has_nothing_of_the_services_environment() {
    let seen = file("environment");
    let script = "echo \"${CARGO_MANIFEST_DIR-none} ${HOME-none}\" > \"$2\"; pwd >> \"$2\"; exec \"$1\"";
    let pool = pool_of(scripted(script, &seen));
    assert_eq!(run(&pool, "count").await.unwrap(), "1");
    assert_eq!(fs::read_to_string(seen).unwrap(), "none none\n/\n");
}

#[tokio::test]
async fn two_workers_that_accept_no_job_are_an_internal_error() {
    for script in ["printf wgt-wrk1+", "printf wgt-wrk1-; head -c 14 > /dev/null; printf x"] {
        let pool = pool_of(scripted(script, Path::new("/")));
        let outcome = run(&pool, "count").await;
        assert!(matches!(outcome, Err(JobError::Internal(_))), "{outcome:?}");
        assert_eq!((pool.stats().started, pool.stats().running), (2, 0));
    }
}

#[tokio::test]
async fn a_greeting_of_another_version_is_refused() {
    for greeting in ["wgt-wrk2+", "wgt-wrk1?"] {
        let args = vec!["-c".into(), format!("printf '{greeting}'; cat").into()];
        let pool = pool_of(PoolConfig { program: "/bin/sh".into(), args, ..config(1) });
        let outcome = run(&pool, "count").await;
        assert!(matches!(&outcome, Err(JobError::Internal(reason)) if reason.contains("greeting")), "{outcome:?}");
    }
}
