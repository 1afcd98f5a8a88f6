//! Inserts the batches of the batcher of messages.

use std::collections::HashMap;

use diesel_async::AsyncPgConnection;
use domain::{id::ApiKeyId, idempotency::IdempotencyKey, names::WorkspaceId};
use ports::StoreError;
use tokio::time::timeout;

use super::{pending::PendingMessage, statement::insert};
use crate::{
    failure::{is_conflict, is_lock_timeout, store_error},
    postgres::engine::{
        batcher::{Batch, BatchWork},
        transaction::{OPERATION_TIMEOUT, no_response},
    },
};

/// Maximum size of the documents in one statement, in bytes: a statement is in memory three times.
const MAX_STATEMENT_BYTES: usize = 1024 * 1024;
/// Larger messages come after the others of their batch, which need not wait for them.
const LARGE_MESSAGE_BYTES: usize = 16 * 1024;
/// Maximum number of attempts of a statement that conflicts with other transactions.
const MAX_TRIES: u32 = 5;

/// The result for one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The message is committed.
    Inserted,
    /// Not inserted: an earlier request used the idempotency key.
    KeyUsed,
    /// Not inserted: an open transaction holds the idempotency key, and the batch does not wait for it.
    KeyLocked,
}

/// Inserts the messages of a batch, many in one statement.
pub(crate) struct MessageInserter;

impl BatchWork for MessageInserter {
    type Item = PendingMessage;
    type Answer = Outcome;

    const NAME: &'static str = "pg-messages";
    const CONCURRENT_BATCHES: bool = true;

    fn bytes(pending: &PendingMessage) -> usize {
        pending.bytes()
    }

    async fn run(connection: &mut AsyncPgConnection, batch: &mut Batch<Self>) -> Result<(), StoreError> {
        let mut statements = plan_statements(batch.items());
        let mut result = Ok(());
        while let Some(Statement { mut rows, tries }) = statements.pop() {
            let pending: Vec<&PendingMessage> = rows.iter().filter_map(|&row| batch.item(row)).collect();
            let inserted = timeout(OPERATION_TIMEOUT, insert(connection, &pending)).await.map_err(|_| no_response())?;
            let error = match inserted {
                Ok(inserted) => {
                    let outcome = |pending| {
                        if inserted.contains(pending) { Outcome::Inserted } else { Outcome::KeyUsed }
                    };
                    let outcomes: Vec<Outcome> = pending.into_iter().map(outcome).collect();
                    rows.into_iter().zip(outcomes).for_each(|(row, outcome)| batch.answer(row, Ok(outcome)));
                    continue;
                }
                Err(error) => error,
            };
            let has_key = |row: &usize| batch.item(*row).is_some_and(|pending| pending.attempt.is_some());
            if is_conflict(&error) && tries < MAX_TRIES {
                statements.push(Statement { rows, tries: tries + 1 });
            } else if is_lock_timeout(&error) && rows.iter().any(has_key) {
                // The error does not name the locked key, so each message with a key waits for its own elsewhere.
                let (locked, free): (Vec<_>, Vec<_>) = rows.into_iter().partition(has_key);
                locked.into_iter().for_each(|row| batch.answer(row, Ok(Outcome::KeyLocked)));
                if !free.is_empty() {
                    statements.push(Statement { rows: free, tries: 0 });
                }
            } else {
                match store_error(error) {
                    // If one row causes the error, the half without it succeeds.
                    StoreError::Internal(_) if rows.len() > 1 => {
                        let second = rows.split_off(rows.len() / 2);
                        statements.push(Statement { rows: second, tries: 0 });
                        statements.push(Statement { rows, tries: 0 });
                    }
                    why @ StoreError::Internal(_) => {
                        rows.into_iter().for_each(|row| batch.answer(row, Err(why.clone())));
                        result = Err(why);
                    }
                    why @ (StoreError::Unavailable(_) | StoreError::Replaced(_)) => return Err(why),
                }
            }
        }
        result
    }
}

/// The rows of one statement, as indexes into the batch.
#[derive(Debug, PartialEq, Eq)]
struct Statement {
    rows: Vec<usize>,
    tries: u32,
}

/// Distributes the messages over statements, mostly one. The first statement comes last.
///
/// A statement cannot claim an idempotency key twice, so messages with the same key go to different statements.
fn plan_statements<'a>(messages: impl Iterator<Item = (usize, &'a PendingMessage)>) -> Vec<Statement> {
    let (small, large): (Vec<_>, Vec<_>) = messages.partition(|(_, pending)| pending.bytes() <= LARGE_MESSAGE_BYTES);
    let mut statements: Vec<Vec<usize>> = vec![Vec::with_capacity(small.len())];
    let mut next_for_key: HashMap<(&WorkspaceId, ApiKeyId, &IdempotencyKey), usize> = HashMap::new();
    let (mut base, mut bytes) = (0, 0);
    for (row, pending) in small.into_iter().chain(large) {
        bytes += pending.bytes();
        if bytes > MAX_STATEMENT_BYTES && bytes > pending.bytes() {
            base = statements.len();
            bytes = pending.bytes();
        }
        let mut at = base;
        if let Some((attempt, _)) = &pending.attempt {
            let next = next_for_key.entry((&pending.workspace, attempt.api_key, &attempt.key)).or_insert(base);
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

#[cfg(test)]
mod tests;
