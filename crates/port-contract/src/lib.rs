//! The promises of the ports, as checks that every adapter runs. A check is a plain async function over the port; it
//! panics when the promise is broken, so it can be called from any test. See `docs/adapters.md`.

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

pub use stores::Stores;
