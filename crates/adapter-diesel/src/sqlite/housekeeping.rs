use async_trait::async_trait;
use diesel::prelude::*;
use domain::time::Timestamp;
use ports::{Housekeeping, StoreError};

use super::SqliteStore;
use crate::{failure::failed, queries, schema::idempotency};

/// How many rows one transaction deletes: others wait for it, so it is short.
const AT_ONCE: i64 = 1_000;

#[async_trait]
impl Housekeeping for SqliteStore {
    async fn ping(&self) -> Result<(), StoreError> {
        // A table, and not `SELECT 1`, which touches neither the file nor the schema.
        self.read(|connection| queries::api_key::any().get_result::<bool>(connection).map(drop).map_err(failed)).await
    }

    async fn forget_attempts_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let (deleted, more) = self.write(move |connection| forget_some(connection, time.as_micros())).await?;
            forgotten += deleted;
            if !more {
                return Ok(forgotten);
            }
        }
    }
}

/// Deletes the oldest of what was remembered before `time`, and tells how many and whether there are more.
fn forget_some(connection: &mut SqliteConnection, time: i64) -> Result<(u64, bool), StoreError> {
    let last = queries::idempotency::times_before(time)
        .offset(AT_ONCE - 1)
        .limit(1)
        .first::<i64>(connection)
        .optional()
        .map_err(failed)?;
    let end = last.map_or(time, |last| last + 1);
    let deleted =
        diesel::delete(idempotency::table.filter(idempotency::made_at.lt(end))).execute(connection).map_err(failed)?;
    Ok((deleted as u64, last.is_some()))
}
