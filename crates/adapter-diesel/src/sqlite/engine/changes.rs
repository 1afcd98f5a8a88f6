//! Telling what is changed: by this process as it is committed, by another one as soon as it is noticed.

use std::{
    sync::{Arc, Mutex, PoisonError, Weak, atomic::Ordering},
    time::{Duration, Instant},
};

use diesel::{SqliteConnection, prelude::*, sql_query, sql_types::BigInt};
use ports::{Change, ChangeFeed, ChangeListener, StoreError};
use tokio::time::sleep;

use super::job::{Job, Verdict};
use crate::{
    failure::failed,
    sqlite::{
        SqliteStore,
        store::{Threads, submit, submit_as},
    },
};

/// How often it is looked whether another process has changed the file.
const LOOK: Duration = Duration::from_millis(250);

/// Those who want to know.
#[derive(Default)]
pub(crate) struct Listeners(Mutex<Vec<Weak<dyn ChangeListener>>>);

impl Listeners {
    pub(crate) fn add(&self, listener: &Arc<dyn ChangeListener>) {
        let mut listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.retain(|listener| listener.strong_count() > 0);
        listeners.push(Arc::downgrade(listener));
    }

    fn tell(&self, change: &Change) {
        let listeners = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.iter().filter_map(Weak::upgrade).for_each(|listener| listener.changed(change));
    }
}

impl SqliteStore {
    /// As [`write`](Self::write), for what makes a change.
    ///
    /// The writer's thread tells it, between the commit and the answer: also when the caller has stopped waiting, and never
    /// so late that somebody was answered who could then read what was before.
    pub(crate) async fn write_change<T, E>(
        &self,
        change: Change,
        work: impl FnMut(&mut SqliteConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let listeners = Arc::clone(&self.0.listeners);
        submit_as(&self.0.writes, work, |job| Box::new(Telling { job, change, listeners, verdict: Verdict::Undo }))
            .await
    }
}

/// A job that makes a change.
struct Telling {
    job: Box<dyn Job>,
    change: Change,
    listeners: Arc<Listeners>,
    verdict: Verdict,
}

impl Job for Telling {
    fn is_abandoned(&self) -> bool {
        self.job.is_abandoned()
    }

    fn run(&mut self, connection: &mut SqliteConnection) -> Verdict {
        self.verdict = self.job.run(connection);
        self.verdict
    }

    fn answer(self: Box<Self>, failure: Option<StoreError>) {
        // Also if there is a failure: of a commit that failed it need not be known whether it is on the disk.
        if self.verdict == Verdict::Keep {
            self.listeners.tell(&self.change);
        }
        self.job.answer(failure);
    }
}

impl ChangeFeed for SqliteStore {
    fn watch(&self, listener: &Arc<dyn ChangeListener>) {
        self.0.listeners.add(listener);
        tokio::spawn(look(Arc::downgrade(&self.0), Arc::downgrade(listener)));
    }
}

/// Looks again and again whether another process has changed the file.
async fn look(threads: Weak<Threads>, listener: Weak<dyn ChangeListener>) {
    let mut before = None;
    while let (Some(threads), Some(listener)) = (threads.upgrade(), listener.upgrade()) {
        if !threads.writes.is_open() {
            return;
        }
        let moment = Instant::now();
        // A look that fails (the file is locked, the queue is full) tells nothing; the next one sees what this one missed.
        if let Ok(version) = threads.version().await {
            if before.replace(version) != Some(version) {
                listener.changed(&Change::Everything);
            }
            listener.current_as_of(moment);
        }
        drop((threads, listener));
        sleep(LOOK).await;
    }
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

/// What others have done to the file, as the writer's connection sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version {
    /// Differs from before exactly when another connection has committed since.
    data: i64,
    /// Which of the writer's connections says so: what two of them say cannot be compared.
    opened: u64,
}

impl Threads {
    /// Asked of the writer, since its own commits do not count, and what it did before it has told already. Its transaction
    /// is one that writes nothing, so the disk is not waited for.
    pub(crate) async fn version(&self) -> Result<Version, StoreError> {
        let opened = Arc::clone(&self.opened);
        let work = move |connection: &mut SqliteConnection| {
            let DataVersion { data_version: data } =
                sql_query("PRAGMA data_version").get_result(connection).map_err(failed)?;
            Ok(Version { data, opened: opened.load(Ordering::Relaxed) })
        };
        submit(&self.writes, work).await
    }
}
