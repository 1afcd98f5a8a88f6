//! `/widget/{widgetId}/versions`: a file a verb.

pub(in crate::http) mod get;
pub(in crate::http) mod list;
pub(in crate::http) mod restore;
