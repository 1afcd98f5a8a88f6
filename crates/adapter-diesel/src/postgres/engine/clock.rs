//! The server's clock, by which all processes go, and its last reading.

use async_trait::async_trait;
use diesel::{QueryableByName, prelude::*, sql_query, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{clock::ClockReading, time::Timestamp};
use ports::{StoreError, StoreTime};

use super::transaction::Stop;
use crate::{
    postgres::PostgresStore,
    queries,
    rows::clock::{ClockRow, SERVICE},
    schema::clock_reading,
};

#[derive(QueryableByName)]
struct Now {
    #[diesel(sql_type = BigInt)]
    micros: i64,
}

#[async_trait]
impl StoreTime for PostgresStore {
    async fn store_time(&self) -> Result<Timestamp, StoreError> {
        // `clock_timestamp()` and not `now()`, which is when the transaction began.
        let query = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros";
        self.read(async |connection| {
            let now: Now = sql_query(query).get_result(connection).await?;
            Ok(Timestamp::from_micros(now.micros))
        })
        .await
    }
}

/// Stores the next reading in the place of the last one. Of concurrent calls each sees the one before it.
pub(crate) async fn record(
    connection: &mut AsyncPgConnection,
    now: Timestamp,
    has_seen_a_jump: bool,
) -> Result<ClockReading, Stop<StoreError>> {
    let first = ClockReading::first(now);
    let insert = diesel::insert_into(clock_reading::table).values(ClockRow::from(first));
    if insert.on_conflict_do_nothing().execute(connection).await? > 0 {
        return Ok(first);
    }
    let last = queries::clock::last_reading(SERVICE).select(ClockRow::as_select()).for_update();
    let reading = last.first(connection).await?.into_domain().next(now, has_seen_a_jump);
    diesel::update(queries::clock::last_reading(SERVICE)).set(ClockRow::from(reading)).execute(connection).await?;
    Ok(reading)
}
