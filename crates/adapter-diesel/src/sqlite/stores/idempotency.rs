//! Requests that were made before. Used within the transaction that makes what they ask for.

use diesel::prelude::*;
use domain::{idempotency::Attempt, names::WorkspaceId};
use ports::StoreError;

use crate::{
    failure::failed,
    queries,
    rows::idempotency::{AttemptRow, Known, Made, NewAttempt},
    schema::idempotency,
};

pub(crate) fn recall(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    attempt: &Attempt,
) -> Result<Known, StoreError> {
    let row = queries::idempotency::under(workspace.as_str(), attempt.api_key.as_uuid().into(), attempt.key.as_str())
        .select(AttemptRow::as_select())
        .first(connection)
        .optional()
        .map_err(failed)?;
    row.map_or(Ok(Known::Nothing), |row| row.judge(attempt))
}

/// Remembers what an attempt made. To be called after [`recall`] in the same transaction: the key is free.
pub(crate) fn remember(
    connection: &mut SqliteConnection,
    workspace: &WorkspaceId,
    attempt: &Attempt,
    made: &Made,
) -> Result<(), StoreError> {
    diesel::insert_into(idempotency::table)
        .values(NewAttempt::new(workspace, attempt, made)?)
        .execute(connection)
        .map(drop)
        .map_err(failed)
}
