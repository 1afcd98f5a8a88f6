//! Helpers that the targets share.

pub mod form;
pub mod json;
mod stack;

pub use stack::run_on_deep_stack;
