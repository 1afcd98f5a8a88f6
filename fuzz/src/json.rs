//! JSON as it is read elsewhere, to compare with.

use schema::{field::{FieldError, FieldPath}, json::{JsonDocument, JsonText}};
use serde_json::value::RawValue;

/// A document read as a request's part is: found in the body by serde_json, then read strictly. `None` if serde_json finds no
/// JSON at all.
pub fn document(text: &str) -> Option<Result<JsonDocument, FieldError>> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    Some(JsonDocument::parse(JsonText::from_raw(raw), &FieldPath::root("data")))
}
