//! What the database keeps: the implementations of the ports, and the statements that they share.

pub(crate) mod api_keys;
pub(crate) mod bindings;
pub(crate) mod housekeeping;
pub(crate) mod idempotency;
pub(crate) mod messages;
pub(crate) mod prebuilt;
pub(crate) mod rate_limits;
pub(crate) mod versions;
pub(crate) mod widget_list;
pub(crate) mod widgets;
