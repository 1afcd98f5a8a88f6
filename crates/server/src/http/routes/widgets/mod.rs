//! `/widget`: a file a verb.

pub(in crate::http) mod create;
pub(in crate::http) mod delete;
mod fields;
pub(in crate::http) mod get;
pub(in crate::http) mod list;
pub(in crate::http) mod update;
pub(in crate::http) mod validate;
