//! What the targets share.

pub mod form;
pub mod json;
mod stack;

pub use stack::on_a_deep_stack;
