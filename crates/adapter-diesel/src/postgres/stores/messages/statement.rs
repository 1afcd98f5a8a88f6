//! Statements that insert many messages at once.
//!
//! Each column is one array, so that the text of a statement is the same for any number of rows: it is prepared once.

use std::collections::HashSet;

use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary, Nullable, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::writer::Post;
use crate::rows::{Digest, Id, bytes::Bytes, message::NewMessage};

/// Inserts these messages, or none of them, and tells which: one with an idempotency key that was used before is not among
/// them. No two of them may have one idempotency key.
pub(super) async fn insert(connection: &mut AsyncPgConnection, posts: &[&Post]) -> QueryResult<Written> {
    let messages = MessageColumns::of(posts);
    if posts.iter().all(|post| post.attempt.is_none()) {
        Insert { messages }.execute(connection).await?;
        return Ok(Written::All);
    }
    let inserted = ClaimAndInsert { messages, attempts: AttemptColumns::of(posts) }.load::<Id>(connection).await?;
    Ok(Written::These(inserted.into_iter().map(|id| id.0).collect()))
}

/// Which messages were inserted.
pub(super) enum Written {
    All,
    /// Those with these ids.
    These(HashSet<[u8; 16]>),
}

impl Written {
    pub(super) fn holds(&self, post: &Post) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(post.message.id.as_uuid().as_bytes()),
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
    fn of(posts: &[&'a Post]) -> Self {
        let mut columns = Self::default();
        for post in posts {
            let row = NewMessage::new(&post.workspace, &post.message);
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

    /// The arrays, in the order of [`NAMES`].
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
const NAMES: &str = "workspace_id, conversation_id, id, peer_id, widget_id, widget_version, widget_key, sent_by, sent_at, \
    text, data";

/// Messages of which none has an idempotency key.
struct Insert<'a> {
    messages: MessageColumns<'a>,
}

impl QueryFragment<Pg> for Insert<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO message (");
        out.push_sql(NAMES);
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
    fn of(posts: &[&'a Post]) -> Self {
        let mut columns = Self::default();
        for post in posts {
            let attempt = post.attempt.as_ref();
            columns.api_key_id.push(attempt.map(|(attempt, _)| attempt.api_key.as_uuid().into()));
            columns.key.push(attempt.map(|(attempt, _)| attempt.key.as_str()));
            columns.fingerprint.push(attempt.map(|(attempt, _)| Bytes(attempt.fingerprint.0)));
            columns.made_at.push(attempt.map(|(attempt, _)| attempt.made_at.as_micros()));
            columns.made.push(attempt.map(|(_, made)| made.as_str()));
        }
        columns
    }
}

/// Messages of which some have an idempotency key. One statement, so that key and message are committed together without
/// a transaction that would stay open between round trips.
///
/// As in [`claim`](crate::postgres::stores::idempotency::claim): a key that was used and is not forgotten is not taken, and then its
/// message is not inserted. Keys are taken in order, so two such statements cannot wait for each other.
struct ClaimAndInsert<'a> {
    messages: MessageColumns<'a>,
    attempts: AttemptColumns<'a>,
}

/// A key that another transaction holds is waited for this long. Mostly that is a statement like this one, of another
/// process, and over in no time; else everybody behind would wait.
const BRIEFLY: &str = "WITH brief AS MATERIALIZED (SELECT set_config('lock_timeout', '50ms', true)),
    post AS MATERIALIZED (SELECT post.* FROM brief, unnest(";

impl QueryFragment<Pg> for ClaimAndInsert<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(BRIEFLY);
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
        out.push_sql(NAMES);
        out.push_sql(
            ", api_key_id, key, fingerprint, made_at, made)), claimed AS (
            INSERT INTO idempotency (workspace_id, api_key_id, key, fingerprint, made_at, made)
            SELECT workspace_id, api_key_id, key, fingerprint, made_at, made FROM post WHERE key IS NOT NULL
            ORDER BY workspace_id COLLATE \"C\", api_key_id, key COLLATE \"C\"
            ON CONFLICT (workspace_id, api_key_id, key) DO NOTHING
            RETURNING workspace_id, api_key_id, key) INSERT INTO message (",
        );
        out.push_sql(NAMES);
        out.push_sql(") SELECT ");
        out.push_sql(NAMES);
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
