use diesel::{dsl::auto_type, prelude::*};

use crate::schema::clock_look;

/// The last look at the clock, which is a row of this workspace.
#[auto_type]
pub(crate) fn last_look<'a>(workspace: &'a str) -> _ {
    clock_look::table.filter(clock_look::workspace_id.eq(workspace))
}
