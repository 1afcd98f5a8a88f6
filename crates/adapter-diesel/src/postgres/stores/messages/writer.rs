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
use tokio::time::timeout;

use super::statement::insert;
use crate::{
    failure::{failed, is_conflict, is_lock_timeout},
    postgres::engine::{
        lane::{Batch, Work},
        transaction::{DEADLINE, silent},
    },
};

/// Most bytes of documents that one statement brings: few rows are so large, and a statement is in memory three times.
const STATEMENT_BYTES: usize = 1024 * 1024;
/// A message of more goes after the others of its batch: they need not wait for it.
const LARGE: usize = 16 * 1024;
/// How often rows are tried that other transactions keep undoing.
const TRIES: u32 = 5;

/// A message to be written.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(super) workspace: WorkspaceId,
    pub(super) message: Message,
    /// With what is remembered of it.
    pub(super) attempt: Option<(Attempt, String)>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is committed.
    Written,
    /// It was not written: its idempotency key was used before.
    KeyUsed,
    /// It was not written: somebody else is about to use its idempotency key, and this is no place to wait for that.
    KeyHeld,
}

/// Writes messages, many in one statement.
pub(crate) struct Writer;

impl Work for Writer {
    type Item = Post;
    type Answer = Outcome;

    const NAME: &'static str = "pg-messages";
    const SIDE_BY_SIDE: bool = true;

    fn bytes(post: &Post) -> usize {
        post.bytes()
    }

    async fn run(connection: &mut AsyncPgConnection, batch: &mut Batch<Self>) -> Result<(), StoreError> {
        let mut statements = statements(batch.items());
        let mut is_well = Ok(());
        while let Some(Statement { mut rows, tries }) = statements.pop() {
            let posts: Vec<&Post> = rows.iter().filter_map(|&row| batch.item(row)).collect();
            let error = match timeout(DEADLINE, insert(connection, &posts)).await.map_err(|_| silent())? {
                Ok(written) => {
                    let outcome = |post| if written.holds(post) { Outcome::Written } else { Outcome::KeyUsed };
                    let outcomes: Vec<Outcome> = posts.into_iter().map(outcome).collect();
                    rows.into_iter().zip(outcomes).for_each(|(row, outcome)| batch.answer(row, Ok(outcome)));
                    continue;
                }
                Err(error) => error,
            };
            let has_key = |row: &usize| batch.item(*row).is_some_and(|post| post.attempt.is_some());
            if is_conflict(&error) && tries < TRIES {
                statements.push(Statement { rows, tries: tries + 1 });
            } else if is_lock_timeout(&error) && rows.iter().any(has_key) {
                // Whose key it is cannot be told, so each with a key waits for its own elsewhere.
                let (held, free): (Vec<_>, Vec<_>) = rows.into_iter().partition(has_key);
                held.into_iter().for_each(|row| batch.answer(row, Ok(Outcome::KeyHeld)));
                if !free.is_empty() {
                    statements.push(Statement { rows: free, tries: 0 });
                }
            } else {
                match failed(error) {
                    // One row may be to blame: halves that are without it go through.
                    StoreError::Internal(_) if rows.len() > 1 => {
                        let second = rows.split_off(rows.len() / 2);
                        statements.push(Statement { rows: second, tries: 0 });
                        statements.push(Statement { rows, tries: 0 });
                    }
                    why @ StoreError::Internal(_) => {
                        rows.into_iter().for_each(|row| batch.answer(row, Err(why.clone())));
                        is_well = Err(why);
                    }
                    why @ (StoreError::Unavailable(_) | StoreError::Replaced(_)) => return Err(why),
                }
            }
        }
        is_well
    }
}

/// Rows that are written by one statement, as places in the batch.
#[derive(Debug, PartialEq, Eq)]
struct Statement {
    rows: Vec<usize>,
    tries: u32,
}

/// The posts by statements, the first at the end. Mostly it is one. Of posts with one idempotency key each has a statement
/// of its own, since one cannot take a key twice.
fn statements<'a>(posts: impl Iterator<Item = (usize, &'a Post)>) -> Vec<Statement> {
    let (small, large): (Vec<_>, Vec<_>) = posts.partition(|(_, post)| post.bytes() <= LARGE);
    let mut statements: Vec<Vec<usize>> = vec![Vec::with_capacity(small.len())];
    let mut used: HashMap<(&WorkspaceId, ApiKeyId, &IdempotencyKey), usize> = HashMap::new();
    let (mut base, mut bytes) = (0, 0);
    for (row, post) in small.into_iter().chain(large) {
        bytes += post.bytes();
        if bytes > STATEMENT_BYTES && bytes > post.bytes() {
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
