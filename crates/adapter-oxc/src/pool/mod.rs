//! The pool of worker processes: the adapter of [`ComponentChecker`] and [`ComponentCompiler`].
//!
//! A check waits for its turn ([`queue`]), is given a worker, and holds it until there is an answer or the worker is
//! gone ([`turn`]); this happens in a task of its own, so a caller that goes away leaves no worker with an answer nobody
//! read.

mod process;
mod queue;
mod turn;

use std::{
    ffi::OsString,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use domain::{
    component::{ComponentReport, ComponentSource},
    id::ApiKeyId,
};
use ports::{CheckComponentError, Compilation, ComponentChecker, ComponentCompiler};
use tokio::{runtime::Handle, sync::oneshot, time::timeout};

use self::{
    process::Worker,
    queue::{Bounds, FairQueue, Ticket},
    turn::Turn,
};
use crate::check::Purpose;

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
    /// Longest time that a check waits for its turn before it is turned away.
    pub turn_limit: Duration,
    /// Longest time from a check's turn to its answer: the start of a worker and a second attempt included.
    pub wall_limit: Duration,
}

impl WorkerPoolConfig {
    /// The defaults for a program: four workers, 256 waiting checks of which 32 are of one caller, 0.75 seconds for a
    /// check's turn to come and 2 for the check. A quarter of a second of the port's 3 is left for a busy machine.
    pub fn new(program: PathBuf, args: Vec<OsString>) -> Self {
        Self {
            program,
            args,
            workers: 4,
            queue: 256,
            queue_per_caller: 32,
            turn_limit: Duration::from_millis(750),
            wall_limit: Duration::from_secs(2),
        }
    }
}

/// Figures of a pool, for the metrics. All but the last two count from the start of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WorkerStats {
    /// Checks that a worker answered.
    pub checked: u64,
    /// Modules that were made, one for each check without errors.
    pub compiled: u64,
    /// Checks that ended their worker: it died, took too long or talked nonsense.
    pub killed: u64,
    /// Checks that were turned away: too many waited, their turn did not come, or a second attempt had no time left.
    pub overloaded: u64,
    /// Processes started, those that replaced others among them.
    pub started: u64,
    /// Checks that wait now.
    pub waiting: usize,
    /// Checks that workers do now.
    pub running: usize,
}

/// Checks and compiles components in worker processes, both in one trip: a check is a compilation whose module is dropped.
///
/// Callers take turns, and one caller holds at most all workers but one at a time. Callers whose sources ended workers
/// of late share half of the workers, however many callers they are. So hostile sources do not keep others' honest ones
/// waiting. A check is to be awaited on a tokio runtime with timers; any will do.
#[derive(Debug, Clone)]
pub struct ComponentWorkers(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    config: WorkerPoolConfig,
    runtime: Handle,
    state: Mutex<State>,
    checked: AtomicU64,
    compiled: AtomicU64,
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
    purpose: Purpose,
    caller: ApiKeyId,
    reply: oneshot::Sender<Result<Compilation, CheckComponentError>>,
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
            running_of_suspects: (workers / 2).max(1),
        };
        let free = std::iter::repeat_with(|| None).take(workers).collect();
        let state = Mutex::new(State { queue: FairQueue::new(bounds), free, running: 0 });
        let (checked, compiled, killed, overloaded, started) = Default::default();
        Self(Arc::new(Pool { config, runtime, state, checked, compiled, killed, overloaded, started }))
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
            compiled: pool.compiled.load(Ordering::Relaxed),
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
        Ok(self.run(source, Purpose::Save, caller).await?.report)
    }
}

#[async_trait]
impl ComponentCompiler for ComponentWorkers {
    async fn compile(&self, source: &ComponentSource, caller: ApiKeyId) -> Result<Compilation, CheckComponentError> {
        self.run(source, Purpose::Save, caller).await
    }

    async fn compile_kept(
        &self,
        source: &ComponentSource,
        caller: ApiKeyId,
    ) -> Result<Compilation, CheckComponentError> {
        self.run(source, Purpose::Render, caller).await
    }
}

impl ComponentWorkers {
    /// Waits for the source's turn and for its answer.
    async fn run(
        &self,
        source: &ComponentSource,
        purpose: Purpose,
        caller: ApiKeyId,
    ) -> Result<Compilation, CheckComponentError> {
        let pool = &self.0;
        let (reply, mut answer) = oneshot::channel();
        let job = Job { source: source.clone(), purpose, caller, reply };
        let ticket = pool.state().queue.push(caller, job);
        let Some(ticket) = ticket else {
            return Err(pool.overloaded());
        };
        let waiting = Waiting { pool, caller, ticket };
        pool.dispatch();
        let answer = match timeout(pool.config.turn_limit, &mut answer).await {
            Ok(answer) => answer,
            Err(_) if waiting.withdraw() => return Err(pool.overloaded()),
            // Its turn has come, and from there on the wall limit holds.
            Err(_) => answer.await,
        };
        answer.unwrap_or_else(|_| Err(CheckComponentError::Internal("the worker pool was shut down".into())))
    }
}

/// Takes a check out of the queue when its caller goes away before its turn.
struct Waiting<'p> {
    pool: &'p Pool,
    caller: ApiKeyId,
    ticket: Ticket,
}

impl Waiting<'_> {
    /// Takes the check out of the queue; tells whether it was there still.
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

    /// Counts a check that is turned away.
    fn overloaded(&self) -> CheckComponentError {
        self.overloaded.fetch_add(1, Ordering::Relaxed);
        CheckComponentError::Overloaded
    }

    /// Gives free workers to the checks whose turn it is.
    fn dispatch(self: &Arc<Self>) {
        while let Some((job, place)) = self.next() {
            let turn = Turn::new(Arc::clone(self), job.caller, place);
            self.runtime.spawn(turn.run(job));
        }
    }

    fn next(&self) -> Option<(Job, Option<Worker>)> {
        let mut state = self.state();
        if state.free.is_empty() {
            return None;
        }
        let (_, job) = state.queue.pop(Instant::now())?;
        let place = state.free.pop()?;
        state.running += 1;
        Some((job, place))
    }
}
