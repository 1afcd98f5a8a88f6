use std::time::Instant;

use async_trait::async_trait;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Nullable},
};
use domain::{clock::ClockReading, time::Timestamp};
use ports::{Housekeeping, StoreError};

use crate::{
    failure::failed,
    queries,
    schema::idempotency,
    sqlite::{SqliteStore, engine::clock},
};

/// How many rows one transaction deletes: others wait for it, so it is short.
const AT_ONCE: i64 = 1_000;

/// Looks at the next thousand messages in the order in which they were added. No index knows their age, and no stop at the
/// first that is young enough would be right: clocks are set back. A million are read in about a second, by a thread that
/// only reads.
pub(crate) const LOOK: &str = "SELECT max(place) AS last, coalesce(sum(sent_at < ?), 0) AS old FROM
    (SELECT rowid AS place, sent_at FROM message WHERE rowid > ? ORDER BY rowid LIMIT 1000)";
pub(crate) const DELETE: &str = "DELETE FROM message WHERE rowid > ? AND rowid <= ? AND sent_at < ?";

#[derive(QueryableByName)]
struct Seen {
    /// The last row that was looked at; `None` if there was none.
    #[diesel(sql_type = Nullable<BigInt>)]
    last: Option<i64>,
    #[diesel(sql_type = BigInt)]
    old: i64,
}

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

    async fn record_clock(&self, now: Timestamp, has_seen_a_jump: bool) -> Result<ClockReading, StoreError> {
        self.write(move |connection| clock::record(connection, now, has_seen_a_jump)).await
    }

    async fn prepare(&self, _now: Timestamp) -> Result<(), StoreError> {
        Ok(()) // one table holds all messages, whenever they are sent
    }

    async fn delete_messages_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        let (time, mut all, mut from) = (time.as_micros(), 0, i64::MIN);
        loop {
            let begun = Instant::now();
            let Seen { last, old } = self.read(move |connection| look(connection, from, time)).await?;
            let Some(last) = last else { return Ok(all) };
            if old > 0 {
                all += self.write(move |connection| delete(connection, from, last, time)).await?;
            }
            from = last;
            // Half of the time belongs to others.
            tokio::time::sleep(begun.elapsed()).await;
        }
    }
}

fn look(connection: &mut SqliteConnection, from: i64, time: i64) -> Result<Seen, StoreError> {
    let query = sql_query(LOOK).bind::<BigInt, _>(time).bind::<BigInt, _>(from);
    query.get_result(connection).map_err(failed)
}

fn delete(connection: &mut SqliteConnection, from: i64, last: i64, time: i64) -> Result<u64, StoreError> {
    let query = sql_query(DELETE).bind::<BigInt, _>(from).bind::<BigInt, _>(last).bind::<BigInt, _>(time);
    query.execute(connection).map(|deleted| deleted as u64).map_err(failed)
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
