//! JSON documents that keep the text they were sent as: the order of members and the digits of numbers are preserved.

mod document;
mod members;
mod strict;
#[cfg(test)]
mod tests;
mod text;

pub use document::JsonDocument;
pub use members::Members;
pub use text::JsonText;
