//! The parser of query strings. Included by path, as it is private to its crate and has no dependencies in it.

#[path = "../../crates/http/src/request/form.rs"]
mod parser;

/// The names and values of a query string; `None` where one cannot be decoded.
pub fn pairs(text: &str) -> Vec<(Option<String>, Option<String>)> {
    parser::pairs(text).collect()
}
