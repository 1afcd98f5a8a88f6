//! The pool of worker processes: the adapter of [`ComponentChecker`].
//!
//! A check waits for its turn ([`queue`]), is given a worker, and holds it until there is an answer or the worker is
//! gone; this happens in a task of its own, so a caller that goes away leaves no worker with an answer nobody read.

mod process;
mod queue;

use std::{
    ffi::OsString,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use domain::{
    component::{ComponentError, ComponentReport, ComponentSource},
    id::ApiKeyId,
};
use ports::{CheckComponentError, ComponentChecker};
use tokio::{runtime::Handle, sync::oneshot};

use self::{
    process::{Failure, Worker},
    queue::{Bounds, FairQueue, Ticket},
};
use crate::check::{Rule, TOO_COMPLEX};

/// How a pool starts its workers, and its bounds.
#[derive(Debug, Clone)]
pub struct WorkerPoolConfig {
    /// The program that runs [`worker_main`](crate::worker_main), as an absolute path. On Linux `/proc/self/exe` is the
    /// service itself, even after its file was replaced by an upgrade.
    pub program: PathBuf,
    /// The arguments that make it a worker.
    pub args: Vec<OsString>,
    /// Most processes at a time, at least 1. They are started when they are needed. With one alone, a hostile check
    /// keeps everybody waiting for as long as the wall limit.
    pub workers: usize,
    /// Most checks that wait, of all callers together.
    pub queue: usize,
    /// Most checks of one caller that wait.
    pub queue_per_caller: usize,
    /// Longest time for one check, counted from the moment its source is sent to a worker.
    pub wall_limit: Duration,
}

impl WorkerPoolConfig {
    /// The defaults for a program: four workers, 256 waiting checks of which 32 are of one caller, 2 seconds for each.
    pub fn new(program: PathBuf, args: Vec<OsString>) -> Self {
        Self { program, args, workers: 4, queue: 256, queue_per_caller: 32, wall_limit: Duration::from_secs(2) }
    }
}

/// Figures of a pool, for the metrics. All but the last two count from the start of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WorkerStats {
    /// Checks that a worker answered.
    pub checked: u64,
    /// Checks that ended their worker: it died, took too long or talked nonsense.
    pub killed: u64,
    /// Checks that were turned away because too many waited.
    pub overloaded: u64,
    /// Processes started, those that replaced others among them.
    pub started: u64,
    /// Checks that wait now.
    pub waiting: usize,
    /// Checks that workers do now.
    pub running: usize,
}

/// Checks components in worker processes.
///
/// One caller holds at most all workers but one at a time, and callers take turns, so hostile sources of one key do not
/// keep another's honest ones waiting.
#[derive(Debug, Clone)]
pub struct ComponentWorkers(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    config: WorkerPoolConfig,
    runtime: Handle,
    state: Mutex<State>,
    checked: AtomicU64,
    killed: AtomicU64,
    overloaded: AtomicU64,
    started: AtomicU64,
}

#[derive(Debug)]
struct State {
    queue: FairQueue<Job>,
    /// Places for workers that do nothing now; those with a process are at the end and taken first.
    free: Vec<Option<Worker>>,
    running: usize,
}

#[derive(Debug)]
struct Job {
    source: ComponentSource,
    caller: ApiKeyId,
    reply: oneshot::Sender<Result<ComponentReport, CheckComponentError>>,
}

impl ComponentWorkers {
    /// A pool whose processes are driven by `runtime`, which must live as long as the service: pipes belong to the
    /// runtime that opened them, and one that is busy with requests, as an actix worker's is, would hold up checks.
    /// No process is started yet.
    pub fn new(config: WorkerPoolConfig, runtime: Handle) -> Self {
        let workers = config.workers.max(1);
        let bounds = Bounds {
            waiting: config.queue,
            waiting_per_caller: config.queue_per_caller,
            running_per_caller: (workers - 1).max(1),
        };
        let free = std::iter::repeat_with(|| None).take(workers).collect();
        let state = Mutex::new(State { queue: FairQueue::new(bounds), free, running: 0 });
        let (checked, killed, overloaded, started) = Default::default();
        Self(Arc::new(Pool { config, runtime, state, checked, killed, overloaded, started }))
    }

    /// The pool's figures now.
    pub fn stats(&self) -> WorkerStats {
        let pool = &self.0;
        let (waiting, running) = {
            let state = pool.state();
            (state.queue.waiting(), state.running)
        };
        WorkerStats {
            checked: pool.checked.load(Ordering::Relaxed),
            killed: pool.killed.load(Ordering::Relaxed),
            overloaded: pool.overloaded.load(Ordering::Relaxed),
            started: pool.started.load(Ordering::Relaxed),
            waiting,
            running,
        }
    }
}

#[async_trait]
impl ComponentChecker for ComponentWorkers {
    async fn check(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<ComponentReport, CheckComponentError> {
        let pool = &self.0;
        let (reply, answer) = oneshot::channel();
        let ticket = pool.state().queue.push(caller, Job { source: source.clone(), caller, reply });
        let Some(ticket) = ticket else {
            pool.overloaded.fetch_add(1, Ordering::Relaxed);
            return Err(CheckComponentError::Overloaded);
        };
        let _waiting = Waiting { pool, caller, ticket };
        pool.dispatch();
        answer.await.unwrap_or_else(|_| Err(CheckComponentError::Internal("the worker pool was shut down".into())))
    }
}

/// Takes a check out of the queue when its caller goes away before its turn.
struct Waiting<'p> {
    pool: &'p Pool,
    caller: ApiKeyId,
    ticket: Ticket,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.pool.state().queue.cancel(self.caller, self.ticket);
    }
}

impl Pool {
    fn state(&self) -> MutexGuard<'_, State> {
        // No code that holds the lock can panic half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives free workers to the checks whose turn it is.
    fn dispatch(self: &Arc<Self>) {
        while let Some((job, place)) = self.next() {
            let turn = Turn { pool: Arc::clone(self), caller: job.caller, worker: place };
            self.runtime.spawn(turn.run(job));
        }
    }

    fn next(&self) -> Option<(Job, Option<Worker>)> {
        let mut state = self.state();
        if state.free.is_empty() {
            return None;
        }
        let (_, job) = state.queue.pop()?;
        let place = state.free.pop()?;
        state.running += 1;
        Some((job, place))
    }
}

/// A check's hold on a worker's place. Dropping it passes the place on.
struct Turn {
    pool: Arc<Pool>,
    caller: ApiKeyId,
    worker: Option<Worker>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        {
            let mut state = self.pool.state();
            state.queue.finished(self.caller);
            state.running -= 1;
            match self.worker.take() {
                Some(worker) => state.free.push(Some(worker)),
                None => state.free.insert(0, None),
            }
        }
        self.pool.dispatch();
    }
}

impl Turn {
    async fn run(mut self, job: Job) {
        if job.reply.is_closed() {
            return;
        }
        let Job { source, reply, .. } = job;
        // A worker may be ended by someone else between two checks or in one; that is no verdict on the source.
        let outcome = match self.attempt(&source).await {
            Attempt::Again(_) => self.attempt(&source).await,
            outcome => outcome,
        };
        // A send fails when the caller is gone; the worker has been read all the same.
        match outcome {
            Attempt::Report(report, rest) => match rest {
                Rest::None => {
                    // First the place, so that the caller's next check finds this worker.
                    drop(self);
                    let _ = reply.send(Ok(report));
                }
                // The answer need not wait for the memory of a process to be given back, but its place must.
                Rest::Retired(worker) => {
                    let _ = reply.send(Ok(report));
                    worker.end().await;
                }
                Rest::TimedOut(worker) => {
                    let _ = reply.send(Ok(report));
                    self.bury(*worker, &source, "it took too long").await;
                }
            },
            Attempt::Again(reason) | Attempt::Failed(reason) => {
                let _ = reply.send(Err(CheckComponentError::Internal(reason)));
            }
        }
    }

    async fn attempt(&mut self, source: &ComponentSource) -> Attempt {
        let idle = self.worker.take().and_then(|mut worker| worker.is_alive().then_some(worker));
        let mut worker = match idle {
            Some(worker) => worker,
            None => match Worker::start(&self.pool.config).await {
                Ok(worker) => {
                    self.pool.started.fetch_add(1, Ordering::Relaxed);
                    worker
                }
                Err(error) => return Attempt::Failed(format!("a worker cannot be started: {error}")),
            },
        };
        match worker.check(source.as_str(), self.pool.config.wall_limit).await {
            Ok(answer) => {
                self.pool.checked.fetch_add(1, Ordering::Relaxed);
                let rest = if answer.retires {
                    Rest::Retired(Box::new(worker))
                } else {
                    self.worker = Some(worker);
                    Rest::None
                };
                Attempt::Report(answer.report, rest)
            }
            Err(Failure::NotTaken(error)) => {
                let end = worker.end().await;
                Attempt::Again(format!("a worker took no source: {error}, {end:?}"))
            }
            Err(Failure::TimedOut) => Attempt::Report(too_complex(), Rest::TimedOut(Box::new(worker))),
            Err(Failure::Broken(error)) => {
                let end = self.bury(worker, source, &error.to_string()).await;
                if end.was_asked_for() {
                    Attempt::Again(format!("a worker was ended from outside: {end:?}"))
                } else {
                    Attempt::Report(too_complex(), Rest::None)
                }
            }
        }
    }

    /// Ends a worker that gave no answer, and tells the log why.
    async fn bury(&self, worker: Worker, source: &ComponentSource, reason: &str) -> process::End {
        self.pool.killed.fetch_add(1, Ordering::Relaxed);
        let id = worker.id();
        let end = worker.end().await;
        tracing::warn!(
            caller = %self.caller,
            bytes = source.as_str().len(),
            worker = id,
            status = end.status.map(tracing::field::display),
            last_words = end.last_words,
            reason,
            "a component check ended its worker"
        );
        end
    }
}

enum Attempt {
    Report(ComponentReport, Rest),
    /// The worker ended for no fault of the source.
    Again(String),
    Failed(String),
}

/// What is left to do once the caller has its answer.
enum Rest {
    None,
    Retired(Box<Worker>),
    TimedOut(Box<Worker>),
}

/// What a source gets that ends its worker. The true reason is for the log.
fn too_complex() -> ComponentReport {
    let error = ComponentError {
        line: 1,
        column: 1,
        message: format!(
            "{TOO_COMPLEX}: checking it took too much time or memory; split it into smaller components, nest less deeply, \
             and leave out generated code"
        ),
        code: Rule::TooComplex.code().into(),
    };
    ComponentReport { errors: vec![error], warnings: Vec::new() }
}
