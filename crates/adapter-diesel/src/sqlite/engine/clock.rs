//! The last reading of the clock.

use diesel::prelude::*;
use domain::{clock::ClockReading, time::Timestamp};
use ports::StoreError;

use crate::{
    failure::failed,
    queries,
    rows::clock::{ClockRow, SERVICE},
    schema::clock_reading,
};

/// Stores the next reading in the place of the last one.
pub(crate) fn record(
    connection: &mut SqliteConnection,
    now: Timestamp,
    has_seen_a_jump: bool,
) -> Result<ClockReading, StoreError> {
    let last = queries::clock::last_reading(SERVICE)
        .select(ClockRow::as_select())
        .first(connection)
        .optional()
        .map_err(failed)?;
    let reading = last.map_or(ClockReading::first(now), |last| last.into_domain().next(now, has_seen_a_jump));
    diesel::replace_into(clock_reading::table).values(ClockRow::from(reading)).execute(connection).map_err(failed)?;
    Ok(reading)
}
