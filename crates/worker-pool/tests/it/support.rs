use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::{runtime::Handle, task::JoinHandle};
use worker_pool::{Caller, Job, JobError, PoolConfig, TaskId, WorkerPool};

/// Far more processor time than any job here takes that is to be answered.
const PLENTY: Duration = Duration::from_secs(20);

/// This many workers, and long limits of time: a busy machine must not fail a test that is not about time.
pub(crate) fn config(workers: usize) -> PoolConfig {
    PoolConfig {
        workers,
        wait_limit: Duration::from_secs(10),
        wall_limit: Duration::from_secs(20),
        ..PoolConfig::new(PathBuf::from(env!("CARGO_BIN_EXE_test-worker")), Vec::new())
    }
}

pub(crate) fn pool_with(config: PoolConfig) -> WorkerPool {
    WorkerPool::new(config, Handle::current())
}

pub(crate) fn pool(workers: usize) -> WorkerPool {
    pool_with(config(workers))
}

/// A pool of one worker that a shell script starts; `$1` is the worker's program and `$2` a file.
pub(crate) fn scripted(script: &str, file: &Path) -> WorkerPool {
    let args = ["-c", script, "sh", env!("CARGO_BIN_EXE_test-worker"), file.to_str().unwrap()];
    let args = args.map(Into::into).to_vec();
    pool_with(PoolConfig { program: "/bin/sh".into(), args, wall_limit: Duration::from_secs(2), ..config(1) })
}

/// An empty file of this name.
pub(crate) fn file(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, "").unwrap();
    path
}

pub(crate) fn job(input: &str) -> Job {
    Job { task: TaskId(1), input: input.into(), caller: Caller(1), cpu_limit: PLENTY, max_output_bytes: 1_000 }
}

/// A job that runs until it is ended.
pub(crate) fn endless(caller: u128) -> Job {
    Job { caller: Caller(caller), ..job("burn 100000000") }
}

pub(crate) async fn run(pool: &WorkerPool, input: &str) -> Result<String, JobError> {
    pool.run(job(input)).await.map(|output| String::from_utf8(output).unwrap())
}

pub(crate) fn start(pool: &WorkerPool, job: Job) -> JoinHandle<Result<Vec<u8>, JobError>> {
    let pool = pool.clone();
    tokio::spawn(async move { pool.run(job).await })
}

pub(crate) async fn works(pool: &WorkerPool) {
    assert_eq!(run(pool, "echo é").await, Ok("é".to_owned()));
}

/// Waits until this holds, for ten seconds at most.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..1_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}: not so after ten seconds");
}
