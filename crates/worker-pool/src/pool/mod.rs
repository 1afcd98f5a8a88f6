//! The pool: a fair queue of jobs, leases of workers, and the processes.
//!
//! A job waits in the [`queue`], is given a worker, and holds it until the answer arrives or the worker is gone
//! ([`lease`]). That happens in a separate tokio task, so a caller that goes away leaves no worker with an unread answer.

mod lease;
mod process;
mod queue;

use std::{
    ffi::OsString,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, Once, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{runtime::Handle, sync::oneshot, time::timeout};

use self::{
    lease::Lease,
    process::Worker,
    queue::{FairQueue, Limits, Ticket},
};
use crate::{TaskId, wire::MAX_INPUT_BYTES};

/// How a pool starts its workers, and its limits.
#[derive(Debug, Clone)]
pub struct PoolConfig {
    /// The program that runs [`run_worker`](crate::run_worker), as an absolute path. On Linux `/proc/self/exe` is the
    /// service itself, even after an upgrade has replaced its file.
    pub program: PathBuf,
    /// The arguments that make it a worker.
    pub args: Vec<OsString>,
    /// Maximum of processes, at least 1. The pool starts them on demand. With one alone, a hostile job delays all others
    /// by the wall limit.
    pub workers: usize,
    /// Maximum of waiting jobs.
    pub queue: usize,
    /// Maximum of waiting jobs of one caller.
    pub queue_per_caller: usize,
    /// Maximum time that a job waits for a worker.
    pub wait_limit: Duration,
    /// Maximum time from a job's lease of a worker to its answer, with the start of a worker and a second attempt.
    pub wall_limit: Duration,
    /// The name of a caller in the log.
    pub caller_name: fn(Caller) -> String,
}

impl PoolConfig {
    /// The defaults for a program: four workers, 256 waiting jobs of which 32 are of one caller, 0.75 seconds until a
    /// worker is free and 2 until the answer.
    pub fn new(program: PathBuf, args: Vec<OsString>) -> Self {
        Self {
            program,
            args,
            workers: 4,
            queue: 256,
            queue_per_caller: 32,
            wait_limit: Duration::from_millis(750),
            wall_limit: Duration::from_secs(2),
            caller_name: |Caller(id)| format!("{id:032x}"),
        }
    }
}

/// Identifies for whom a job runs. One caller has at most half of the workers at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller(pub u128);

/// Work for a worker.
#[derive(Debug, Clone)]
pub struct Job {
    /// What is done with the input.
    pub task: TaskId,
    /// What the task's handler is given: at most 1 MiB.
    pub input: Vec<u8>,
    /// For whom.
    pub caller: Caller,
    /// Processor time after which the worker ends itself, rounded up to milliseconds.
    pub cpu_limit: Duration,
    /// Longest output that is an answer.
    pub max_output_bytes: usize,
}

/// Why a job has no output.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// The job is not the cause: the queue was full, no worker was free in time, or an interrupted job had no time left.
    /// The caller may try again.
    #[error("too many jobs are waiting")]
    Overloaded,
    /// The job used up its processor time.
    #[error("the job used up its processor time")]
    CpuLimit,
    /// The job reached the wall limit before it had used up its processor time.
    #[error("the job took too long")]
    TimedOut,
    /// The job ended its worker: it overflowed the stack, ran out of memory, or the worker sent something that is no
    /// answer. The text is for the log.
    #[error("the job ended its worker: {0}")]
    Crashed(String),
    /// The pool failed: a worker cannot be started, or operators end workers. The text is for the log.
    #[error("the worker pool failed: {0}")]
    Internal(String),
}

/// Counters of a pool, for the metrics. All but the last two count from the start of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PoolStats {
    /// Jobs that a worker answered.
    pub answered: u64,
    /// Jobs that ended their worker, and workers that were ended from outside during a job.
    pub killed: u64,
    /// Jobs that were refused as [`JobError::Overloaded`].
    pub overloaded: u64,
    /// Processes started, replacements included.
    pub started: u64,
    /// Jobs that wait now.
    pub waiting: usize,
    /// Jobs that run now.
    pub running: usize,
}

/// Runs jobs in worker processes.
///
/// Callers are served round-robin, and one caller has at most half of the workers. Callers whose jobs ended workers in the last 30
/// seconds share half of the workers, whatever their number, so hostile jobs do not delay those of others.
#[derive(Debug, Clone)]
pub struct WorkerPool(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    config: PoolConfig,
    runtime: Handle,
    state: Mutex<State>,
    answered: AtomicU64,
    killed: AtomicU64,
    overloaded: AtomicU64,
    started: AtomicU64,
    sandbox_warning: Once,
}

#[derive(Debug)]
struct State {
    queue: FairQueue<Queued>,
    /// Slots for idle workers; those with a process are at the end and taken first.
    free: Vec<Option<Worker>>,
    running: usize,
}

#[derive(Debug)]
struct Queued {
    job: Job,
    reply: oneshot::Sender<Result<Vec<u8>, JobError>>,
}

impl WorkerPool {
    /// A pool whose processes are driven by `runtime`, which must live as long as the service: pipes belong to the runtime
    /// that opened them, and a busy one, such as an actix worker's, would delay jobs. No process is started yet.
    pub fn new(config: PoolConfig, runtime: Handle) -> Self {
        let workers = config.workers.max(1);
        let half = (workers / 2).max(1);
        let limits = Limits {
            waiting: config.queue,
            waiting_per_caller: config.queue_per_caller,
            running_per_caller: half,
            running_of_suspects: half,
        };
        let free = std::iter::repeat_with(|| None).take(workers).collect();
        let state = Mutex::new(State { queue: FairQueue::new(limits), free, running: 0 });
        let (answered, killed, overloaded, started) = Default::default();
        let sandbox_warning = Once::new();
        Self(Arc::new(Pool { config, runtime, state, answered, killed, overloaded, started, sandbox_warning }))
    }

    /// The counters now.
    pub fn stats(&self) -> PoolStats {
        let pool = &self.0;
        let (waiting, running) = {
            let state = pool.state();
            (state.queue.waiting(), state.running)
        };
        PoolStats {
            answered: pool.answered.load(Ordering::Relaxed),
            killed: pool.killed.load(Ordering::Relaxed),
            overloaded: pool.overloaded.load(Ordering::Relaxed),
            started: pool.started.load(Ordering::Relaxed),
            waiting,
            running,
        }
    }

    /// Runs a job and returns its output. May be awaited on any runtime, or on none.
    ///
    /// The answer comes within the wait limit and the wall limit, whatever the input makes a worker do.
    pub async fn run(&self, job: Job) -> Result<Vec<u8>, JobError> {
        let pool = &self.0;
        if job.input.len() > MAX_INPUT_BYTES {
            return Err(JobError::Internal(format!("an input of {} bytes is too long", job.input.len())));
        }
        let caller = job.caller;
        let (reply, mut answer) = oneshot::channel();
        let ticket = pool.state().queue.push(caller, Queued { job, reply });
        let Some(ticket) = ticket else {
            return Err(pool.overloaded());
        };
        let waiting = Waiting { pool, caller, ticket };
        pool.dispatch();
        let first = {
            let _timers = pool.runtime.enter();
            timeout(pool.config.wait_limit, &mut answer)
        };
        let answer = match first.await {
            Ok(answer) => answer,
            Err(_) if waiting.withdraw() => return Err(pool.overloaded()),
            // A worker has the job, and from there on the wall limit holds.
            Err(_) => answer.await,
        };
        answer.unwrap_or_else(|_| Err(JobError::Internal("the worker pool was shut down".into())))
    }
}

/// Removes a job from the queue when its caller goes away.
struct Waiting<'p> {
    pool: &'p Pool,
    caller: Caller,
    ticket: Ticket,
}

impl Waiting<'_> {
    /// Removes the job from the queue. Returns whether it was still there.
    fn withdraw(&self) -> bool {
        self.pool.state().queue.cancel(self.caller, self.ticket)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.withdraw();
    }
}

impl Pool {
    fn state(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a refused job.
    fn overloaded(&self) -> JobError {
        self.overloaded.fetch_add(1, Ordering::Relaxed);
        JobError::Overloaded
    }

    /// Counts a new worker, and warns once when its system calls are not filtered.
    fn started(&self, worker: Worker) -> Worker {
        self.started.fetch_add(1, Ordering::Relaxed);
        if cfg!(target_os = "linux") && !worker.is_sandboxed {
            self.sandbox_warning.call_once(|| {
                tracing::warn!(
                    "the workers' system calls are not filtered on this machine; only resource limits hold them"
                );
            });
        }
        worker
    }

    /// Gives free workers to the next jobs.
    fn dispatch(self: &Arc<Self>) {
        while let Some((Queued { job, reply }, slot)) = self.next() {
            let lease = Lease::new(Arc::clone(self), job.caller, slot);
            self.runtime.spawn(lease.run(job, reply));
        }
    }

    fn next(&self) -> Option<(Queued, Option<Worker>)> {
        let mut state = self.state();
        if state.free.is_empty() {
            return None;
        }
        let queued = state.queue.pop(Instant::now())?;
        let slot = state.free.pop()?;
        state.running += 1;
        Some((queued, slot))
    }
}
