//! One check's turn: a worker, an answer, and what is left to do after it.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use domain::{
    component::{ComponentError, ComponentReport, ComponentSource},
    id::ApiKeyId,
};
use ports::{CheckComponentError, Compilation};
use tokio::time::Instant;

use super::{
    Job, Pool,
    process::{Failure, Worker},
};
use crate::check::{Purpose, Rule, TOO_COMPLEX};

/// How long a caller is under suspicion after a source of its ended a worker.
const SUSPICION: Duration = Duration::from_secs(30);

/// A check's hold on a worker's place. Dropping it passes the place on.
pub(super) struct Turn {
    pool: Arc<Pool>,
    caller: ApiKeyId,
    worker: Option<Worker>,
    /// When the caller has its answer at the latest: one for both attempts.
    deadline: Instant,
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
    /// The turn of a check of this caller, which begins now. The place may have a worker that did nothing until now.
    pub(super) fn new(pool: Arc<Pool>, caller: ApiKeyId, worker: Option<Worker>) -> Self {
        let deadline = Instant::now() + pool.config.wall_limit;
        Self { pool, caller, worker, deadline }
    }

    /// Does the check and replies, by the deadline.
    pub(super) async fn run(mut self, job: Job) {
        if job.reply.is_closed() {
            return;
        }
        let Job { source, purpose, reply, .. } = job;
        let outcome = match self.attempt(&source, purpose).await {
            // A worker may be ended by someone else between two checks or in one; that is no verdict on the source.
            Attempt::Again(_) => match self.attempt(&source, purpose).await {
                // Nor is that it did not get all of its time.
                Attempt::Verdict(verdict) if matches!(verdict.reason, Failure::TimedOut) => {
                    let _ = reply.send(Err(self.pool.overloaded()));
                    self.bury(verdict, &source).await;
                    return;
                }
                outcome => outcome,
            },
            outcome => outcome,
        };
        // A send fails when the caller is gone; the worker has been read all the same. The answer need not wait for the
        // memory of a process to be given back, but its place must.
        match outcome {
            Attempt::Answer(compilation) => {
                // First the place, so that the caller's next check finds this worker.
                drop(self);
                let _ = reply.send(Ok(compilation));
            }
            Attempt::LastAnswer(compilation, worker) => {
                let _ = reply.send(Ok(compilation));
                worker.end().await;
            }
            Attempt::Verdict(verdict) => {
                self.pool.state().queue.suspect(self.caller, (Instant::now() + SUSPICION).into_std());
                let _ = reply.send(Ok(too_complex()));
                self.bury(verdict, &source).await;
            }
            Attempt::Again(reason) | Attempt::Failed(reason) => {
                let _ = reply.send(Err(CheckComponentError::Internal(reason)));
            }
        }
    }

    async fn attempt(&mut self, source: &ComponentSource, purpose: Purpose) -> Attempt {
        let idle = self.worker.take().and_then(|mut worker| worker.is_alive().then_some(worker));
        let mut worker = match idle {
            Some(worker) => worker,
            None => match Worker::start(&self.pool.config, self.deadline).await {
                Ok(worker) => {
                    self.pool.started.fetch_add(1, Ordering::Relaxed);
                    worker
                }
                Err(error) => return Attempt::Failed(format!("a worker cannot be started: {error}")),
            },
        };
        let reason = match worker.compile(source.as_str(), purpose, self.deadline).await {
            Ok(answer) => {
                self.pool.checked.fetch_add(1, Ordering::Relaxed);
                if answer.compilation.module.is_some() {
                    self.pool.compiled.fetch_add(1, Ordering::Relaxed);
                }
                if answer.retires {
                    return Attempt::LastAnswer(answer.compilation, Box::new(worker));
                }
                self.worker = Some(worker);
                return Attempt::Answer(answer.compilation);
            }
            Err(Failure::NotTaken(error)) => {
                let end = worker.end_by(self.deadline).await;
                return Attempt::Again(format!("a worker took no source: {error}, {end}"));
            }
            Err(reason) => reason,
        };
        let asked_for = matches!(reason, Failure::Broken(_)) && worker.was_asked_to_end(self.deadline).await;
        let verdict = Verdict { worker: Box::new(worker), reason };
        if asked_for {
            self.bury(verdict, source).await;
            return Attempt::Again("a worker was ended from outside, twice".to_owned());
        }
        Attempt::Verdict(verdict)
    }

    /// Ends a worker that gave no answer, and tells the log why.
    async fn bury(&self, Verdict { worker, reason }: Verdict, source: &ComponentSource) {
        self.pool.killed.fetch_add(1, Ordering::Relaxed);
        let id = worker.id();
        let end = worker.end().await;
        tracing::warn!(
            caller = %self.caller,
            bytes = source.as_str().len(),
            worker = id,
            status = end.status.map(tracing::field::display),
            last_words = end.last_words,
            %reason,
            "a component check ended its worker"
        );
    }
}

enum Attempt {
    Answer(Compilation),
    /// An answer, after which the worker ends.
    LastAnswer(Compilation, Box<Worker>),
    /// The source ended its worker.
    Verdict(Verdict),
    /// The worker ended for no fault of the source.
    Again(String),
    Failed(String),
}

/// A worker that gave no answer, and why.
struct Verdict {
    worker: Box<Worker>,
    reason: Failure,
}

/// What a source gets that ends its worker. The true reason is for the log.
fn too_complex() -> Compilation {
    let error = ComponentError {
        line: 1,
        column: 1,
        message: format!(
            "{TOO_COMPLEX}: checking it took too much time or memory; split it into smaller components, nest less deeply, \
             and leave out generated code"
        ),
        code: Rule::TooComplex.code().into(),
    };
    Compilation { report: ComponentReport { errors: vec![error], warnings: Vec::new() }, module: None }
}
