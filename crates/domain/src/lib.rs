//! The rules of widgetd: what a widget, a version, a binding, a message and a key are, and what they may hold.
//!
//! Architecture invariant: this crate is pure. It does no I/O, reads no clock and draws no random number;
//! times and random bits are handed in. Every type is parsed once, at the edge, and is valid from then on.

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
pub mod percent;
pub mod rate_limit;
pub mod revision;
pub mod time;
pub mod widget;
