//! Strict parsing of JSON, as of a request.

use schema::{field::{FieldError, FieldPath}, json::{JsonDocument, JsonText}};
use serde_json::value::RawValue;

/// Parses a document like a part of a request: serde_json finds its text in the body, and then it is parsed strictly. `None` if
/// serde_json refuses it.
pub fn document(text: &str) -> Option<Result<JsonDocument, FieldError>> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    Some(JsonDocument::parse(JsonText::from_raw(raw), &FieldPath::root("data")))
}
