//! JSON documents kept as the text they were sent as: order of members and digits of numbers survive.

mod document;
mod members;
mod strict;
#[cfg(test)]
mod tests;
mod text;

pub use document::JsonDocument;
pub use members::Members;
pub use text::JsonText;
