//! Rows as the tables hold them, and how they become domain types. A row that cannot is damaged: an error, never a panic.

pub(crate) mod api_key;
pub(crate) mod binding;
pub(crate) mod bytes;
pub(crate) mod clock;
pub(crate) mod idempotency;
pub(crate) mod message;
pub(crate) mod version;
pub(crate) mod widget;

pub(crate) use bytes::{Digest, Id};
