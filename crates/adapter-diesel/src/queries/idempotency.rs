use diesel::{dsl::auto_type, prelude::*};

use crate::{rows::Id, schema::idempotency};

/// The record of an idempotency key.
#[auto_type]
pub(crate) fn under<'a>(workspace: &'a str, api_key: Id, key: &'a str) -> _ {
    idempotency::table
        .filter(idempotency::workspace_id.eq(workspace))
        .filter(idempotency::api_key_id.eq(api_key))
        .filter(idempotency::key.eq(key))
}

/// The times of the records of before this time, oldest first.
#[auto_type]
pub(crate) fn times_before(time: i64) -> _ {
    idempotency::table
        .filter(idempotency::made_at.lt(time))
        .order(idempotency::made_at.asc())
        .select(idempotency::made_at)
}
