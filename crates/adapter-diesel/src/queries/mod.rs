//! The queries that do not depend on the database, as fragments that each database loads, counts or executes.

pub(crate) mod api_key;
pub(crate) mod binding;
pub(crate) mod clock;
pub(crate) mod idempotency;
pub(crate) mod message;
pub(crate) mod version;
pub(crate) mod widget;
