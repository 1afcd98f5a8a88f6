//! `/widget/{widgetId}/versions`: a file a verb.

pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod restore;
