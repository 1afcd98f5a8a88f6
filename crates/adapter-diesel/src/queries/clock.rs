use diesel::{dsl::auto_type, prelude::*};

use crate::schema::clock_reading;

/// The last reading of the clock, in the row of this workspace.
#[auto_type]
pub(crate) fn last_reading<'a>(workspace: &'a str) -> _ {
    clock_reading::table.filter(clock_reading::workspace_id.eq(workspace))
}
