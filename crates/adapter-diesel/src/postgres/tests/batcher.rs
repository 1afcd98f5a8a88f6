use std::time::Duration;

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::{FutureExt as _, StreamExt as _, future::join_all, stream::FuturesUnordered};
use ports::StoreError;
use test_postgres::Database;
use tokio::time::timeout;

use super::{
    super::engine::batcher::{Batch, BatchWork, Batcher},
    group_commit::count,
    store,
};

/// Does what its items request.
struct Fake;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Ask {
    Answer,
    /// After longer than a fast disk takes.
    AnswerLate,
    /// Once the lock is released.
    AnswerAfterLock,
    Panic,
    Fail,
}

impl BatchWork for Fake {
    type Item = Ask;
    type Answer = ();

    const NAME: &'static str = "fake";
    const CONCURRENT_BATCHES: bool = true;

    fn bytes(_: &Ask) -> usize {
        1
    }

    async fn run(connection: &mut AsyncPgConnection, batch: &mut Batch<Self>) -> Result<(), StoreError> {
        connection.batch_execute("SELECT 1").await.map_err(crate::failure::store_error)?;
        let asked: Vec<(usize, Ask)> = batch.items().map(|(index, ask)| (index, *ask)).collect();
        for (index, ask) in asked {
            match ask {
                Ask::Answer => batch.answer(index, Ok(())),
                Ask::AnswerLate => {
                    connection.batch_execute("SELECT pg_sleep(0.005)").await.map_err(crate::failure::store_error)?;
                    batch.answer(index, Ok(()));
                }
                Ask::AnswerAfterLock => {
                    connection.batch_execute(WAIT_FOR_LOCK).await.map_err(crate::failure::store_error)?;
                    batch.answer(index, Ok(()));
                }
                Ask::Panic => panic!("as asked"),
                Ask::Fail => return Err(StoreError::Internal("as asked".to_owned())),
            }
        }
        Ok(())
    }
}

const WAIT_FOR_LOCK: &str = "SELECT pg_advisory_lock_shared(1); SELECT pg_advisory_unlock_shared(1)";

/// An advisory lock that the items wait for.
struct HeldLock(AsyncPgConnection);

impl HeldLock {
    async fn acquire(database: &Database) -> Self {
        let mut connection = AsyncPgConnection::establish(&database.url()).await.unwrap();
        connection.batch_execute("SELECT pg_advisory_lock(1)").await.unwrap();
        Self(connection)
    }

    /// Returns once a batch waits for it.
    async fn is_awaited(&mut self) {
        let waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        while count(&mut self.0, waiting).await == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    async fn release(mut self) {
        self.0.batch_execute("SELECT pg_advisory_unlock(1)").await.unwrap();
    }
}

/// Runs a slow batch, then starts one that waits for the lock.
async fn slow_batcher(batcher: &Batcher<Fake>, database: &Database) -> (HeldLock, impl Future<Output = bool>) {
    batcher.submit(Ask::AnswerLate).await.unwrap();
    let mut lock = HeldLock::acquire(database).await;
    let batcher = batcher.clone();
    let held = tokio::spawn(async move { batcher.submit(Ask::AnswerAfterLock).await.is_ok() });
    lock.is_awaited().await;
    (lock, held.map(Result::unwrap))
}

#[tokio::test]
async fn a_large_backlog_does_not_wait_for_a_slow_batch() {
    let (store, database) = store().await;
    let batcher = Batcher::<Fake>::start(store.database.connector.clone()).unwrap();
    let (lock, held) = slow_batcher(&batcher, &database).await;
    let mut many: FuturesUnordered<_> = [Ask::Answer; 50].map(|ask| batcher.submit(ask)).into_iter().collect();
    // The last few may arrive too late for the second batch, and are too few for another one.
    let done = timeout(Duration::from_secs(4), many.by_ref().take(43).collect::<Vec<_>>()).await;
    let done = done.expect("done next to the batch that waits");
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    lock.release().await;
    assert!(held.await && many.all(async |done| done.is_ok()).await);
}

#[tokio::test]
async fn a_small_backlog_waits_for_a_slow_batch() {
    let (store, database) = store().await;
    let batcher = Batcher::<Fake>::start(store.database.connector.clone()).unwrap();
    let (lock, held) = slow_batcher(&batcher, &database).await;
    let mut few = std::pin::pin!(join_all([Ask::Answer; 3].map(|ask| batcher.submit(ask))));
    assert!(timeout(Duration::from_millis(200), &mut few).await.is_err());
    lock.release().await;
    assert!(held.await && few.await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn without_a_second_connection_all_batches_use_the_first() {
    let (store, database) = store().await;
    let batcher = Batcher::<Fake>::start(store.database.connector.clone()).unwrap();
    let (mut lock, held) = slow_batcher(&batcher, &database).await;
    let refuse = "UPDATE pg_database SET datallowconn = false WHERE datname = current_database()";
    lock.0.batch_execute(refuse).await.unwrap();
    let mut many = std::pin::pin!(join_all([Ask::Answer; 50].map(|ask| batcher.submit(ask))));
    assert!(timeout(Duration::from_millis(200), &mut many).await.is_err());
    lock.release().await;
    assert!(held.await && many.await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_panic_fails_its_batch_and_not_the_thread() {
    let (store, _database) = store().await;
    let batcher = Batcher::<Fake>::start(store.database.connector.clone()).unwrap();
    for _ in 0..3 {
        let panicked = batcher.submit(Ask::Panic).await;
        assert_eq!(panicked, Err(StoreError::Internal("a panic in the thread fake".to_owned())));
        assert_eq!(batcher.submit(Ask::Answer).await, Ok((Ask::Answer, ())));
    }
    batcher.close().await;
}

#[tokio::test]
async fn an_error_answers_all_unanswered_items() {
    let (store, _database) = store().await;
    let batcher = Batcher::<Fake>::start(store.database.connector.clone()).unwrap();
    // They arrive while the thread opens its connection.
    let asked = [Ask::Answer, Ask::Answer, Ask::Fail, Ask::Answer];
    let answers = join_all(asked.map(|ask| batcher.submit(ask))).await;
    assert_eq!(answers[2], Err(StoreError::Internal("as asked".to_owned())));
    assert!(answers.iter().filter(|answer| answer.is_ok()).count() >= 2, "{answers:?}");
    assert_eq!(batcher.submit(Ask::Answer).await, Ok((Ask::Answer, ())));
}

#[tokio::test]
async fn a_closed_batcher_rejects_items() {
    let (store, _database) = store().await;
    let batcher = Batcher::<Fake>::start(store.database.connector.clone()).unwrap();
    batcher.close().await;
    batcher.close().await;
    assert_eq!(batcher.submit(Ask::Answer).await, Err(StoreError::Unavailable("the store is closed".to_owned())));
}
