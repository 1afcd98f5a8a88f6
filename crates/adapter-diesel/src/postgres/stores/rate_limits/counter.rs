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

use super::statement::{Row, count};
use crate::{
    failure::failed,
    postgres::engine::{
        lane::{Batch, Work},
        transaction::{DEADLINE, silent},
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

/// A request that was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(super) window: RateWindow,
    /// The requests of the window that were counted before this one.
    pub(super) before: u64,
}

/// What is counted together: the primary key of a row, by which rows are sorted, so that of two processes that count the
/// same at once none waits for the other in a circle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place<'a> {
    pub(super) workspace: &'a str,
    pub(super) key: ApiKeyId,
    pub(super) class: &'a str,
}

/// What the requests of one place make of its row.
pub(super) struct Group {
    /// The window that begins with them, unless one is open.
    pub(super) begins: RateWindow,
    pub(super) requests: i64,
}

/// Counts requests, many in one statement.
pub(crate) struct Counter;

impl Work for Counter {
    type Item = Request;
    type Answer = Counted;

    const NAME: &'static str = "pg-counts";
    const SIDE_BY_SIDE: bool = false;

    fn bytes(_: &Request) -> usize {
        size_of::<Request>()
    }

    async fn run(connection: &mut AsyncPgConnection, batch: &mut Batch<Self>) -> Result<(), StoreError> {
        let groups = groups(batch.items().map(|(_, request)| request));
        let rows = timeout(DEADLINE, count(connection, &groups)).await.map_err(|_| silent())?.map_err(failed)?;
        let mut counts: BTreeMap<Place, Counted> = rows.iter().map(Row::count).collect();
        for (place, group) in &groups {
            if let Some(count) = counts.get_mut(place) {
                count.before = count.before.saturating_sub(group.requests.unsigned_abs());
            }
        }
        // What a window has left goes to those who came first.
        let answers: Vec<_> = batch.items().map(|(place, request)| (place, next(&mut counts, request))).collect();
        for (place, answer) in answers {
            batch.answer(place, answer);
        }
        Ok(())
    }
}

/// What this request is counted as.
fn next<'a>(counts: &mut BTreeMap<Place<'a>, Counted>, request: &'a Request) -> Result<Counted, StoreError> {
    let missing = || StoreError::Internal("the statement answered without a row that it wrote".to_owned());
    let next = counts.get_mut(&Place::of(request)).ok_or_else(missing)?;
    let counted = *next;
    next.before = next.before.saturating_add(1);
    Ok(counted)
}

/// The requests by place.
fn groups<'a>(requests: impl Iterator<Item = &'a Request>) -> BTreeMap<Place<'a>, Group> {
    let mut groups = BTreeMap::new();
    for request in requests {
        let begins = RateWindow::begin(request.at, request.limit);
        let group = groups.entry(Place::of(request)).or_insert(Group { begins, requests: 0 });
        group.requests += 1;
        // The latest tells the time: what was over for one of them is over.
        if begins.began_at > group.begins.began_at {
            group.begins = begins;
        }
    }
    groups
}

impl<'a> Place<'a> {
    fn of(request: &'a Request) -> Self {
        Self { workspace: request.workspace.as_str(), key: request.key, class: request.class.as_str() }
    }
}
