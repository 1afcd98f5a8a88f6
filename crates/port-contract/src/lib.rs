//! The contract tests of the ports. Every adapter runs them.
//!
//! Each test is a *check*: a plain async function over a port that panics when the port's promise is broken, so any test can
//! call it. [`store_contract!`], [`rate_limiter_contract!`] and [`component_reviewer_contract!`] make a test of each check. See
//! `docs/adapters.md`.

pub mod api_key_store;
pub mod binding_replay;
pub mod binding_store;
pub mod changes;
pub mod component_reviewer;
mod fresh;
pub mod housekeeping;
pub mod message_replay;
pub mod message_store;
pub mod prebuilt_store;
pub mod rate_limiter;
pub mod schema_checker;
mod stores;
pub mod version_restore;
pub mod version_store;
pub mod widget_list;
pub mod widget_replay;
pub mod widget_store;
pub mod widget_update;

pub use stores::Stores;
