//! The order of things in the use cases, and what becomes of failures, shown with mocks.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod api_keys;
mod bindings;
mod fixture;
mod messages;
mod modules;
mod widgets;
