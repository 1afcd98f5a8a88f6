//! Requests that were made before. Used within the transaction that makes what they ask for.

use diesel::{OptionalExtension as _, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{idempotency::Attempt, names::WorkspaceId};
use ports::StoreError;

use crate::{
    postgres::engine::transaction::Stop,
    queries,
    rows::idempotency::{AttemptRow, Known, Made, NewAttempt},
    schema::idempotency,
};

/// What is known of an attempt, as far as it was committed.
pub(crate) async fn recall<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    attempt: &Attempt,
) -> Result<Known, Stop<E>> {
    let row = queries::idempotency::under(workspace.as_str(), attempt.api_key.as_uuid().into(), attempt.key.as_str())
        .select(AttemptRow::as_select())
        .first(connection)
        .await
        .optional()?;
    Ok(row.map_or(Ok(Known::Nothing), |row| row.judge(attempt))?)
}

/// How often a key is tried that is forgotten between the two statements of [`claim`].
const TRIES: u32 = 3;

/// Takes the attempt's key for what is about to be made, and answers [`Known::Nothing`]; or says what was made under it.
///
/// It is the first statement of the transaction. Of many with one key the first takes it, and the others wait in this
/// statement until it is committed, when they find what was made, or rolled back, when one of them takes it.
pub(crate) async fn claim<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    attempt: &Attempt,
    made: &Made,
) -> Result<Known, Stop<E>> {
    for _ in 0..TRIES {
        let insert = diesel::insert_into(idempotency::table).values(NewAttempt::new(workspace, attempt, made)?);
        if insert.on_conflict_do_nothing().execute(connection).await? > 0 {
            return Ok(Known::Nothing);
        }
        match recall(connection, workspace, attempt).await? {
            Known::Nothing => {}
            known => return Ok(known),
        }
    }
    Err(never_free().into())
}

/// The error for a key that is used whenever it is inserted and forgotten whenever it is read.
pub(crate) fn never_free() -> StoreError {
    StoreError::Unavailable("the idempotency key was never free and never used".to_owned())
}
