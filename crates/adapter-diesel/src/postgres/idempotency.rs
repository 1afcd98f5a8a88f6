//! Requests that were made before. Used within the transaction that makes what they ask for.

use diesel::{OptionalExtension as _, prelude::*, query_dsl::methods::FilterDsl, upsert::excluded};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{idempotency::Attempt, names::WorkspaceId};
use ports::StoreError;

use super::transaction::Stop;
use crate::{
    queries,
    rows::idempotency::{AttemptRow, Known, Made, NewAttempt, forgotten_before},
    schema::idempotency,
};

/// What is known of an attempt, as far as it was committed.
pub(super) async fn recall<E: From<StoreError>>(
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

/// Takes the attempt's key for what is about to be made, and answers [`Known::Nothing`]; or says what was made under it.
///
/// It is the first statement of the transaction. Of many with one key the first takes it, and the others wait in this
/// statement until it is committed, when they find what was made, or rolled back, when one of them takes it. What was made
/// too long ago gives way. The row is locked in either case, so the answer stays true until the commit.
pub(super) async fn claim<E: From<StoreError>>(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    attempt: &Attempt,
    made: &Made,
) -> Result<Known, Stop<E>> {
    let insert = diesel::insert_into(idempotency::table)
        .values(NewAttempt::new(workspace, attempt, made)?)
        .on_conflict((idempotency::workspace_id, idempotency::api_key_id, idempotency::key))
        .do_update()
        .set((
            idempotency::fingerprint.eq(excluded(idempotency::fingerprint)),
            idempotency::made_at.eq(excluded(idempotency::made_at)),
            idempotency::made.eq(excluded(idempotency::made)),
        ));
    let forgotten = idempotency::made_at.lt(forgotten_before(attempt));
    let claimed = FilterDsl::filter(insert, forgotten).execute(connection).await?;
    if claimed > 0 { Ok(Known::Nothing) } else { recall(connection, workspace, attempt).await }
}
