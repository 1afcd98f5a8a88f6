//! The order of things in the use cases, and what becomes of failures, shown with mocks.

mod api_keys;
mod bindings;
mod fixture;
mod messages;
mod widgets;
