//! The queries that do not depend on the database, as fragments to be loaded, counted or executed by each of them.

pub(crate) mod api_key;
pub(crate) mod binding;
pub(crate) mod clock;
pub(crate) mod idempotency;
pub(crate) mod message;
pub(crate) mod version;
pub(crate) mod widget;
