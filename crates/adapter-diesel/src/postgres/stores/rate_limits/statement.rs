use std::collections::BTreeMap;

use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{id::ApiKeyId, rate_limit::RateWindow, time::Timestamp};

use crate::rows::Id;

/// The primary key of a row.
///
/// Rows are sorted by it, so that two processes that count concurrently cannot deadlock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WindowKey<'a> {
    pub(super) workspace: &'a str,
    pub(super) key: ApiKeyId,
    pub(super) class: &'a str,
}

/// The requests that are added to a row.
pub(super) struct Increment {
    /// The window that begins with them, unless one is open.
    pub(super) begins: RateWindow,
    pub(super) requests: i64,
}

/// A counted request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub(super) window: RateWindow,
    /// The number of requests of the window that were counted before this one.
    pub(super) before: u64,
}

/// Counts the requests and returns the updated rows, in any order.
pub(super) async fn count(
    connection: &mut AsyncPgConnection,
    increments: &BTreeMap<WindowKey<'_>, Increment>,
) -> QueryResult<Vec<Row>> {
    CountRequests::of(increments).load(connection).await
}

/// A row of `rate_window`.
#[derive(Queryable)]
pub(super) struct Row {
    workspace_id: String,
    api_key_id: Id,
    class: String,
    began_at: i64,
    ends_at: i64,
    used: i64,
}

impl Row {
    /// Its key, and the count for the next request.
    pub(super) fn count(&self) -> (WindowKey<'_>, Count) {
        let key = ApiKeyId::from_uuid(self.api_key_id.into());
        let row_key = WindowKey { workspace: &self.workspace_id, key, class: &self.class };
        let (began_at, ends_at) = (Timestamp::from_micros(self.began_at), Timestamp::from_micros(self.ends_at));
        (row_key, Count { window: RateWindow { began_at, ends_at }, before: self.used.max(0).unsigned_abs() })
    }
}

/// Each column is one array, so the text does not depend on the number of rows, and it is prepared once.
#[derive(Default)]
struct CountRequests<'a> {
    workspace_id: Vec<&'a str>,
    api_key_id: Vec<Id>,
    class: Vec<&'a str>,
    began_at: Vec<i64>,
    ends_at: Vec<i64>,
    used: Vec<i64>,
}

impl<'a> CountRequests<'a> {
    /// Rows are written, and so locked, in the order of the map.
    fn of(increments: &BTreeMap<WindowKey<'a>, Increment>) -> Self {
        let mut columns = Self::default();
        for (key, increment) in increments {
            columns.workspace_id.push(key.workspace);
            columns.api_key_id.push(key.key.as_uuid().into());
            columns.class.push(key.class);
            columns.began_at.push(increment.begins.began_at.as_micros());
            columns.ends_at.push(increment.begins.ends_at.as_micros());
            columns.used.push(increment.requests);
        }
        columns
    }
}

/// The commit does not wait for the disk. If the database crashes, its last counts are lost, and a few more requests are
/// allowed; their own writes are as durable as ever. The statement sets this for its transaction alone: through a pooler, a
/// setting of the session would affect others.
const BEGIN: &str = "WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO rate_window AS open (workspace_id, api_key_id, class, began_at, ends_at, used)
    SELECT asked.* FROM quick, unnest(";

/// Decides whether the window is still open as [`RateWindow::shortened_to`] and [`RateWindow::holds`] do, by the committed
/// row: PostgreSQL reads a row again after it has waited for its lock.
const ADD: &str = ") AS asked ON CONFLICT (workspace_id, api_key_id, class) DO UPDATE SET (began_at, ends_at, used) = (
    SELECT CASE WHEN holds THEN open.began_at ELSE excluded.began_at END,
           CASE WHEN holds THEN ends_at ELSE excluded.ends_at END,
           CASE WHEN holds THEN open.used ELSE 0 END + excluded.used
      FROM (SELECT ends_at, excluded.began_at < ends_at
                        AND excluded.began_at >= open.began_at - (ends_at - open.began_at) AS holds
              FROM (SELECT LEAST(open.ends_at, open.began_at + (excluded.ends_at - excluded.began_at)) AS ends_at)
                AS shortened) AS asked)
    RETURNING workspace_id, api_key_id, class, began_at, ends_at, used";

impl QueryFragment<Pg> for CountRequests<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(BEGIN);
        out.push_bind_param::<Array<Text>, _>(&self.workspace_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.api_key_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.class)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.began_at)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.ends_at)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.used)?;
        out.push_sql(ADD);
        Ok(())
    }
}

impl QueryId for CountRequests<'_> {
    type QueryId = CountRequests<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl diesel::query_builder::Query for CountRequests<'_> {
    type SqlType = (Text, Binary, Text, BigInt, BigInt, BigInt);
}

impl<Conn> diesel::RunQueryDsl<Conn> for CountRequests<'_> {}
