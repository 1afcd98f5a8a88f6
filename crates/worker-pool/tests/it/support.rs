use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::{runtime::Handle, task::JoinHandle};
use worker_pool::{Caller, Job, JobError, PoolConfig, TaskId, WorkerPool};

/// The program with the tasks.
pub(crate) const WORKER: &str = env!("CARGO_BIN_EXE_test-worker");

/// The task whose input is a command.
pub(crate) const COMMANDS: TaskId = TaskId(1);

/// The task that returns its input.
pub(crate) const ECHO: TaskId = TaskId(2);

/// Up to this many workers, with long limits so that a busy machine fails no test.
pub(crate) fn config(workers: usize) -> PoolConfig {
    PoolConfig {
        workers,
        wait_limit: Duration::from_secs(20),
        wall_limit: Duration::from_secs(20),
        ..PoolConfig::new(PathBuf::from(WORKER), Vec::new())
    }
}

/// A pool of this many workers.
pub(crate) fn pool(workers: usize) -> WorkerPool {
    pool_of(config(workers))
}

pub(crate) fn pool_of(config: PoolConfig) -> WorkerPool {
    WorkerPool::new(config, Handle::current())
}

/// At most one worker, started by a shell script. In it `$1` is the program and `$2` the file.
pub(crate) fn scripted(script: &str, file: &Path) -> PoolConfig {
    let args = ["-c", script, "sh", WORKER, file.to_str().unwrap()];
    PoolConfig { program: "/bin/sh".into(), args: args.map(Into::into).to_vec(), ..config(1) }
}

/// An empty file of this name.
pub(crate) fn file(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, "").unwrap();
    path
}

/// A script for [`scripted`] that writes the worker's process id to the file.
pub(crate) const NOTES_ITS_ID: &str = "echo $$ > \"$2\"; exec \"$1\"";

/// A pool with an idle worker, and that worker's process id.
pub(crate) async fn pool_with_known_worker(name: &str) -> (WorkerPool, i32) {
    let id = file(name);
    let pool = pool_of(scripted(NOTES_ITS_ID, &id));
    assert_eq!(run(&pool, "count").await.unwrap(), "1");
    let id = fs::read_to_string(&id).unwrap().trim().parse().unwrap();
    (pool, id)
}

/// A command for this caller, with more processor time than any test uses.
pub(crate) fn job(caller: u128, command: &str) -> Job {
    Job {
        task: COMMANDS,
        input: command.into(),
        caller: Caller(caller),
        cpu_limit: Duration::from_secs(20),
        max_output_bytes: 1024,
    }
}

/// A command with a limit of processor time.
pub(crate) fn limited(caller: u128, command: &str, cpu_millis: u64) -> Job {
    Job { cpu_limit: Duration::from_millis(cpu_millis), ..job(caller, command) }
}

/// Runs a command of caller 1.
pub(crate) async fn run(pool: &WorkerPool, command: &str) -> Result<String, JobError> {
    text(pool.run(job(1, command)).await)
}

/// Starts a job.
pub(crate) fn start(pool: &WorkerPool, job: Job) -> JoinHandle<Result<String, JobError>> {
    let pool = pool.clone();
    tokio::spawn(async move { text(pool.run(job).await) })
}

fn text(output: Result<Vec<u8>, JobError>) -> Result<String, JobError> {
    output.map(|output| String::from_utf8(output).unwrap())
}

/// The reason of a [`JobError::Crashed`].
pub(crate) fn crash(outcome: Result<String, JobError>) -> String {
    match outcome {
        Err(JobError::Crashed(reason)) => reason,
        other => panic!("not a crash: {other:?}"),
    }
}

/// Waits until this holds, for 30 seconds at most.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..3_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}: still not so after 30 seconds");
}
