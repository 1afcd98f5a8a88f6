//! The sentences that say what is wrong, in one place, so that every checker says the same.

use serde_json::{Number, Value};

use super::plan::{Bound, Extreme, Measured};
use crate::field::FieldError;

/// Most characters of a path or of an echoed value in one message: nothing that was sent comes back at its full length.
const ECHO_CHARS: usize = 60;
/// Most choices that a message lists.
const CHOICES: usize = 10;
/// Longest path of an error, in bytes.
const PATH_BYTES: usize = 1_000;

/// `…` stands for what was cut.
pub(super) fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A path that is safe to send back: one a caller filled with very long names is cut.
pub(super) fn bounded_path(path: &str) -> String {
    if path.len() <= PATH_BYTES { path.to_owned() } else { cut(path, PATH_BYTES / 4) }
}

/// A value as JSON, cut where it is long.
pub(super) fn snippet(value: &Value) -> String {
    match value {
        // Cut before writing it out: the value may be a quarter of a megabyte.
        Value::String(text) => Value::from(cut(text, ECHO_CHARS)).to_string(),
        Value::Array(_) => "an array".into(),
        Value::Object(_) => "an object".into(),
        scalar => scalar.to_string(),
    }
}

pub(super) fn name(text: &str) -> String {
    cut(text, ECHO_CHARS)
}

pub(super) fn choices(values: &[Value]) -> String {
    if let [only] = values {
        return format!("Expected {}", snippet(only));
    }
    let listed: Vec<String> = values.iter().take(CHOICES).map(snippet).collect();
    let more = if values.len() > CHOICES { ", …" } else { "" };
    format!("Expected one of {}{more}", listed.join(", "))
}

pub(super) fn bound(bound: Bound, limit: &Number, received: &Number) -> String {
    let relation = match bound {
        Bound::Minimum => "at least",
        Bound::ExclusiveMinimum => "more than",
        Bound::Maximum => "at most",
        Bound::ExclusiveMaximum => "less than",
    };
    format!("Expected {relation} {limit}, received {received}")
}

pub(super) fn multiple_of(divisor: &Number, received: &Number) -> String {
    format!("Expected a multiple of {divisor}, received {received}")
}

pub(super) fn size(measured: Measured, extreme: Extreme, limit: u64) -> String {
    let relation = match extreme {
        Extreme::AtLeast => "at least",
        Extreme::AtMost => "at most",
    };
    let unit = match measured {
        Measured::Characters => "character",
        Measured::Items => "item",
        Measured::Fields => "field",
    };
    format!("Expected {relation} {limit} {unit}{}", if limit == 1 { "" } else { "s" })
}

pub(super) fn pattern(source: &str) -> String {
    format!("Does not match pattern '{}'", name(source))
}

pub(super) fn format(format: &str) -> String {
    format!("Does not match format '{format}'")
}

pub(super) fn unexpected_field(field: &str) -> String {
    format!("Unexpected field '{}'", name(field))
}

pub(super) fn repeated(first: usize, second: usize) -> String {
    format!("Expected unique items, item {second} repeats item {first}")
}

pub(super) const NEVER: &str = "No value is allowed here";
pub(super) const NOT: &str = "Matches a shape that is not allowed";
pub(super) const CONTAINS: &str = "No item has the shape that 'contains' asks for";
pub(super) const MISMATCH: &str = "Does not match the schema";
pub(super) const TOO_MUCH_WORK: &str = "Data too large for this schema: checking it would take too long";

pub(super) fn several_shapes(count: usize) -> String {
    format!("Matches {count} of the allowed shapes, expected exactly one")
}

/// `nearest` is the first error of the shape that the value is closest to.
pub(super) fn no_shape(nearest: Option<&FieldError>) -> String {
    let nearest = nearest.map(|error| format!("; of the nearest, {}: {}", error.field, error.message));
    let nearest = nearest.unwrap_or_default();
    format!("Does not match any allowed shape{}", cut(&nearest, 4 * ECHO_CHARS))
}

pub(super) fn bad_name(field: &str, why: &str) -> String {
    format!("Field name '{}' is not allowed: {why}", name(field))
}
