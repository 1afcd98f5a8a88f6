use async_trait::async_trait;
use diesel::{OptionalExtension as _, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::time::Timestamp;
use ports::{Housekeeping, StoreError};

use super::{PostgresStore, transaction::Stop};
use crate::{queries, schema::idempotency};

/// How many rows one transaction deletes, so that it is short.
const AT_ONCE: i64 = 1_000;

#[async_trait]
impl Housekeeping for PostgresStore {
    async fn ping(&self) -> Result<(), StoreError> {
        // A table, and not `SELECT 1`, which a database without migrations answers too.
        self.read(async |connection| {
            let _: bool = queries::api_key::any().get_result(connection).await?;
            Ok(())
        })
        .await
    }

    async fn forget_attempts_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let (deleted, more) =
                self.write::<_, StoreError>(async |connection| forget_some(connection, time.as_micros()).await).await?;
            forgotten += deleted;
            if !more {
                return Ok(forgotten);
            }
        }
    }
}

/// Deletes the oldest of what was remembered before `time`, and tells how many and whether there are more.
async fn forget_some(connection: &mut AsyncPgConnection, time: i64) -> Result<(u64, bool), Stop<StoreError>> {
    let last = queries::idempotency::times_before(time)
        .offset(AT_ONCE - 1)
        .limit(1)
        .get_result::<i64>(connection)
        .await
        .optional()?;
    let end = last.map_or(time, |last| last + 1);
    let old = idempotency::table.filter(idempotency::made_at.lt(end));
    let deleted = diesel::delete(old).execute(connection).await?;
    Ok((deleted as u64, last.is_some()))
}
