//! The service's reader of query strings, which is private to its crate and needs nothing of it.

#[path = "../../crates/http/src/request/form.rs"]
mod reader;

/// The names and values of a query string; `None` where one cannot be decoded.
pub fn pairs(text: &str) -> Vec<(Option<String>, Option<String>)> {
    reader::pairs(text).collect()
}
