use std::collections::BTreeMap;

use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{id::ApiKeyId, rate_limit::RateWindow, time::Timestamp};

use super::counter::{Counted, Group, Place};
use crate::rows::Id;

/// Counts these requests and answers with the rows as they are then, in any order.
pub(super) async fn count(
    connection: &mut AsyncPgConnection,
    groups: &BTreeMap<Place<'_>, Group>,
) -> QueryResult<Vec<Row>> {
    Count::of(groups).load(connection).await
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
    /// Where it is, and what a request that came next would be counted as.
    pub(super) fn count(&self) -> (Place<'_>, Counted) {
        let key = ApiKeyId::from_uuid(self.api_key_id.into());
        let place = Place { workspace: &self.workspace_id, key, class: &self.class };
        let (began_at, ends_at) = (Timestamp::from_micros(self.began_at), Timestamp::from_micros(self.ends_at));
        (place, Counted { window: RateWindow { began_at, ends_at }, before: self.used.max(0).unsigned_abs() })
    }
}

/// Each column is one array, so that the text is the same for any number of rows: it is prepared once.
#[derive(Default)]
struct Count<'a> {
    workspace_id: Vec<&'a str>,
    api_key_id: Vec<Id>,
    class: Vec<&'a str>,
    began_at: Vec<i64>,
    ends_at: Vec<i64>,
    used: Vec<i64>,
}

impl<'a> Count<'a> {
    /// Rows are written, and so locked, in the order of the map.
    fn of(groups: &BTreeMap<Place<'a>, Group>) -> Self {
        let mut columns = Self::default();
        for (place, group) in groups {
            columns.workspace_id.push(place.workspace);
            columns.api_key_id.push(place.key.as_uuid().into());
            columns.class.push(place.class);
            columns.began_at.push(group.begins.began_at.as_micros());
            columns.ends_at.push(group.begins.ends_at.as_micros());
            columns.used.push(group.requests);
        }
        columns
    }
}

/// A commit does not wait for the disk: if the database crashes, the counts of its last moments are lost, and a few requests
/// more are let through. That harms nobody; what they do is as durable as ever. Said by the statement, for its transaction
/// alone: a setting of the session would reach others through a pooler.
const BEGIN: &str = "WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO rate_window AS open (workspace_id, api_key_id, class, began_at, ends_at, used)
    SELECT asked.* FROM quick, unnest(";

/// Whether the window is still open is decided as by [`RateWindow::shortened_to`] and [`RateWindow::holds`], and by what is
/// committed: after waiting for the lock of a row, PostgreSQL reads it again.
const ADD: &str = ") AS asked ON CONFLICT (workspace_id, api_key_id, class) DO UPDATE SET (began_at, ends_at, used) = (
    SELECT CASE WHEN holds THEN open.began_at ELSE excluded.began_at END,
           CASE WHEN holds THEN ends_at ELSE excluded.ends_at END,
           CASE WHEN holds THEN open.used ELSE 0 END + excluded.used
      FROM (SELECT ends_at, excluded.began_at < ends_at
                        AND excluded.began_at >= open.began_at - (ends_at - open.began_at) AS holds
              FROM (SELECT LEAST(open.ends_at, open.began_at + (excluded.ends_at - excluded.began_at)) AS ends_at)
                AS shortened) AS asked)
    RETURNING workspace_id, api_key_id, class, began_at, ends_at, used";

impl QueryFragment<Pg> for Count<'_> {
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

impl QueryId for Count<'_> {
    type QueryId = Count<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl diesel::query_builder::Query for Count<'_> {
    type SqlType = (Text, Binary, Text, BigInt, BigInt, BigInt);
}

impl<Conn> diesel::RunQueryDsl<Conn> for Count<'_> {}
