use std::{
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use ports::{Change, ChangeFeed as _, ChangeListener, StoreError};
use tokio::sync::oneshot;

use super::store;

/// Writes down what it is told.
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
async fn a_change_is_told_before_it_is_answered_also_when_the_caller_has_gone() {
    let (store, _directory) = store().await;
    let recorder = Arc::new(Recorder::default());
    let listener: Arc<dyn ChangeListener> = recorder.clone();
    store.0.listeners.add(&listener);

    store.write_change(Change::ApiKeys, |_| Ok::<_, StoreError>(())).await.unwrap();
    assert_eq!(recorder.take(), [Change::ApiKeys]);

    let refused = store.write_change(Change::ApiKeys, |_| Err::<(), _>(StoreError::Internal("no".to_owned())));
    refused.await.unwrap_err();
    assert_eq!(recorder.take(), []);

    let (begun, beginning) = oneshot::channel();
    let mut begun = Some(begun);
    let (release, wait) = mpsc::channel::<()>();
    let work = store.write_change(Change::ApiKeys, move |_| {
        let _ = begun.take().map(|begun| begun.send(()));
        let _ = wait.recv_timeout(Duration::from_secs(30));
        Ok::<_, StoreError>(())
    });
    tokio::select! {
        _ = work => panic!("it waits"),
        begun = beginning => begun.unwrap(),
    }
    drop(release);
    store.write(|_| Ok::<_, StoreError>(())).await.unwrap(); // done after it
    assert_eq!(recorder.take(), [Change::ApiKeys]);
}

/// What another connection says of the file cannot be compared with what the one before it said.
#[tokio::test]
async fn a_connection_opened_anew_is_another_version() {
    let (store, _directory) = store().await;
    let before = store.0.version().await.unwrap();
    assert_eq!(store.0.version().await.unwrap(), before);
    let broken = store.write(|connection| {
        AnsiTransactionManager::transaction_manager_status_mut(connection).set_in_error();
        Err::<(), _>(StoreError::Internal("it is broken".to_owned()))
    });
    broken.await.unwrap_err();
    assert_ne!(store.0.version().await.unwrap(), before);
}

#[tokio::test]
async fn nothing_is_held_for_a_listener_that_has_gone() {
    let (store, _directory) = store().await;
    let listener: Arc<dyn ChangeListener> = Arc::new(Recorder::default());
    store.watch(&listener);
    let gone = Arc::downgrade(&listener);
    drop(listener);
    store.write_change(Change::ApiKeys, |_| Ok::<_, StoreError>(())).await.unwrap();
    assert!(gone.upgrade().is_none());
}
