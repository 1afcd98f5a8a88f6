use diesel::{dsl::auto_type, prelude::*};

use crate::{
    rows::{Digest, Id},
    schema::api_key,
};

/// The key with this hash. Every request runs this query.
#[auto_type]
pub(crate) fn by_hash(hash: Digest) -> _ {
    api_key::table.filter(api_key::hash.eq(hash))
}

/// The key with this id, in any workspace.
#[auto_type]
pub(crate) fn by_id(id: Id) -> _ {
    api_key::table.filter(api_key::id.eq(id))
}

/// Every key, oldest first.
#[auto_type]
pub(crate) fn all() -> _ {
    api_key::table.order((api_key::created_at.asc(), api_key::id.asc()))
}

/// The keys of a workspace, oldest first.
#[auto_type]
pub(crate) fn of_workspace<'a>(workspace: &'a str) -> _ {
    api_key::table.filter(api_key::workspace_id.eq(workspace)).order((api_key::created_at.asc(), api_key::id.asc()))
}

/// Whether any key exists.
#[auto_type]
pub(crate) fn any() -> _ {
    let ids: diesel::dsl::Select<api_key::table, api_key::id> = api_key::table.select(api_key::id);
    diesel::dsl::select(diesel::dsl::exists(ids))
}
