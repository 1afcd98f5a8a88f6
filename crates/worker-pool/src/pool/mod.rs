//! The service's side of the pool. The life of a job:
//!
//! 1. [`WorkerPool::run`] adds the job to the [`queue`], or refuses it when the queue is full.
//! 2. The job waits until it is its caller's turn and a worker slot is free, at most [`PoolConfig::wait_limit`].
//! 3. The pool takes the job from the queue and leases it the slot ([`lease`]). From here on the wall limit counts.
//! 4. A separate tokio task runs the lease, so the answer is read even when the caller has gone away.
//! 5. An empty slot gets a new process ([`process`]), which sends a greeting after it has limited itself.
//! 6. The worker accepts the job with one byte. A worker that sends no such byte had ended or was suspended
//!    before the job began; another worker gets the job.
//! 7. The worker sends its answer. The caller gets it, and the slot returns to the pool with its worker.
//! 8. A worker that has grown too large ends after its answer, and the slot returns empty.
//! 9. A job that overflows the stack ends its worker. Over the CPU limit the worker ends itself; over the wall limit the pool
//!    kills it. For 30 seconds the caller is a suspect: all suspects together get at most half of the workers.
//! 10. A job whose worker was killed from outside runs once more, on another worker.

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
    /// The arguments that make the program a worker.
    pub args: Vec<OsString>,
    /// Maximum number of processes, at least 1. The pool starts them on demand. With only one, a hostile job can delay all
    /// others by the wall limit.
    pub workers: usize,
    /// Maximum number of waiting jobs.
    pub queue: usize,
    /// Maximum number of waiting jobs of one caller.
    pub queue_per_caller: usize,
    /// Maximum time that a job waits for a worker.
    pub wait_limit: Duration,
    /// Maximum time from the lease of a worker slot to the answer. Includes the start of a worker and a second attempt, and also
    /// ends a job that waits without using processor time.
    pub wall_limit: Duration,
    /// Names a caller in the log.
    pub caller_name: fn(Caller) -> String,
}

impl PoolConfig {
    /// The defaults: 4 workers, 256 waiting jobs in all and 32 of one caller, a wait limit of 0.75 seconds and a wall limit
    /// of 2 seconds.
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

/// The client that a job runs for. A caller has at most half of the workers at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller(pub u128);

/// Work for a worker.
#[derive(Debug, Clone)]
pub struct Job {
    /// The task to run.
    pub task: TaskId,
    /// The input of the task's handler, at most 1 MiB.
    pub input: Vec<u8>,
    /// The client that the job runs for.
    pub caller: Caller,
    /// Maximum processor time, rounded up to milliseconds. The worker ends itself when it is used up.
    pub cpu_limit: Duration,
    /// Maximum length of the output. A longer one is a [`JobError::Crashed`].
    pub max_output_bytes: usize,
}

/// Why a job has no output.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// The queue was full, no worker was free in time, or a second attempt ran out of time. The job is not the cause, and
    /// may be retried.
    #[error("too many jobs are waiting")]
    Overloaded,
    /// The job used up its processor time.
    #[error("the job used up its processor time")]
    CpuLimit,
    /// The job reached the wall limit before it had used up its processor time.
    #[error("the job took too long")]
    TimedOut,
    /// The job ended its worker: it overflowed the stack or ran out of memory, or the worker sent a malformed answer. The text
    /// is for the log.
    #[error("the job ended its worker: {0}")]
    Crashed(String),
    /// The pool failed: a worker cannot be started, or two in a row were ended from outside. The text is for the log.
    #[error("the worker pool failed: {0}")]
    Internal(String),
}

/// Counters of a pool since its creation, and two gauges, for the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PoolStats {
    /// Jobs that a worker answered.
    pub answered: u64,
    /// Workers that ended during a job, because of the job or from outside.
    pub killed: u64,
    /// Jobs that were refused as [`JobError::Overloaded`].
    pub overloaded: u64,
    /// Processes that were started.
    pub started: u64,
    /// Jobs that are waiting now.
    pub waiting: usize,
    /// Jobs that are running now.
    pub running: usize,
}

/// Runs jobs in worker processes.
///
/// Callers are served round-robin, and a caller has at most half of the workers. Callers whose jobs ended workers in the last
/// 30 seconds (suspects) share half of the workers, so hostile jobs do not delay those of others.
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
    queue: FairQueue<QueuedJob>,
    /// The free worker slots. Those with an idle worker are at the end, and are taken first.
    free: Vec<Option<Worker>>,
    running: usize,
}

#[derive(Debug)]
struct QueuedJob {
    job: Job,
    reply: oneshot::Sender<Result<Vec<u8>, JobError>>,
}

impl WorkerPool {
    /// A pool without processes. `runtime` reads and writes their pipes. It must live as long as the pool and should not be
    /// busy, as an actix worker's runtime is.
    pub fn new(config: PoolConfig, runtime: Handle) -> Self {
        let workers = config.workers.max(1);
        let half = (workers / 2).max(1);
        let limits = Limits {
            waiting: config.queue,
            waiting_per_caller: config.queue_per_caller,
            running_per_caller: half,
            running_of_all_suspects: half,
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

    /// Runs a job and returns its output, within the sum of wait limit and wall limit whatever the input is. May be awaited on
    /// any runtime, or on none.
    pub async fn run(&self, job: Job) -> Result<Vec<u8>, JobError> {
        let pool = &self.0;
        if job.input.len() > MAX_INPUT_BYTES {
            return Err(JobError::Internal(format!("an input of {} bytes is too long", job.input.len())));
        }
        let caller = job.caller;
        let (reply, mut answer) = oneshot::channel();
        let ticket = pool.state().queue.push(caller, QueuedJob { job, reply });
        let Some(ticket) = ticket else {
            return Err(pool.overloaded());
        };
        let entry = QueueEntry { pool, caller, ticket };
        pool.dispatch();
        let answer_in_time = {
            let _timers = pool.runtime.enter();
            timeout(pool.config.wait_limit, &mut answer)
        };
        let answer = match answer_in_time.await {
            Ok(answer) => answer,
            Err(_) if entry.cancel() => return Err(pool.overloaded()),
            // The job has been leased a slot, so its lease answers within the wall limit.
            Err(_) => answer.await,
        };
        answer.unwrap_or_else(|_| Err(JobError::Internal("the worker pool was shut down".into())))
    }
}

/// A job's entry in the queue. Dropping it cancels the job if it still waits.
struct QueueEntry<'p> {
    pool: &'p Pool,
    caller: Caller,
    ticket: Ticket,
}

impl QueueEntry<'_> {
    /// Removes the job from the queue. Returns whether it was still waiting.
    fn cancel(&self) -> bool {
        self.pool.state().queue.cancel(self.caller, self.ticket)
    }
}

impl Drop for QueueEntry<'_> {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl Pool {
    fn state(&self) -> MutexGuard<'_, State> {
        // The state is consistent: no code panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a refused job.
    fn overloaded(&self) -> JobError {
        self.overloaded.fetch_add(1, Ordering::Relaxed);
        JobError::Overloaded
    }

    /// Counts a new worker. Warns once if its system calls are not filtered.
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

    /// Leases free slots to the next jobs.
    fn dispatch(self: &Arc<Self>) {
        while let Some((QueuedJob { job, reply }, slot)) = self.next() {
            let lease = Lease::new(Arc::clone(self), job.caller, slot);
            self.runtime.spawn(lease.run(job, reply));
        }
    }

    fn next(&self) -> Option<(QueuedJob, Option<Worker>)> {
        let mut state = self.state();
        if state.free.is_empty() {
            return None;
        }
        let job = state.queue.pop(Instant::now())?;
        let slot = state.free.pop()?;
        state.running += 1;
        Some((job, slot))
    }
}
