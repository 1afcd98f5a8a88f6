//! The lease of a worker slot: from the end of a job's wait to its answer.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use tokio::{sync::oneshot, time::Instant};

use super::{
    Caller, Job, JobError, Pool,
    process::{self, Failure, REAP_LIMIT, Worker},
};

/// How long a caller is a suspect after one of its jobs has ended a worker.
const SUSPECT_TIME: Duration = Duration::from_secs(30);

/// A leased worker slot. Dropping it returns the slot, with its worker if there is one.
pub(super) struct Lease {
    pool: Arc<Pool>,
    caller: Caller,
    worker: Option<Worker>,
    /// When the job must be answered, after one attempt or two.
    deadline: Instant,
}

impl Drop for Lease {
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

impl Lease {
    /// Begins a lease. The slot may hold an idle worker.
    pub(super) fn new(pool: Arc<Pool>, caller: Caller, worker: Option<Worker>) -> Self {
        let deadline = Instant::now() + pool.config.wall_limit;
        Self { pool, caller, worker, deadline }
    }

    /// Runs the job and replies, by the deadline.
    pub(super) async fn run(mut self, job: Job, reply: oneshot::Sender<Result<Vec<u8>, JobError>>) {
        if reply.is_closed() {
            return;
        }
        let outcome = match self.attempt(&job, true).await {
            // The worker was ended from outside. The job runs once more.
            Attempt::Interrupted(_) => match self.attempt(&job, false).await {
                // The job is not the cause: it had only the time that the first attempt had left.
                Attempt::Ended(worker, JobError::TimedOut) => {
                    let _ = reply.send(Err(self.pool.overloaded()));
                    self.reap(*worker, &job, &JobError::TimedOut).await;
                    return;
                }
                outcome => outcome,
            },
            outcome => outcome,
        };
        // Sending fails when the caller has gone away, which is fine. The caller is answered before the process has ended. The
        // slot is returned after that, when the kernel has freed the memory.
        match outcome {
            Attempt::Answered(output) => {
                // Returns the slot first, so the caller's next job finds this worker.
                drop(self);
                let _ = reply.send(Ok(output));
            }
            Attempt::LastAnswer(output, mut worker) => {
                let _ = reply.send(Ok(output));
                worker.end(Instant::now() + REAP_LIMIT).await;
            }
            Attempt::Ended(worker, reason) => {
                self.pool.state().queue.suspect(self.caller, (Instant::now() + SUSPECT_TIME).into_std());
                let _ = reply.send(Err(reason.clone()));
                self.reap(*worker, &job, &reason).await;
            }
            Attempt::Interrupted(reason) | Attempt::Failed(reason) => {
                let _ = reply.send(Err(JobError::Internal(reason)));
            }
        }
    }

    async fn attempt(&mut self, job: &Job, is_first: bool) -> Attempt {
        let idle = self.worker.take().and_then(|mut worker| worker.is_alive().then_some(worker));
        let mut worker = match idle {
            Some(worker) => worker,
            None => match Worker::start(&self.pool.config, self.deadline).await {
                Ok(worker) => self.pool.started(worker),
                Err(error) => return Attempt::Failed(format!("a worker cannot be started: {error}")),
            },
        };
        let failure = match worker.run(job, self.deadline).await {
            Ok(answer) => {
                self.pool.answered.fetch_add(1, Ordering::Relaxed);
                if answer.retires {
                    return Attempt::LastAnswer(answer.output, Box::new(worker));
                }
                self.worker = Some(worker);
                return Attempt::Answered(answer.output);
            }
            Err(Failure::NotAccepted(error)) => {
                let end = worker.end(self.deadline).await;
                return Attempt::Interrupted(format!("a worker took no job: {error}, {end}"));
            }
            Err(failure) => failure,
        };
        let Failure::Broken(error) = failure else { return Attempt::Ended(Box::new(worker), JobError::TimedOut) };
        let end = worker.end(self.deadline).await;
        let crash = JobError::Crashed(format!("{error}; {end}"));
        // The kernel kills workers first when memory is short. If it happens twice, the job is the cause.
        let was_interrupted =
            |status| process::was_ended_by_operator(status) || (is_first && process::was_killed(status, &error));
        match end.status {
            Some(status) if was_interrupted(status) => {
                self.reap(worker, job, &crash).await;
                Attempt::Interrupted("two workers were ended from outside".to_owned())
            }
            Some(status) if process::reached_cpu_limit(status) => Attempt::Ended(Box::new(worker), JobError::CpuLimit),
            _ => Attempt::Ended(Box::new(worker), crash),
        }
    }

    /// Waits for the end of a worker that gave no answer, and logs why it ended.
    async fn reap(&self, mut worker: Worker, job: &Job, reason: &JobError) {
        self.pool.killed.fetch_add(1, Ordering::Relaxed);
        let end = worker.end(Instant::now() + REAP_LIMIT).await;
        tracing::warn!(
            task = job.task.0,
            caller = (self.pool.config.caller_name)(self.caller),
            bytes = job.input.len(),
            worker = worker.id,
            status = end.status.map(tracing::field::display),
            stderr = end.stderr,
            %reason,
            "a job ended its worker"
        );
    }
}

/// The result of running a job on one worker.
enum Attempt {
    Answered(Vec<u8>),
    /// An answer, after which the worker ends itself.
    LastAnswer(Vec<u8>, Box<Worker>),
    /// The job ended its worker.
    Ended(Box<Worker>, JobError),
    /// The worker ended, and the job is not the cause.
    Interrupted(String),
    /// No worker could be started.
    Failed(String),
}
