//! The domain model of widgetd: widgets, versions, bindings, messages and keys, and the rules that they obey.
//!
//! Architecture invariant: this crate is pure. It does no I/O, reads no clock and generates no random number;
//! callers pass in times and random bits. Every type is parsed once, at the edge, and is valid from then on.

pub mod access;
pub mod binding;
pub mod clock;
pub mod component;
pub mod id;
pub mod idempotency;
pub mod limits;
pub mod message;
pub mod module;
pub mod names;
pub mod origin;
pub mod percent;
pub mod rate_limit;
pub mod resources;
pub mod revision;
pub mod styles;
pub mod time;
pub mod widget;
