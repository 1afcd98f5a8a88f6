//! Notifying the caches of this process after each commit.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use diesel::SqliteConnection;
use ports::{Change, ChangeListener, StoreError};

use super::job::{Job, JobEnd};

/// The listeners of this process.
#[derive(Default)]
pub(crate) struct Listeners(Mutex<Vec<Weak<dyn ChangeListener>>>);

impl Listeners {
    pub(crate) fn add(&self, listener: &Arc<dyn ChangeListener>) {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| listener.strong_count() > 0);
        listeners.push(Arc::downgrade(listener));
    }

    fn notify(&self, change: &Change) {
        let listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.iter().filter_map(Weak::upgrade).for_each(|listener| listener.changed(change));
    }
}

/// A job that makes a change. It notifies the listeners between the commit and the answer.
pub(super) struct NotifyingJob {
    job: Box<dyn Job>,
    change: Change,
    listeners: Arc<Listeners>,
    end: JobEnd,
}

impl NotifyingJob {
    pub(super) fn new(job: Box<dyn Job>, change: Change, listeners: Arc<Listeners>) -> Self {
        Self { job, change, listeners, end: JobEnd::Rollback }
    }
}

impl Job for NotifyingJob {
    fn is_abandoned(&self) -> bool {
        self.job.is_abandoned()
    }

    fn run(&mut self, connection: &mut SqliteConnection) -> JobEnd {
        self.end = self.job.run(connection);
        self.end
    }

    fn answer(self: Box<Self>, failure: Option<StoreError>) {
        // Also after a failure: a commit that failed may still have reached the disk.
        if self.end == JobEnd::Commit {
            self.listeners.notify(&self.change);
        }
        self.job.answer(failure);
    }
}
