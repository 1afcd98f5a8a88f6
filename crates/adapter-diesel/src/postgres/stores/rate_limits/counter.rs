use std::collections::BTreeMap;

use diesel_async::AsyncPgConnection;
use domain::{
    id::ApiKeyId,
    names::WorkspaceId,
    rate_limit::{LimitClass, RateLimit, RateWindow},
    time::Timestamp,
};
use ports::StoreError;
use tokio::time::timeout;

use super::statement::{Count, Increment, Row, WindowKey, count};
use crate::{
    failure::store_error,
    postgres::engine::{
        batcher::{Batch, BatchWork},
        transaction::{OPERATION_TIMEOUT, no_response},
    },
};

/// A request to be counted.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(super) workspace: WorkspaceId,
    pub(super) key: ApiKeyId,
    pub(super) class: LimitClass,
    pub(super) limit: RateLimit,
    pub(super) at: Timestamp,
}

/// Counts requests, many in one statement.
pub(crate) struct RequestCounter;

impl BatchWork for RequestCounter {
    type Item = Request;
    type Answer = Count;

    const NAME: &'static str = "pg-counts";
    const CONCURRENT_BATCHES: bool = false;

    fn bytes(_: &Request) -> usize {
        size_of::<Request>()
    }

    async fn run(connection: &mut AsyncPgConnection, batch: &mut Batch<Self>) -> Result<(), StoreError> {
        let increments = increments(batch.items().map(|(_, request)| request));
        let rows = timeout(OPERATION_TIMEOUT, count(connection, &increments)).await;
        let rows = rows.map_err(|_| no_response())?.map_err(store_error)?;
        let mut counts: BTreeMap<WindowKey, Count> = rows.iter().map(Row::count).collect();
        for (key, increment) in &increments {
            if let Some(count) = counts.get_mut(key) {
                count.before = count.before.saturating_sub(increment.requests.unsigned_abs());
            }
        }
        // The requests use up a window in the order of their arrival.
        let answers: Vec<_> = batch.items().map(|(index, request)| (index, next(&mut counts, request))).collect();
        for (index, answer) in answers {
            batch.answer(index, answer);
        }
        Ok(())
    }
}

/// The count for this request.
fn next<'a>(counts: &mut BTreeMap<WindowKey<'a>, Count>, request: &'a Request) -> Result<Count, StoreError> {
    let missing = || StoreError::Internal("the statement answered without a row that it wrote".to_owned());
    let next = counts.get_mut(&key(request)).ok_or_else(missing)?;
    let count = *next;
    next.before = next.before.saturating_add(1);
    Ok(count)
}

/// The requests by window.
fn increments<'a>(requests: impl Iterator<Item = &'a Request>) -> BTreeMap<WindowKey<'a>, Increment> {
    let mut increments = BTreeMap::new();
    for request in requests {
        let begins = RateWindow::begin(request.at, request.limit);
        let increment = increments.entry(key(request)).or_insert(Increment { begins, requests: 0 });
        increment.requests += 1;
        // The latest request decides: a window that has ended for one of them has ended.
        if begins.began_at > increment.begins.began_at {
            increment.begins = begins;
        }
    }
    increments
}

fn key(request: &Request) -> WindowKey<'_> {
    WindowKey { workspace: request.workspace.as_str(), key: request.key, class: request.class.as_str() }
}
