//! Tests of the use cases over mocked ports: the order of calls, and the handling of failures.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod api_keys;
mod bindings;
mod fixture;
mod messages;
mod modules;
mod widgets;
