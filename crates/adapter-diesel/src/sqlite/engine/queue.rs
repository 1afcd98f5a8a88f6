use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use ports::StoreError;

use super::job::Job;

/// The queue in front of one or more threads. A full queue rejects a job immediately.
pub(super) struct JobQueue {
    capacity: usize,
    state: Mutex<State>,
    arrival: Condvar,
}

struct State {
    jobs: VecDeque<Box<dyn Job>>,
    idle: usize,
    open: bool,
}

impl JobQueue {
    pub(super) fn new(capacity: usize) -> Self {
        let state = State { jobs: VecDeque::new(), idle: 0, open: true };
        Self { capacity, state: Mutex::new(state), arrival: Condvar::new() }
    }

    /// Adds a job at the end.
    pub(super) fn push(&self, job: Box<dyn Job>) -> Result<(), StoreError> {
        let mut state = self.lock();
        if !state.open {
            return Err(StoreError::Unavailable("the store is closed".to_owned()));
        }
        if state.jobs.len() >= self.capacity {
            return Err(StoreError::Unavailable(format!("{} jobs are waiting for the database", self.capacity)));
        }
        state.jobs.push_back(job);
        let has_idle_thread = state.idle > 0;
        drop(state);
        // A wake-up costs a system call, so busy threads get none.
        if has_idle_thread {
            self.arrival.notify_one();
        }
        Ok(())
    }

    /// Takes the first job, and waits for one if the queue is empty. `None` if the queue is empty and closed.
    pub(super) fn pop(&self) -> Option<Box<dyn Job>> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if !state.open {
                return None;
            }
            state.idle += 1;
            state = self.arrival.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }

    /// Takes up to `max` jobs. Waits for a first one, but not for more.
    pub(super) fn pop_many(&self, max: usize) -> Option<Vec<Box<dyn Job>>> {
        let mut jobs = vec![self.pop()?];
        let mut state = self.lock();
        let more = state.jobs.len().min(max.saturating_sub(1));
        jobs.extend(state.jobs.drain(..more));
        Some(jobs)
    }

    /// Accepts no further jobs; the queued ones still run.
    pub(super) fn close(&self) {
        self.lock().open = false;
        self.arrival.notify_all();
    }

    pub(super) fn is_open(&self) -> bool {
        self.lock().open
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock, so a poisoned state is consistent too.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
