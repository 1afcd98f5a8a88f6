//! Statements that insert many messages at once.
//!
//! Each column is one array, so the text of a statement does not depend on the number of rows, and it is prepared once.

use std::collections::HashSet;

use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary, Nullable, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::pending::PendingMessage;
use crate::rows::{Digest, Id, bytes::Bytes, message::NewMessage};

/// Inserts the messages in one transaction, except those whose idempotency key was used before. Returns which it inserted.
///
/// No two messages may have the same idempotency key.
pub(super) async fn insert(connection: &mut AsyncPgConnection, pending: &[&PendingMessage]) -> QueryResult<Inserted> {
    let messages = MessageColumns::of(pending);
    if pending.iter().all(|pending| pending.attempt.is_none()) {
        Insert { messages }.execute(connection).await?;
        return Ok(Inserted::All);
    }
    let inserted = ClaimAndInsert { messages, attempts: AttemptColumns::of(pending) }.load::<Id>(connection).await?;
    Ok(Inserted::Ids(inserted.into_iter().map(|id| id.0).collect()))
}

/// Which messages were inserted.
pub(super) enum Inserted {
    All,
    /// Only the messages with these ids.
    Ids(HashSet<[u8; 16]>),
}

impl Inserted {
    pub(super) fn contains(&self, pending: &PendingMessage) -> bool {
        match self {
            Self::All => true,
            Self::Ids(ids) => ids.contains(pending.message.id.as_uuid().as_bytes()),
        }
    }
}

#[derive(Default)]
struct MessageColumns<'a> {
    workspace_id: Vec<&'a str>,
    conversation_id: Vec<&'a str>,
    id: Vec<Id>,
    peer_id: Vec<Option<&'a str>>,
    widget_id: Vec<Id>,
    widget_version: Vec<i64>,
    widget_key: Vec<&'a str>,
    sent_by: Vec<&'a str>,
    sent_at: Vec<i64>,
    text: Vec<Option<&'a str>>,
    data: Vec<&'a str>,
}

impl<'a> MessageColumns<'a> {
    fn of(pending: &[&'a PendingMessage]) -> Self {
        let mut columns = Self::default();
        for pending in pending {
            let row = NewMessage::new(&pending.workspace, &pending.message);
            columns.workspace_id.push(row.workspace_id);
            columns.conversation_id.push(row.conversation_id);
            columns.id.push(row.id);
            columns.peer_id.push(row.peer_id);
            columns.widget_id.push(row.widget_id);
            columns.widget_version.push(row.widget_version);
            columns.widget_key.push(row.widget_key);
            columns.sent_by.push(row.sent_by);
            columns.sent_at.push(row.sent_at);
            columns.text.push(row.text);
            columns.data.push(row.data);
        }
        columns
    }

    /// The arrays, in the order of [`COLUMNS`].
    fn bind<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<Array<Text>, _>(&self.workspace_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.conversation_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.id)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.peer_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.widget_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.widget_version)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.widget_key)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.sent_by)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.sent_at)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.text)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.data)
    }
}

/// The columns of a message.
const COLUMNS: &str = "workspace_id, conversation_id, id, peer_id, widget_id, widget_version, widget_key, sent_by, sent_at, \
    text, data";

/// Messages of which none has an idempotency key.
struct Insert<'a> {
    messages: MessageColumns<'a>,
}

impl QueryFragment<Pg> for Insert<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO message (");
        out.push_sql(COLUMNS);
        out.push_sql(") SELECT * FROM unnest(");
        self.messages.bind(&mut out)?;
        out.push_sql(")");
        Ok(())
    }
}

impl QueryId for Insert<'_> {
    type QueryId = Insert<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<Conn> diesel::RunQueryDsl<Conn> for Insert<'_> {}

#[derive(Default)]
struct AttemptColumns<'a> {
    api_key_id: Vec<Option<Id>>,
    key: Vec<Option<&'a str>>,
    fingerprint: Vec<Option<Digest>>,
    made_at: Vec<Option<i64>>,
    made: Vec<Option<&'a str>>,
}

impl<'a> AttemptColumns<'a> {
    fn of(pending: &[&'a PendingMessage]) -> Self {
        let mut columns = Self::default();
        for pending in pending {
            let attempt = pending.attempt.as_ref();
            columns.api_key_id.push(attempt.map(|(attempt, _)| attempt.api_key.as_uuid().into()));
            columns.key.push(attempt.map(|(attempt, _)| attempt.key.as_str()));
            columns.fingerprint.push(attempt.map(|(attempt, _)| Bytes(attempt.fingerprint.0)));
            columns.made_at.push(attempt.map(|(attempt, _)| attempt.made_at.as_micros()));
            columns.made.push(attempt.map(|(_, made)| made.as_str()));
        }
        columns
    }
}

/// Messages of which some have an idempotency key. One statement commits key and message together, without a transaction
/// that stays open between round trips.
///
/// As in [`claim`](crate::postgres::stores::idempotency::claim), a used key is not claimed, and its message is not
/// inserted. Keys are claimed in order, so two such statements cannot wait for each other.
struct ClaimAndInsert<'a> {
    messages: MessageColumns<'a>,
    attempts: AttemptColumns<'a>,
}

/// Sets how long the statement waits for a key that another transaction holds. Mostly that is a statement like this one, of
/// another process, which ends immediately; a longer wait would delay the queue.
const WITH_LOCK_TIMEOUT: &str = "WITH brief AS MATERIALIZED (SELECT set_config('lock_timeout', '50ms', true)),
    post AS MATERIALIZED (SELECT post.* FROM brief, unnest(";

impl QueryFragment<Pg> for ClaimAndInsert<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(WITH_LOCK_TIMEOUT);
        self.messages.bind(&mut out)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Binary>>, _>(&self.attempts.api_key_id)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.attempts.key)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Binary>>, _>(&self.attempts.fingerprint)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<BigInt>>, _>(&self.attempts.made_at)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.attempts.made)?;
        out.push_sql(") AS post (");
        out.push_sql(COLUMNS);
        out.push_sql(
            ", api_key_id, key, fingerprint, made_at, made)), claimed AS (
            INSERT INTO idempotency (workspace_id, api_key_id, key, fingerprint, made_at, made)
            SELECT workspace_id, api_key_id, key, fingerprint, made_at, made FROM post WHERE key IS NOT NULL
            ORDER BY workspace_id COLLATE \"C\", api_key_id, key COLLATE \"C\"
            ON CONFLICT (workspace_id, api_key_id, key) DO NOTHING
            RETURNING workspace_id, api_key_id, key) INSERT INTO message (",
        );
        out.push_sql(COLUMNS);
        out.push_sql(") SELECT ");
        out.push_sql(COLUMNS);
        out.push_sql(
            " FROM post WHERE key IS NULL
            OR (workspace_id, api_key_id, key) IN (SELECT workspace_id, api_key_id, key FROM claimed)
            RETURNING id",
        );
        Ok(())
    }
}

impl QueryId for ClaimAndInsert<'_> {
    type QueryId = ClaimAndInsert<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl diesel::query_builder::Query for ClaimAndInsert<'_> {
    type SqlType = Binary;
}

impl<Conn> diesel::RunQueryDsl<Conn> for ClaimAndInsert<'_> {}
