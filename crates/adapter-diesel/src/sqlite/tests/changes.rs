use std::{
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use ports::{Change, ChangeFeed as _, ChangeListener, StoreError};
use tokio::sync::oneshot;

use super::store;

/// Records its notifications.
#[derive(Default)]
struct Recorder(Mutex<Vec<Change>>);

impl ChangeListener for Recorder {
    fn changed(&self, change: &Change) {
        self.0.lock().unwrap().push(change.clone());
    }

    fn current_as_of(&self, _: Instant) {}
}

impl Recorder {
    fn take(&self) -> Vec<Change> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

#[tokio::test]
async fn listeners_are_notified_before_the_caller_also_when_the_caller_has_stopped_waiting() {
    let (store, _directory) = store().await;
    let recorder = Arc::new(Recorder::default());
    let listener: Arc<dyn ChangeListener> = recorder.clone();
    store.database.listeners().add(&listener);

    store.database.write_change(Change::ApiKeys, |_| Ok::<_, StoreError>(())).await.unwrap();
    assert_eq!(recorder.take(), [Change::ApiKeys]);

    let refused = store.database.write_change(Change::ApiKeys, |_| Err::<(), _>(StoreError::Internal("no".to_owned())));
    refused.await.unwrap_err();
    assert_eq!(recorder.take(), []);

    let (begun, beginning) = oneshot::channel();
    let mut begun = Some(begun);
    let (release, wait) = mpsc::channel::<()>();
    let work = store.database.write_change(Change::ApiKeys, move |_| {
        let _ = begun.take().map(|begun| begun.send(()));
        let _ = wait.recv_timeout(Duration::from_secs(30));
        Ok::<_, StoreError>(())
    });
    tokio::select! {
        _ = work => panic!("it waits"),
        begun = beginning => begun.unwrap(),
    }
    drop(release);
    store.database.write(|_| Ok::<_, StoreError>(())).await.unwrap(); // done after it
    assert_eq!(recorder.take(), [Change::ApiKeys]);
}

/// The versions that two connections report are not comparable.
#[tokio::test]
async fn a_reopened_connection_reports_another_version() {
    let (store, _directory) = store().await;
    let before = store.database.file_version().await.unwrap();
    assert_eq!(store.database.file_version().await.unwrap(), before);
    let broken = store.database.write(|connection| {
        AnsiTransactionManager::transaction_manager_status_mut(connection).set_in_error();
        Err::<(), _>(StoreError::Internal("it is broken".to_owned()))
    });
    broken.await.unwrap_err();
    assert_ne!(store.database.file_version().await.unwrap(), before);
}

#[tokio::test]
async fn a_dropped_listener_is_not_kept_alive() {
    let (store, _directory) = store().await;
    let listener: Arc<dyn ChangeListener> = Arc::new(Recorder::default());
    store.watch(&listener);
    let dropped = Arc::downgrade(&listener);
    drop(listener);
    store.database.write_change(Change::ApiKeys, |_| Ok::<_, StoreError>(())).await.unwrap();
    assert!(dropped.upgrade().is_none());
}
