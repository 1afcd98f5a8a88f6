//! The server's clock, by which all processes go, and looks at it.

use async_trait::async_trait;
use diesel::{QueryableByName, prelude::*, sql_query, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{clock::ClockLook, time::Timestamp};
use ports::{StoreError, StoreTime};

use super::{PostgresStore, transaction::Stop};
use crate::{
    queries,
    rows::clock::{ClockRow, SERVICE},
    schema::clock_look,
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

/// The next look, noted in the place of the last one. Of several at once each sees the one before it.
pub(super) async fn look(connection: &mut AsyncPgConnection, now: Timestamp) -> Result<ClockLook, Stop<StoreError>> {
    let first = ClockLook::first(now);
    let insert = diesel::insert_into(clock_look::table).values(ClockRow::from(first));
    if insert.on_conflict_do_nothing().execute(connection).await? > 0 {
        return Ok(first);
    }
    let last = queries::clock::last_look(SERVICE).select(ClockRow::as_select()).for_update();
    let look = last.first(connection).await?.into_domain().next(now);
    diesel::update(queries::clock::last_look(SERVICE)).set(ClockRow::from(look)).execute(connection).await?;
    Ok(look)
}
