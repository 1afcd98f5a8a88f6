use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use ports::StoreError;

use super::job::Job;

/// Where jobs wait for a thread. Callers never wait: when the queue is full they are told so.
pub(crate) struct Queue {
    capacity: usize,
    state: Mutex<State>,
    arrival: Condvar,
}

struct State {
    jobs: VecDeque<Box<dyn Job>>,
    idle: usize,
    open: bool,
}

impl Queue {
    pub(crate) fn new(capacity: usize) -> Self {
        let state = State { jobs: VecDeque::new(), idle: 0, open: true };
        Self { capacity, state: Mutex::new(state), arrival: Condvar::new() }
    }

    /// Adds a job at the end.
    pub(crate) fn push(&self, job: Box<dyn Job>) -> Result<(), StoreError> {
        let mut state = self.lock();
        if !state.open {
            return Err(StoreError::Unavailable("the store is closed".to_owned()));
        }
        if state.jobs.len() >= self.capacity {
            return Err(StoreError::Unavailable(format!("{} jobs are waiting for the database", self.capacity)));
        }
        state.jobs.push_back(job);
        let somebody_sleeps = state.idle > 0;
        drop(state);
        // A wake-up costs a system call, so none is made for threads that are at work.
        if somebody_sleeps {
            self.arrival.notify_one();
        }
        Ok(())
    }

    /// Takes the first job and waits for one if there is none; `None` once the queue is closed and empty.
    pub(crate) fn pop(&self) -> Option<Box<dyn Job>> {
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

    /// Takes the first job and what waits behind it, at most `most`; waits if there is none, but never for more.
    pub(crate) fn pop_many(&self, most: usize) -> Option<Vec<Box<dyn Job>>> {
        let mut jobs = vec![self.pop()?];
        let mut state = self.lock();
        let more = state.jobs.len().min(most.saturating_sub(1));
        jobs.extend(state.jobs.drain(..more));
        Some(jobs)
    }

    /// Lets no more jobs in; those that wait are still done.
    pub(crate) fn close(&self) {
        self.lock().open = false;
        self.arrival.notify_all();
    }

    pub(crate) fn is_open(&self) -> bool {
        self.lock().open
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while the lock is held, so the state is whole even if it is marked as poisoned.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
