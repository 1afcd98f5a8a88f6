use std::time::Duration;

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::{FutureExt as _, StreamExt as _, future::join_all, stream::FuturesUnordered};
use ports::StoreError;
use test_postgres::Database;
use tokio::time::timeout;

use super::{
    super::engine::lane::{Batch, Lane, Work},
    group_commit::count,
    store,
};

/// Does what its items ask for.
struct Fake;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Ask {
    Answer,
    /// After longer than a quick disk takes.
    AnswerLate,
    /// Once the gate is open.
    AnswerThen,
    Panic,
    Fail,
}

impl Work for Fake {
    type Item = Ask;
    type Answer = ();

    const NAME: &'static str = "fake";
    const SIDE_BY_SIDE: bool = true;

    fn bytes(_: &Ask) -> usize {
        1
    }

    async fn run(connection: &mut AsyncPgConnection, batch: &mut Batch<Self>) -> Result<(), StoreError> {
        connection.batch_execute("SELECT 1").await.map_err(crate::failure::failed)?;
        let asked: Vec<(usize, Ask)> = batch.items().map(|(place, ask)| (place, *ask)).collect();
        for (place, ask) in asked {
            match ask {
                Ask::Answer => batch.answer(place, Ok(())),
                Ask::AnswerLate => {
                    connection.batch_execute("SELECT pg_sleep(0.005)").await.map_err(crate::failure::failed)?;
                    batch.answer(place, Ok(()));
                }
                Ask::AnswerThen => {
                    connection.batch_execute(PASS).await.map_err(crate::failure::failed)?;
                    batch.answer(place, Ok(()));
                }
                Ask::Panic => panic!("as asked"),
                Ask::Fail => return Err(StoreError::Internal("as asked".to_owned())),
            }
        }
        Ok(())
    }
}

const PASS: &str = "SELECT pg_advisory_lock_shared(1); SELECT pg_advisory_unlock_shared(1)";

/// Shut while it is there.
struct Gate(AsyncPgConnection);

impl Gate {
    async fn shut(database: &Database) -> Self {
        let mut connection = AsyncPgConnection::establish(&database.url()).await.unwrap();
        connection.batch_execute("SELECT pg_advisory_lock(1)").await.unwrap();
        Self(connection)
    }

    /// Waits until somebody stands before it.
    async fn is_met(&mut self) {
        let waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
        while count(&mut self.0, waiting).await == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    async fn open(mut self) {
        self.0.batch_execute("SELECT pg_advisory_unlock(1)").await.unwrap();
    }
}

/// A lane whose last batch was slow, and a batch under way in it that waits for the gate.
async fn slow_lane(lane: &Lane<Fake>, database: &Database) -> (Gate, impl Future<Output = bool>) {
    lane.submit(Ask::AnswerLate).await.unwrap();
    let mut gate = Gate::shut(database).await;
    let lane = lane.clone();
    let held = tokio::spawn(async move { lane.submit(Ask::AnswerThen).await.is_ok() });
    gate.is_met().await;
    (gate, held.map(Result::unwrap))
}

#[tokio::test]
async fn many_do_not_wait_for_a_slow_batch() {
    let (store, database) = store().await;
    let lane = Lane::<Fake>::start(store.connector.clone()).unwrap();
    let (gate, held) = slow_lane(&lane, &database).await;
    let mut many: FuturesUnordered<_> = [Ask::Answer; 50].map(|ask| lane.submit(ask)).into_iter().collect();
    // The last few may come too late for the others, and are too few then.
    let done = timeout(Duration::from_secs(4), many.by_ref().take(43).collect::<Vec<_>>()).await;
    let done = done.expect("done beside the batch that waits");
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    gate.open().await;
    assert!(held.await && many.all(async |done| done.is_ok()).await);
}

#[tokio::test]
async fn a_few_wait_for_a_slow_batch_to_be_done_together() {
    let (store, database) = store().await;
    let lane = Lane::<Fake>::start(store.connector.clone()).unwrap();
    let (gate, held) = slow_lane(&lane, &database).await;
    let mut few = std::pin::pin!(join_all([Ask::Answer; 3].map(|ask| lane.submit(ask))));
    assert!(timeout(Duration::from_millis(200), &mut few).await.is_err());
    gate.open().await;
    assert!(held.await && few.await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn without_a_second_connection_all_are_done_over_the_first() {
    let (store, database) = store().await;
    let lane = Lane::<Fake>::start(store.connector.clone()).unwrap();
    let (mut gate, held) = slow_lane(&lane, &database).await;
    let refuse = "UPDATE pg_database SET datallowconn = false WHERE datname = current_database()";
    gate.0.batch_execute(refuse).await.unwrap();
    let mut many = std::pin::pin!(join_all([Ask::Answer; 50].map(|ask| lane.submit(ask))));
    assert!(timeout(Duration::from_millis(200), &mut many).await.is_err());
    gate.open().await;
    assert!(held.await && many.await.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_panic_costs_its_batch_and_not_the_thread() {
    let (store, _database) = store().await;
    let lane = Lane::<Fake>::start(store.connector.clone()).unwrap();
    for _ in 0..3 {
        let panicked = lane.submit(Ask::Panic).await;
        assert_eq!(panicked, Err(StoreError::Internal("a panic in the thread fake".to_owned())));
        assert_eq!(lane.submit(Ask::Answer).await, Ok((Ask::Answer, ())));
    }
    lane.close().await;
}

#[tokio::test]
async fn an_error_is_that_of_all_who_were_not_answered() {
    let (store, _database) = store().await;
    let lane = Lane::<Fake>::start(store.connector.clone()).unwrap();
    // They come at once, to a thread that first opens its connection.
    let asked = [Ask::Answer, Ask::Answer, Ask::Fail, Ask::Answer];
    let answers = join_all(asked.map(|ask| lane.submit(ask))).await;
    assert_eq!(answers[2], Err(StoreError::Internal("as asked".to_owned())));
    assert!(answers.iter().filter(|answer| answer.is_ok()).count() >= 2, "{answers:?}");
    assert_eq!(lane.submit(Ask::Answer).await, Ok((Ask::Answer, ())));
}

#[tokio::test]
async fn a_lane_that_is_closed_takes_nothing() {
    let (store, _database) = store().await;
    let lane = Lane::<Fake>::start(store.connector.clone()).unwrap();
    lane.close().await;
    lane.close().await;
    assert_eq!(lane.submit(Ask::Answer).await, Err(StoreError::Unavailable("the store is closed".to_owned())));
}
