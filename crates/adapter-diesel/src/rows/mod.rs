//! The rows of the tables, and their conversion to domain types. A row that cannot be converted is an error, never a panic.

pub(crate) mod api_key;
pub(crate) mod binding;
pub(crate) mod bytes;
pub(crate) mod clock;
pub(crate) mod idempotency;
pub(crate) mod message;
pub(crate) mod resources;
pub(crate) mod search;
pub(crate) mod version;
pub(crate) mod widget;

pub(crate) use bytes::{Digest, Id};

/// The result of a `count(*)`.
pub(crate) fn read_count(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
