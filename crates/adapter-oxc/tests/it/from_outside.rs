//! Workers that somebody else stops or ends, and programs that only pretend to be one.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use adapter_oxc::{ComponentWorkers, WorkerPoolConfig};
use domain::component::ComponentReport;
use ports::{CheckComponentError, ComponentChecker as _};
use rustix::process::{Pid, Signal, kill_process};
use tokio::{runtime::Handle, task::JoinHandle};

use crate::support::{HONEST, caller, check, config, endless, source, until};

/// A pool of one worker that is started by a shell script.
fn scripted(script: &str, file: &Path) -> ComponentWorkers {
    let args = ["-c", script, "sh", env!("CARGO_BIN_EXE_component-worker"), file.to_str().unwrap()];
    let args = args.map(Into::into).to_vec();
    ComponentWorkers::new(WorkerPoolConfig { program: "/bin/sh".into(), args, ..config(1) }, Handle::current())
}

/// An empty file of this name.
fn file(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, "").unwrap();
    path
}

/// A pool with an idle worker, and that worker's process id.
async fn pool_with_known_worker(name: &str) -> (ComponentWorkers, Pid) {
    let ids = file(name);
    let pool = scripted("echo $$ >> \"$2\"; exec \"$1\"", &ids);
    assert!(check(&pool, HONEST).await.is_accepted());
    let id = fs::read_to_string(&ids).unwrap().trim().parse().unwrap();
    (pool, Pid::from_raw(id).unwrap())
}

/// Starts a check, and waits until the worker is at it.
async fn in_flight(pool: &ComponentWorkers, text: &str) -> JoinHandle<ComponentReport> {
    let (source, checker) = (source(text), pool.clone());
    let running = tokio::spawn(async move { checker.check(&source, caller(1)).await.unwrap() });
    until("the check runs", || pool.stats().running == 1).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    running
}

#[tokio::test]
async fn a_worker_killed_in_a_check_is_a_verdict_and_is_replaced() {
    let (pool, id) = pool_with_known_worker("killed-in-a-check").await;
    let running = in_flight(&pool, &endless()).await;
    kill_process(id, Signal::KILL).unwrap();
    let report = running.await.unwrap();
    assert_eq!(report.errors.len(), 1);
    assert_eq!((report.errors[0].code.as_str(), report.errors[0].line, report.errors[0].column), ("too-complex", 1, 1));
    assert!(check(&pool, HONEST).await.is_accepted());
    let stats = pool.stats();
    assert_eq!((stats.checked, stats.killed, stats.started), (2, 1, 2));
}

#[tokio::test]
async fn a_worker_asked_to_end_in_a_check_is_no_verdict_and_the_check_is_done_again() {
    // The first worker takes a source and is ended by SIGTERM; the second is a real one.
    let script = "if [ -s \"$2\" ]; then exec \"$1\"; fi; echo 1 > \"$2\"; printf wgt-chk2; head -c 20 > /dev/null; \
                  printf '!'; kill -TERM $$";
    let pool = scripted(script, &file("asked-to-end"));
    assert!(check(&pool, HONEST).await.is_accepted());
    let stats = pool.stats();
    assert_eq!((stats.checked, stats.killed, stats.started), (1, 1, 2));
}

#[tokio::test]
async fn a_check_done_again_has_what_is_left_of_its_time_and_without_an_answer_it_is_no_verdict() {
    let (pool, id) = pool_with_known_worker("asked-to-end-late").await;
    let (hostile, checker) = (source(&endless()), pool.clone());
    let start = Instant::now();
    let running = tokio::spawn(async move { checker.check(&hostile, caller(1)).await });
    tokio::time::sleep(Duration::from_millis(1000)).await;
    kill_process(id, Signal::TERM).unwrap();
    assert_eq!(running.await.unwrap(), Err(CheckComponentError::Overloaded));
    assert!(start.elapsed() < Duration::from_millis(2500), "{:?}", start.elapsed());
    until("the worker is gone", || pool.stats().running == 0).await;
    let stats = pool.stats();
    assert_eq!((stats.killed, stats.started, stats.overloaded), (2, 2, 1));
}

#[tokio::test]
async fn a_worker_that_was_stopped_is_replaced_before_it_has_a_source() {
    let (pool, id) = pool_with_known_worker("stopped").await;
    kill_process(id, Signal::STOP).unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let start = Instant::now();
    assert!(check(&pool, HONEST).await.is_accepted());
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    let stats = pool.stats();
    assert_eq!((stats.checked, stats.killed, stats.started), (2, 0, 2));
}

#[tokio::test]
async fn a_worker_killed_before_it_began_is_no_verdict() {
    for wait in [0, 1, 100] {
        let (pool, id) = pool_with_known_worker("killed-before").await;
        kill_process(id, Signal::STOP).unwrap();
        // A signal takes its time, and each thread stops by itself.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let (honest, checker) = (source(HONEST), pool.clone());
        let running = tokio::spawn(async move { checker.check(&honest, caller(1)).await.unwrap() });
        tokio::time::sleep(Duration::from_millis(wait)).await;
        kill_process(id, Signal::KILL).unwrap();
        assert!(running.await.unwrap().is_accepted(), "after {wait} ms");
        let stats = pool.stats();
        assert_eq!((stats.checked, stats.killed, stats.started), (2, 0, 2));
    }
}

#[tokio::test]
async fn a_worker_knows_nothing_of_the_services_environment() {
    let seen = file("environment");
    let pool = scripted("echo \"${CARGO_MANIFEST_DIR-none} ${HOME-none}\" > \"$2\"; pwd >> \"$2\"; exec \"$1\"", &seen);
    assert!(check(&pool, HONEST).await.is_accepted());
    assert_eq!(fs::read_to_string(seen).unwrap(), "none none\n/\n");
}

#[tokio::test]
async fn what_is_no_answer_is_a_verdict_as_well() {
    for answer in ["!xxxxxxxx", "!\\000\\000\\000\\002{}", "!\\000\\000\\000\\011{}", "!"] {
        let pool = scripted(&format!("printf wgt-chk2; head -c 20 > /dev/null; printf '{answer}'"), Path::new("/"));
        assert_eq!(check(&pool, HONEST).await.errors[0].code, "too-complex", "{answer}");
        assert_eq!(pool.stats().killed, 1);
    }
}

#[tokio::test]
async fn a_worker_that_takes_no_source_is_tried_twice_and_then_our_own_error() {
    for script in ["printf wgt-chk2", "printf wgt-chk2; head -c 20 > /dev/null; printf x"] {
        let pool = scripted(script, Path::new("/"));
        let outcome = pool.check(&source(HONEST), caller(1)).await;
        assert!(matches!(outcome, Err(CheckComponentError::Internal(_))), "{outcome:?}");
        assert_eq!((pool.stats().started, pool.stats().running), (2, 0));
    }
}
