//! The server's clock, which all processes follow, and its last recorded reading.

use diesel::{QueryableByName, prelude::*, sql_query, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{clock::ClockReading, time::Timestamp};
use ports::StoreError;

use super::{database::Database, transaction::TxError};
use crate::{
    queries,
    rows::clock::{ClockRow, SERVICE},
    schema::clock_reading,
};

#[derive(QueryableByName)]
struct Now {
    #[diesel(sql_type = BigInt)]
    micros: i64,
}

impl Database {
    /// The time by the server's clock.
    pub(crate) async fn time(&self) -> Result<Timestamp, StoreError> {
        // `now()` would be the start of the transaction.
        let query = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros";
        self.run(async |connection| {
            let now: Now = sql_query(query).get_result(connection).await?;
            Ok(Timestamp::from_micros(now.micros))
        })
        .await
    }
}

/// Replaces the last reading by the next one. Of concurrent calls each reads the result of the one before it.
pub(crate) async fn record(
    connection: &mut AsyncPgConnection,
    now: Timestamp,
    has_seen_a_jump: bool,
) -> Result<ClockReading, TxError<StoreError>> {
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
