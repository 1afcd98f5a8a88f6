use std::time::{Duration, Instant};

use async_trait::async_trait;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Binary, Nullable, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{clock::ClockReading, time::Timestamp};
use ports::{Housekeeping, StoreError};

use crate::{
    failure::{is_statement_timeout, is_undefined_table, store_error},
    postgres::{
        PostgresStore,
        engine::{clock::record, transaction::TxError},
    },
    queries,
    rows::search,
};

/// The number of rows that one statement deletes. It adapts, since rows have a few bytes or hundreds of KiB, and disks are
/// fast or slow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct BatchSize(i64);

impl BatchSize {
    const MAX: Self = Self(1_000);
    /// The size doubles after a statement that took less. Twice as long is still far from the statement timeout.
    const FAST: Duration = Duration::from_secs(1);

    /// The size after a statement timeout; `None` after a statement for one row.
    fn reduced(self) -> Option<Self> {
        (self.0 > 1).then(|| Self((self.0 / 8).max(1)))
    }

    /// The size after a statement that took this long.
    fn after(self, took: Duration) -> Self {
        if took < Self::FAST { Self((self.0 * 2).min(Self::MAX.0)) } else { self }
    }
}

/// The statement that deletes up to `$3` of the oldest rows from `$1` to before `$2`, in autocommit mode. It returns their
/// number and the age of the youngest.
///
/// It skips rows that another process has locked, since that process deletes them: processes share the work. It uses an
/// array of row addresses and not a join: for a prepared statement, whose times are unknown, PostgreSQL would read the
/// whole table. A row address is unique within one partition only, so `table` is a partition.
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
        self.database
            .run(async |connection| {
                let _: bool = queries::api_key::any().get_result(connection).await?;
                Ok(())
            })
            .await
    }

    async fn forget_attempts_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        self.delete_before("idempotency", "made_at", time).await
    }

    async fn record_clock(&self, now: Timestamp, has_seen_a_jump: bool) -> Result<ClockReading, StoreError> {
        self.database.transaction(async |connection| record(connection, now, has_seen_a_jump).await).await
    }

    async fn prepare(&self, now: Timestamp) -> Result<(), StoreError> {
        self.database.maintain_partitions(now).await
    }

    async fn refresh_search(&self, at_most: u64) -> Result<u64, StoreError> {
        let (mut refreshed, mut last) = (0, search::first_key());
        while refreshed < at_most {
            let started = Instant::now();
            let (count, end) =
                self.database.run::<_, StoreError>(async |connection| refresh_search(connection, &last).await).await?;
            refreshed += count;
            let Some(end) = end else { break };
            last = end;
            // Leaves half of the time to other statements.
            tokio::time::sleep(started.elapsed()).await;
        }
        Ok(refreshed)
    }

    async fn delete_messages_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        let mut blocked = None;
        let mut deleted = 0;
        for partition in self.database.partitions().await? {
            if partition.ends_before(time.as_micros()) {
                match self.database.retire(&partition, time.as_micros()).await {
                    Ok(true) => continue,
                    Ok(false) => {}
                    Err(why @ StoreError::Unavailable(_)) => {
                        // A long read, such as a backup, blocks it. Deleting row by row would take hours, so try again
                        // later.
                        blocked = Some(why);
                        continue;
                    }
                    Err(why) => return Err(why),
                }
            }
            deleted += self.delete_before(&partition.name, "sent_at", time).await?;
        }
        deleted += self.database.drop_retired().await?;
        blocked.map_or(Ok(deleted), Err)
    }
}

/// Writes the folded texts (`$4`) of widgets that still have the revision that was read. Each column is one array.
const REFRESH: &str = "UPDATE widget SET search_text = folded.search_text, search_revision = folded.revision
    FROM unnest($1, $2, $3, $4) AS folded (workspace_id, id, revision, search_text)
    WHERE widget.workspace_id = folded.workspace_id AND widget.id = folded.id AND widget.revision = folded.revision
        AND widget.search_revision <> folded.revision";

/// Rewrites the widgets of a step. Returns their number, and the key of the last one.
async fn refresh_search(
    connection: &mut AsyncPgConnection,
    (workspace, id): &search::WidgetRowKey,
) -> Result<(u64, Option<search::WidgetRowKey>), TxError<StoreError>> {
    let outdated = sql_query(search::OUTDATED).bind::<Text, _>(workspace.as_str()).bind::<Binary, _>(*id);
    let (folded, last) = search::fold(outdated.load(connection).await?);
    if folded.is_empty() {
        return Ok((0, last));
    }
    let refreshed = sql_query(REFRESH)
        .bind::<Array<Text>, _>(folded.iter().map(|row| row.workspace_id.as_str()).collect::<Vec<_>>())
        .bind::<Array<Binary>, _>(folded.iter().map(|row| row.id).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(folded.iter().map(|row| row.revision).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(folded.iter().map(|row| row.search_text.as_str()).collect::<Vec<_>>())
        .execute(connection)
        .await?;
    Ok((refreshed as u64, last))
}

impl PostgresStore {
    async fn delete_before(&self, table: &str, age: &str, time: Timestamp) -> Result<u64, StoreError> {
        let statement = delete_oldest(table, age);
        // Each batch starts where the one before it ended: until a vacuum, the index still contains the deleted rows.
        let (mut all, mut from, mut size) = (0, i64::MIN, BatchSize::MAX);
        loop {
            let started = Instant::now();
            let batch = self
                .database
                .run::<_, StoreError>(async |connection| {
                    let batch = sql_query(statement.as_str())
                        .bind::<BigInt, _>(from)
                        .bind::<BigInt, _>(time.as_micros())
                        .bind::<BigInt, _>(size.0);
                    match batch.get_result::<Deleted>(connection).await {
                        Ok(deleted) => Ok(Ok(deleted)),
                        // Another process has dropped the partition.
                        Err(error) if is_undefined_table(&error) => Ok(Ok(Deleted { deleted: 0, youngest: None })),
                        Err(error) if is_statement_timeout(&error) => Ok(Err(store_error(error))),
                        Err(error) => Err(error.into()),
                    }
                })
                .await?;
            let took = started.elapsed();
            match batch {
                Ok(Deleted { deleted, youngest }) => {
                    all += u64::try_from(deleted).unwrap_or(0);
                    match youngest {
                        Some(youngest) if deleted >= size.0 => from = youngest,
                        _ => return Ok(all),
                    }
                    size = size.after(took);
                }
                Err(too_slow) => size = size.reduced().ok_or(too_slow)?,
            }
            // Leaves half of the time to other statements.
            tokio::time::sleep(took).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_that_takes_too_long_is_tried_with_fewer_rows_down_to_one() {
        let sizes = std::iter::successors(Some(BatchSize::MAX), |size| size.reduced());
        assert_eq!(sizes.collect::<Vec<_>>(), [1_000, 125, 15, 1].map(BatchSize));
    }

    #[test]
    fn a_fast_batch_is_followed_by_a_larger_one_up_to_the_maximum() {
        let fast = BatchSize::FAST / 2;
        let mut size = BatchSize(1);
        for _ in 0..12 {
            size = size.after(fast);
        }
        assert_eq!(size, BatchSize::MAX);
        assert_eq!(BatchSize(1).after(fast), BatchSize(2));
        assert_eq!(BatchSize(125).after(BatchSize::FAST), BatchSize(125), "twice as many rows may take too long");
    }
}
