use std::time::Instant;

use async_trait::async_trait;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Nullable},
};
use diesel_async::RunQueryDsl;
use domain::time::Timestamp;
use ports::{Housekeeping, StoreError};

use super::PostgresStore;
use crate::queries;

/// How many rows one statement deletes, so that it is short.
const AT_ONCE: i64 = 1_000;

/// The statement that deletes the oldest rows from `$1` to before `$2`, and tells how many and how old the youngest of them
/// was. It is a transaction of its own.
///
/// Rows that another process has locked are about to be deleted by it: several at once share the work, and none waits. An
/// array of places and not a join: as a prepared statement knows nothing of the times that will be asked for, PostgreSQL
/// would read the whole table.
pub(super) fn delete_oldest(table: &str, age: &str) -> String {
    format!(
        "WITH gone AS (DELETE FROM {table} WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM {table} WHERE {age} >= $1 AND {age} < $2 ORDER BY {age} LIMIT {AT_ONCE} FOR UPDATE SKIP LOCKED
         )) RETURNING {age} AS age)
         SELECT count(*) AS deleted, max(age) AS youngest FROM gone"
    )
}

#[derive(QueryableByName)]
struct Deleted {
    #[diesel(sql_type = BigInt)]
    deleted: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    youngest: Option<i64>,
}

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
        self.delete_before("idempotency", "made_at", time).await
    }

    async fn delete_messages_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        self.delete_before("message", "sent_at", time).await
    }
}

impl PostgresStore {
    async fn delete_before(&self, table: &str, age: &str, time: Timestamp) -> Result<u64, StoreError> {
        let statement = delete_oldest(table, age);
        // Each batch goes on where the one before it ended: the index still has what was deleted until it is vacuumed.
        let (mut all, mut from) = (0, i64::MIN);
        loop {
            let begun = Instant::now();
            let Deleted { deleted, youngest } = self
                .read::<_, StoreError>(async |connection| {
                    let batch =
                        sql_query(statement.as_str()).bind::<BigInt, _>(from).bind::<BigInt, _>(time.as_micros());
                    Ok(batch.get_result::<Deleted>(connection).await?)
                })
                .await?;
            all += u64::try_from(deleted).unwrap_or(0);
            match youngest {
                Some(youngest) if deleted >= AT_ONCE => from = youngest,
                _ => return Ok(all),
            }
            // Half of the time belongs to others.
            tokio::time::sleep(begun.elapsed()).await;
        }
    }
}
