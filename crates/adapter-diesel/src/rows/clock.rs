use diesel::prelude::*;
use domain::{clock::ClockReading, time::Timestamp};

use crate::schema::clock_reading;

/// The workspace of rows that belong to the service itself. Its name can be no caller's: callers' names hold no `@`.
pub(crate) const SERVICE: &str = "@service";

/// The last look at the clock: the table has this row alone.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = clock_reading)]
pub(crate) struct ClockRow {
    workspace_id: String,
    seen_at: i64,
    deletes_from: i64,
}

impl From<ClockReading> for ClockRow {
    fn from(look: ClockReading) -> Self {
        Self {
            workspace_id: SERVICE.to_owned(),
            seen_at: look.seen_at.as_micros(),
            deletes_from: look.deletes_from.as_micros(),
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
