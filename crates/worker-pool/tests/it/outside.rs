//! Workers that are stopped or ended from outside, and programs that only pretend to be one.

use std::{fs, path::Path, time::Duration};

use rustix::process::{Pid, Signal, kill_process};
use worker_pool::{JobError, WorkerPool};

use crate::support::{endless, file, job, run, scripted, start, until, works};

/// A pool with an idle worker, and that worker's process id.
async fn pool_with_known_worker(name: &str) -> (WorkerPool, Pid) {
    let ids = file(name);
    let pool = scripted("echo $$ >> \"$2\"; exec \"$1\"", &ids);
    works(&pool).await;
    let id = fs::read_to_string(&ids).unwrap().trim().parse().unwrap();
    (pool, Pid::from_raw(id).unwrap())
}

#[tokio::test]
async fn a_worker_killed_in_a_job_counts_as_ended_by_it() {
    let (pool, id) = pool_with_known_worker("killed-in-a-job").await;
    let running = start(&pool, endless(1));
    until("the job runs", || pool.stats().running == 1).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    kill_process(id, Signal::KILL).unwrap();
    assert!(matches!(running.await.unwrap(), Err(JobError::Crashed(_))));
    works(&pool).await;
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.killed, stats.started), (2, 1, 2));
}

#[tokio::test]
async fn a_job_whose_worker_an_operator_ended_is_done_again() {
    // The first worker takes a job and is ended by SIGTERM; the second is a real one.
    let script = "if [ -s \"$2\" ]; then exec \"$1\"; fi; echo 1 > \"$2\"; printf wgt-wrk1+; head -c 12 > /dev/null; \
                  printf '!'; kill -TERM $$";
    let pool = scripted(script, &file("asked-to-end"));
    works(&pool).await;
    let stats = pool.stats();
    assert_eq!((stats.answered, stats.killed, stats.started), (1, 1, 2));
}

#[tokio::test]
async fn a_second_attempt_has_the_time_that_is_left_and_without_an_answer_the_job_is_refused() {
    let (pool, id) = pool_with_known_worker("asked-to-end-late").await;
    let running = start(&pool, endless(1));
    tokio::time::sleep(Duration::from_millis(1_000)).await;
    kill_process(id, Signal::TERM).unwrap();
    assert_eq!(running.await.unwrap(), Err(JobError::Overloaded));
    until("the worker is gone", || pool.stats().running == 0).await;
    let stats = pool.stats();
    assert_eq!((stats.killed, stats.started, stats.overloaded), (2, 2, 1));
}

#[tokio::test]
async fn a_stopped_worker_is_replaced_before_it_has_a_job() {
    for ended_after in [None, Some(0), Some(100)] {
        let (pool, id) = pool_with_known_worker("stopped").await;
        kill_process(id, Signal::STOP).unwrap();
        // Each thread stops when it is scheduled next.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let running = start(&pool, job("echo a"));
        if let Some(wait) = ended_after {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            kill_process(id, Signal::KILL).unwrap();
        }
        assert_eq!(running.await.unwrap(), Ok(b"a".to_vec()), "{ended_after:?}");
        let stats = pool.stats();
        assert_eq!((stats.answered, stats.killed, stats.started), (2, 0, 2));
    }
}

#[tokio::test]
async fn a_worker_has_nothing_of_the_services_environment() {
    let seen = file("environment");
    let pool = scripted("echo \"${CARGO_MANIFEST_DIR-none} ${HOME-none}\" > \"$2\"; pwd >> \"$2\"; exec \"$1\"", &seen);
    works(&pool).await;
    assert_eq!(fs::read_to_string(seen).unwrap(), "none none\n/\n");
}

#[tokio::test]
async fn a_malformed_answer_ends_the_job() {
    for answer in ["!xxxxxxxx", "!\\000\\000\\000\\377\\377", "!\\000\\000\\000\\000\\011{}", "!"] {
        let script = format!("printf wgt-wrk1-; head -c 12 > /dev/null; printf '{answer}'");
        let pool = scripted(&script, Path::new("/"));
        let outcome = run(&pool, "echo a").await;
        assert!(matches!(outcome, Err(JobError::Crashed(_))), "{answer}: {outcome:?}");
        assert_eq!(pool.stats().killed, 1);
    }
}

#[tokio::test]
async fn a_worker_that_takes_no_job_is_tried_twice() {
    for script in ["printf wgt-wrk1+", "printf wgt-wrk1+; head -c 12 > /dev/null; printf x"] {
        let pool = scripted(script, Path::new("/"));
        let outcome = run(&pool, "echo a").await;
        assert!(matches!(outcome, Err(JobError::Internal(_))), "{outcome:?}");
        assert_eq!((pool.stats().started, pool.stats().running), (2, 0));
    }
}
