//! Group commit: what the lane of messages does.

use std::collections::HashMap;

use diesel_async::AsyncPgConnection;
use domain::{
    id::ApiKeyId,
    idempotency::{Attempt, IdempotencyKey},
    message::Message,
    names::WorkspaceId,
};
use ports::StoreError;

use super::statement::insert;
use crate::{
    failure::{failed, is_conflict},
    postgres::lane::Work,
};

/// Most bytes of documents that one statement brings: few rows are so large, and a statement is in memory three times.
const STATEMENT_BYTES: usize = 1024 * 1024;
/// How often a row is tried that other transactions keep undoing.
const TRIES: u32 = 5;

/// A message to be written.
#[derive(Debug, Clone)]
pub(in crate::postgres) struct Post {
    pub(super) workspace: WorkspaceId,
    pub(super) message: Message,
    /// With what is remembered of it.
    pub(super) attempt: Option<(Attempt, String)>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::postgres) enum Outcome {
    /// It is committed.
    Written,
    /// It was not written: its idempotency key was used before.
    KeyUsed,
}

/// Writes messages, many in one statement.
pub(in crate::postgres) struct Writer;

impl Work for Writer {
    type Item = Post;
    type Answer = Outcome;

    const THREAD: &'static str = "pg-messages";
    const NAME: &'static str = "messages";
    const TOGETHER: usize = 256;
    const SETUP: &'static str = "";

    async fn run(&mut self, connection: &mut AsyncPgConnection, posts: &[Post]) -> Vec<Result<Outcome, StoreError>> {
        let mut answers = Vec::new();
        answers.resize_with(posts.len(), || Err(StoreError::Internal("the message was not reached".to_owned())));
        let mut statements: Vec<Statement> = statements(posts);
        while let Some(Statement { mut rows, tries }) = statements.pop() {
            let these: Vec<&Post> = rows.iter().map(|&row| &posts[row]).collect();
            match insert(connection, &these).await {
                Ok(written) => {
                    for (row, post) in rows.into_iter().zip(these) {
                        let outcome = if written.holds(post) { Outcome::Written } else { Outcome::KeyUsed };
                        answers[row] = Ok(outcome);
                    }
                }
                Err(error) if is_conflict(&error) && tries < TRIES => {
                    statements.push(Statement { rows, tries: tries + 1 });
                }
                Err(error) => match failed(error) {
                    // One row may be to blame: halves that are without it go through.
                    StoreError::Internal(_) if rows.len() > 1 => {
                        let second = rows.split_off(rows.len() / 2);
                        statements.push(Statement { rows: second, tries: 0 });
                        statements.push(Statement { rows, tries: 0 });
                    }
                    why @ StoreError::Internal(_) => answers[rows[0]] = Err(why),
                    // Nothing that is still to do would fare better.
                    why @ StoreError::Unavailable(_) => {
                        let left = statements.iter().flat_map(|statement| &statement.rows);
                        for &row in rows.iter().chain(left) {
                            answers[row] = Err(why.clone());
                        }
                        break;
                    }
                },
            }
        }
        answers
    }
}

/// Rows that are written by one statement, as places among the posts.
#[derive(Debug, PartialEq, Eq)]
struct Statement {
    rows: Vec<usize>,
    tries: u32,
}

/// The posts by statements, the first at the end. Mostly it is one. Of posts with one idempotency key each has a statement
/// of its own, since one cannot take a key twice.
fn statements(posts: &[Post]) -> Vec<Statement> {
    let mut statements: Vec<Vec<usize>> = vec![Vec::with_capacity(posts.len())];
    let mut used: HashMap<(&WorkspaceId, ApiKeyId, &IdempotencyKey), usize> = HashMap::new();
    let (mut base, mut bytes) = (0, 0);
    for (row, post) in posts.iter().enumerate() {
        bytes += post.bytes();
        if bytes > STATEMENT_BYTES && row > 0 {
            base = statements.len();
            bytes = post.bytes();
        }
        let mut at = base;
        if let Some((attempt, _)) = &post.attempt {
            let next = used.entry((&post.workspace, attempt.api_key, &attempt.key)).or_insert(base);
            at = base.max(*next);
            *next = at + 1;
        }
        while statements.len() <= at {
            statements.push(Vec::new());
        }
        statements[at].push(row);
    }
    let mut statements: Vec<_> = statements.into_iter().map(|rows| Statement { rows, tries: 0 }).collect();
    statements.reverse();
    statements
}

impl Post {
    fn bytes(&self) -> usize {
        self.message.data.as_str().len() + self.message.text.as_ref().map_or(0, |text| text.as_str().len())
    }
}

#[cfg(test)]
mod tests;
