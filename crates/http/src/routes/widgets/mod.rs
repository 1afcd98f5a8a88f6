//! `/widget`: a file a verb.

pub(crate) mod create;
pub(crate) mod delete;
mod fields;
pub(crate) mod get;
pub(crate) mod list;
mod render_test;
pub(crate) mod update;
pub(crate) mod validate;
