//! The idempotency keys of earlier requests. Used within the transaction that executes the request.

use diesel::prelude::*;
use domain::{idempotency::Attempt, names::WorkspaceId};
use ports::StoreError;

use crate::{
    failure::store_error,
    queries,
    rows::idempotency::{AttemptError, AttemptRow, Created, NewAttempt},
    schema::idempotency,
};

/// What an earlier request under the attempt's key created; `None` if the key is free.
pub(crate) fn recall<E: AttemptError>(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    attempt: &Attempt,
) -> Result<Option<Created>, E> {
    let row = queries::idempotency::under(workspace.as_str(), attempt.api_key.as_uuid().into(), attempt.key.as_str())
        .select(AttemptRow::as_select())
        .first(connection)
        .optional()
        .map_err(store_error)?;
    row.map(|row| row.replay(attempt)).transpose()
}

/// Stores what an attempt created. Its key must be free, as [`recall`] reports in the same transaction.
pub(crate) fn remember(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    attempt: &Attempt,
    created: &Created,
) -> Result<(), StoreError> {
    diesel::insert_into(idempotency::table)
        .values(NewAttempt::new(workspace, attempt, created)?)
        .execute(connection)
        .map(drop)
        .map_err(store_error)
}
