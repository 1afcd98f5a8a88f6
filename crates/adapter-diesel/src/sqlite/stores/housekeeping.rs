use std::time::Instant;

use async_trait::async_trait;
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Binary, Nullable, Text},
};
use domain::{clock::ClockReading, time::Timestamp};
use ports::{Housekeeping, StoreError};

use crate::{
    failure::store_error,
    queries,
    rows::search::{self, Folded},
    schema::{idempotency, widget},
    sqlite::{SqliteStore, engine::clock},
};

/// The number of rows that one transaction deletes. Other writes wait for it, so it is short.
const BATCH_ROWS: i64 = 1_000;

/// Counts the old ones of the next thousand messages, in the order of their insertion. No index contains their age, and the
/// scan cannot stop at the first younger one: clocks are set back. A reader's thread scans a million in about a second.
pub(crate) const SCAN: &str = "SELECT max(place) AS last, coalesce(sum(sent_at < ?), 0) AS old FROM
    (SELECT rowid AS place, sent_at FROM message WHERE rowid > ? ORDER BY rowid LIMIT 1000)";
pub(crate) const DELETE: &str = "DELETE FROM message WHERE rowid > ? AND rowid <= ? AND sent_at < ?";

#[derive(QueryableByName)]
struct Scanned {
    /// The last scanned row; `None` if there was none.
    #[diesel(sql_type = Nullable<BigInt>)]
    last: Option<i64>,
    #[diesel(sql_type = BigInt)]
    old: i64,
}

#[async_trait]
impl Housekeeping for SqliteStore {
    async fn ping(&self) -> Result<(), StoreError> {
        // A table, and not `SELECT 1`, which touches neither the file nor the schema.
        self.database
            .read(|connection| queries::api_key::any().get_result::<bool>(connection).map(drop).map_err(store_error))
            .await
    }

    async fn forget_attempts_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let (deleted, more) =
                self.database.write(move |connection| forget_batch(connection, time.as_micros())).await?;
            forgotten += deleted;
            if !more {
                return Ok(forgotten);
            }
        }
    }

    async fn record_clock(&self, now: Timestamp, has_seen_a_jump: bool) -> Result<ClockReading, StoreError> {
        self.database.write(move |connection| clock::record(connection, now, has_seen_a_jump)).await
    }

    async fn prepare(&self, _now: Timestamp) -> Result<(), StoreError> {
        Ok(()) // one table holds all messages
    }

    async fn refresh_search(&self, at_most: u64) -> Result<u64, StoreError> {
        let (mut refreshed, mut last) = (0, search::first_key());
        while refreshed < at_most {
            let started = Instant::now();
            let (folded, end) = self.database.read(move |connection| outdated(connection, &last)).await?;
            if !folded.is_empty() {
                refreshed += self.database.write(move |connection| refresh(connection, &folded)).await?;
            }
            let Some(end) = end else { break };
            last = end;
            // Leaves half of the time to other work.
            tokio::time::sleep(started.elapsed()).await;
        }
        Ok(refreshed)
    }

    async fn delete_messages_before(&self, time: Timestamp) -> Result<u64, StoreError> {
        let (time, mut all, mut from) = (time.as_micros(), 0, i64::MIN);
        loop {
            let started = Instant::now();
            let Scanned { last, old } = self.database.read(move |connection| scan(connection, from, time)).await?;
            let Some(last) = last else { return Ok(all) };
            if old > 0 {
                all += self.database.write(move |connection| delete(connection, from, last, time)).await?;
            }
            from = last;
            // Leaves half of the time to other work.
            tokio::time::sleep(started.elapsed()).await;
        }
    }
}

/// The folded texts of a step, and the place of the last widget.
fn outdated(
    connection: &mut SqliteConnection,
    (workspace, id): &search::WidgetRowKey,
) -> Result<(Vec<Folded>, Option<search::WidgetRowKey>), StoreError> {
    let outdated = sql_query(search::OUTDATED).bind::<Text, _>(workspace.as_str()).bind::<Binary, _>(*id);
    outdated.load(connection).map(search::fold).map_err(store_error)
}

/// Writes the texts of widgets that still have the revision that was read. Returns their number.
fn refresh(connection: &mut SqliteConnection, folded: &[Folded]) -> Result<u64, StoreError> {
    let mut refreshed = 0;
    for row in folded {
        let live = queries::widget::live(&row.workspace_id, row.id)
            .filter(widget::revision.eq(row.revision))
            .filter(widget::search_revision.ne(row.revision));
        let text = (widget::search_text.eq(&row.search_text), widget::search_revision.eq(row.revision));
        refreshed += diesel::update(live).set(text).execute(connection).map_err(store_error)?;
    }
    Ok(refreshed as u64)
}

fn scan(connection: &mut SqliteConnection, from: i64, time: i64) -> Result<Scanned, StoreError> {
    let query = sql_query(SCAN).bind::<BigInt, _>(time).bind::<BigInt, _>(from);
    query.get_result(connection).map_err(store_error)
}

fn delete(connection: &mut SqliteConnection, from: i64, last: i64, time: i64) -> Result<u64, StoreError> {
    let query = sql_query(DELETE).bind::<BigInt, _>(from).bind::<BigInt, _>(last).bind::<BigInt, _>(time);
    query.execute(connection).map(|deleted| deleted as u64).map_err(store_error)
}

/// Deletes the oldest attempts of before `time`. Returns their number, and whether more remain.
fn forget_batch(connection: &mut SqliteConnection, time: i64) -> Result<(u64, bool), StoreError> {
    let last = queries::idempotency::times_before(time)
        .offset(BATCH_ROWS - 1)
        .limit(1)
        .first::<i64>(connection)
        .optional()
        .map_err(store_error)?;
    let end = last.map_or(time, |last| last + 1);
    let deleted = diesel::delete(idempotency::table.filter(idempotency::made_at.lt(end)))
        .execute(connection)
        .map_err(store_error)?;
    Ok((deleted as u64, last.is_some()))
}
