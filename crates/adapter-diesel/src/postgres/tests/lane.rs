use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use futures_util::future::join_all;
use ports::StoreError;

use super::{
    super::lane::{Batch, Lane, Work},
    store,
};

/// Does what its items ask for.
struct Fake;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Ask {
    Answer,
    Panic,
    Fail,
}

impl Work for Fake {
    type Item = Ask;
    type Answer = ();

    const NAME: &'static str = "fake";

    fn bytes(_: &Ask) -> usize {
        1
    }

    async fn run(connection: &mut AsyncPgConnection, batch: &mut Batch<Self>) -> Result<(), StoreError> {
        connection.batch_execute("SELECT 1").await.map_err(crate::failure::failed)?;
        let asked: Vec<(usize, Ask)> = batch.items().map(|(place, ask)| (place, *ask)).collect();
        for (place, ask) in asked {
            match ask {
                Ask::Answer => batch.answer(place, Ok(())),
                Ask::Panic => panic!("as asked"),
                Ask::Fail => return Err(StoreError::Internal("as asked".to_owned())),
            }
        }
        Ok(())
    }
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
