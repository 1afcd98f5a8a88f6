//! Looks at the clock.

use diesel::prelude::*;
use domain::{clock::ClockLook, time::Timestamp};
use ports::StoreError;

use crate::{
    failure::failed,
    queries,
    rows::clock::{ClockRow, SERVICE},
    schema::clock_look,
};

/// The next look, noted in the place of the last one.
pub(super) fn look(connection: &mut SqliteConnection, now: Timestamp) -> Result<ClockLook, StoreError> {
    let last = queries::clock::last_look(SERVICE)
        .select(ClockRow::as_select())
        .first(connection)
        .optional()
        .map_err(failed)?;
    let look = last.map_or(ClockLook::first(now), |last| last.into_domain().next(now));
    diesel::replace_into(clock_look::table).values(ClockRow::from(look)).execute(connection).map_err(failed)?;
    Ok(look)
}
