//! The idempotency keys of earlier requests. Used within the transaction that executes the request.

use diesel::{OptionalExtension as _, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{idempotency::Attempt, names::WorkspaceId};
use ports::StoreError;

use crate::{
    postgres::engine::transaction::TxError,
    queries,
    rows::idempotency::{AttemptError, AttemptRow, Created, NewAttempt},
    schema::idempotency,
};

/// What an earlier, committed request under the attempt's key created; `None` if the key is free.
pub(crate) async fn recall<E: AttemptError>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    attempt: &Attempt,
) -> Result<Option<Created>, TxError<E>> {
    let row = queries::idempotency::under(workspace.as_str(), attempt.api_key.as_uuid().into(), attempt.key.as_str())
        .select(AttemptRow::as_select())
        .first(connection)
        .await
        .optional()?;
    row.map(|row| row.replay(attempt)).transpose().map_err(TxError::Domain)
}

/// How often [`claim`] tries a key that is deleted between its two statements.
const MAX_TRIES: u32 = 3;

/// Claims the attempt's key for what the transaction is about to create; `None` if that succeeds. Otherwise returns what
/// the earlier request under the key created.
///
/// It is the first statement of the transaction. Of concurrent transactions with one key, the first claims it. The others
/// wait in this statement until that one ends. If it committed, they read its record; if it rolled back, one of them claims
/// the key.
pub(crate) async fn claim<E: AttemptError>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    attempt: &Attempt,
    created: &Created,
) -> Result<Option<Created>, TxError<E>> {
    for _ in 0..MAX_TRIES {
        let insert = diesel::insert_into(idempotency::table).values(NewAttempt::new(workspace, attempt, created)?);
        if insert.on_conflict_do_nothing().execute(connection).await? > 0 {
            return Ok(None);
        }
        if let Some(earlier) = recall(connection, workspace, attempt).await? {
            return Ok(Some(earlier));
        }
    }
    Err(never_free().into())
}

/// The error for a key that was used at every insert and deleted at every read.
pub(crate) fn never_free() -> StoreError {
    StoreError::Unavailable("the idempotency key was never free and never used".to_owned())
}
