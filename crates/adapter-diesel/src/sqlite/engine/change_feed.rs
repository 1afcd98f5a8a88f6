//! Noticing the changes that other processes make to the file.

use std::{
    sync::{Arc, Weak},
    time::{Duration, Instant},
};

use ports::{Change, ChangeListener};
use tokio::time::sleep;

use super::database::{Database, WeakDatabase};

/// How often the feed reads the version of the file, which another process's change increments, and confirms.
const CONFIRM_INTERVAL: Duration = Duration::from_millis(250);

impl Database {
    /// Passes changes to the listener, until the listener is dropped or the database is closed.
    pub(crate) fn watch(&self, listener: &Arc<dyn ChangeListener>) {
        self.listeners().add(listener);
        tokio::spawn(poll(self.downgrade(), Arc::downgrade(listener)));
    }
}

async fn poll(database: WeakDatabase, listener: Weak<dyn ChangeListener>) {
    let mut last = None;
    while let (Some(database), Some(listener)) = (database.upgrade(), listener.upgrade()) {
        if !database.is_open() {
            return;
        }
        let moment = Instant::now();
        // If the query fails (the file is locked, the queue is full), the next one sees the change that this one missed.
        if let Ok(version) = database.file_version().await {
            if last.replace(version) != Some(version) {
                listener.changed(&Change::Everything);
            }
            listener.current_as_of(moment);
        }
        drop((database, listener));
        sleep(CONFIRM_INTERVAL).await;
    }
}
