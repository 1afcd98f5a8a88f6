use diesel::prelude::*;
use domain::{clock::ClockReading, time::Timestamp};

use crate::schema::clock_reading;

/// The workspace of the service's own rows. Names of callers contain no `@`.
pub(crate) const SERVICE: &str = "@service";

/// The last reading of the clock: the only row of its table.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = clock_reading)]
pub(crate) struct ClockRow {
    workspace_id: String,
    seen_at: i64,
    deletes_from: i64,
}

impl From<ClockReading> for ClockRow {
    fn from(reading: ClockReading) -> Self {
        Self {
            workspace_id: SERVICE.to_owned(),
            seen_at: reading.seen_at.as_micros(),
            deletes_from: reading.deletes_from.as_micros(),
        }
    }
}

impl ClockRow {
    pub(crate) fn into_domain(self) -> ClockReading {
        ClockReading {
            seen_at: Timestamp::from_micros(self.seen_at),
            deletes_from: Timestamp::from_micros(self.deletes_from),
        }
    }
}
