//! The last recorded reading of the clock.

use diesel::prelude::*;
use domain::{clock::ClockReading, time::Timestamp};
use ports::StoreError;

use crate::{
    failure::store_error,
    queries,
    rows::clock::{ClockRow, SERVICE},
    schema::clock_reading,
};

/// Replaces the last reading by the next one.
pub(crate) fn record(
    connection: &mut SqliteConnection,
    now: Timestamp,
    has_seen_a_jump: bool,
) -> Result<ClockReading, StoreError> {
    let last = queries::clock::last_reading(SERVICE)
        .select(ClockRow::as_select())
        .first(connection)
        .optional()
        .map_err(store_error)?;
    let reading = last.map_or(ClockReading::first(now), |last| last.into_domain().next(now, has_seen_a_jump));
    diesel::replace_into(clock_reading::table)
        .values(ClockRow::from(reading))
        .execute(connection)
        .map_err(store_error)?;
    Ok(reading)
}
