use std::time::{Duration, Instant};

use async_trait::async_trait;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Nullable},
};
use diesel_async::RunQueryDsl;
use domain::{clock::ClockReading, time::Timestamp};
use ports::{Housekeeping, StoreError};

use crate::{
    failure::{failed, is_statement_timeout, is_undefined_table},
    postgres::{PostgresStore, engine::clock::record},
    queries,
};

/// How many rows one statement deletes. Rows may be of a few bytes or of hundreds of KiB, and disks fast or slow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Step(i64);

impl Step {
    const MOST: Self = Self(1_000);
    /// What took less may be done twice over, and is still far from the time after which PostgreSQL ends a statement.
    const QUICK: Duration = Duration::from_secs(1);

    /// After PostgreSQL ended the statement; `None` if it was for one row.
    fn shorter(self) -> Option<Self> {
        (self.0 > 1).then(|| Self((self.0 / 8).max(1)))
    }

    fn after(self, took: Duration) -> Self {
        if took < Self::QUICK { Self((self.0 * 2).min(Self::MOST.0)) } else { self }
    }
}

/// The statement that deletes the oldest rows from `$1` to before `$2`, at most `$3`, and tells how many and how old the
/// youngest of them was. It is a transaction of its own.
///
/// Rows that another process has locked are about to be deleted by it: several at once share the work, and none waits. An
/// array of places and not a join, also since places are told apart within one partition only, so `table` is one: as a prepared statement knows nothing of the times that will be asked for, PostgreSQL
/// would read the whole table.
pub(crate) fn delete_oldest(table: &str, age: &str) -> String {
    format!(
        "WITH gone AS (DELETE FROM {table} WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM {table} WHERE {age} >= $1 AND {age} < $2 ORDER BY {age} LIMIT $3 FOR UPDATE SKIP LOCKED
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

    async fn record_clock(&self, now: Timestamp, has_seen_a_jump: bool) -> Result<ClockReading, StoreError> {
        self.write(async |connection| record(connection, now, has_seen_a_jump).await).await
    }

    async fn prepare(&self, now: Timestamp) -> Result<(), StoreError> {
        self.make_partitions(now).await
    }

    async fn delete_messages_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        let mut in_the_way = None;
        let mut deleted = 0;
        for partition in self.partitions().await? {
            if partition.ends_before(time.as_micros()) {
                match self.retire(&partition, time.as_micros()).await {
                    Ok(true) => continue,
                    Ok(false) => {}
                    Err(why @ StoreError::Unavailable(_)) => {
                        // A long read, such as a backup. Row by row it would take hours: better the next time.
                        in_the_way = Some(why);
                        continue;
                    }
                    Err(why) => return Err(why),
                }
            }
            deleted += self.delete_before(&partition.name, "sent_at", time).await?;
        }
        deleted += self.drop_retired().await?;
        in_the_way.map_or(Ok(deleted), Err)
    }
}

impl PostgresStore {
    async fn delete_before(&self, table: &str, age: &str, time: Timestamp) -> Result<u64, StoreError> {
        let statement = delete_oldest(table, age);
        // Each batch goes on where the one before it ended: the index still has what was deleted until it is vacuumed.
        let (mut all, mut from, mut step) = (0, i64::MIN, Step::MOST);
        loop {
            let begun = Instant::now();
            let batch = self
                .read::<_, StoreError>(async |connection| {
                    let batch = sql_query(statement.as_str())
                        .bind::<BigInt, _>(from)
                        .bind::<BigInt, _>(time.as_micros())
                        .bind::<BigInt, _>(step.0);
                    match batch.get_result::<Deleted>(connection).await {
                        Ok(deleted) => Ok(Ok(deleted)),
                        // Another process has dropped the partition with all that was in it.
                        Err(error) if is_undefined_table(&error) => Ok(Ok(Deleted { deleted: 0, youngest: None })),
                        Err(error) if is_statement_timeout(&error) => Ok(Err(failed(error))),
                        Err(error) => Err(error.into()),
                    }
                })
                .await?;
            let took = begun.elapsed();
            match batch {
                Ok(Deleted { deleted, youngest }) => {
                    all += u64::try_from(deleted).unwrap_or(0);
                    match youngest {
                        Some(youngest) if deleted >= step.0 => from = youngest,
                        _ => return Ok(all),
                    }
                    step = step.after(took);
                }
                Err(too_slow) => step = step.shorter().ok_or(too_slow)?,
            }
            // Half of the time belongs to others.
            tokio::time::sleep(took).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_tried_with_fewer_rows_down_to_one() {
        let steps = std::iter::successors(Some(Step::MOST), |step| step.shorter());
        assert_eq!(steps.collect::<Vec<_>>(), [1_000, 125, 15, 1].map(Step));
    }

    #[test]
    fn what_is_quick_is_done_with_more_rows_up_to_the_most() {
        let quick = Step::QUICK / 2;
        let mut step = Step(1);
        for _ in 0..12 {
            step = step.after(quick);
        }
        assert_eq!(step, Step::MOST);
        assert_eq!(Step(1).after(quick), Step(2));
        assert_eq!(Step(125).after(Step::QUICK), Step(125), "twice as many may take too long again");
    }
}
