//! The sentences of error messages. All checkers use them.

use serde_json::{Number, Value};

use super::{
    format::Format,
    rule::{Bound, LimitKind, SizeUnit},
};
use crate::field::FieldError;

/// Maximum length of a name or value from the request that a message repeats, in characters.
const MAX_ECHO_CHARS: usize = 60;
/// Maximum number of allowed values that a message lists.
pub(super) const MAX_LISTED_VALUES: usize = 10;
/// 2⁶⁴: whole numbers from here on are parsed as doubles.
const FIRST_ROUNDED_INTEGER: f64 = 18_446_744_073_709_551_616.0;
/// Maximum length of an error's path, in bytes.
const MAX_PATH_BYTES: usize = 1_000;

/// The first characters of a text, with `…` if it is longer.
pub(super) fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The path, shortened if a caller filled it with long names.
pub(super) fn bounded_path(path: &str) -> String {
    if path.len() <= MAX_PATH_BYTES { path.to_owned() } else { cut(path, MAX_PATH_BYTES / 4) }
}

/// As much of a name as a path can show. A name may be 256 KiB long, and to quote all of it takes time.
pub(super) fn bounded_name(name: &str) -> &str {
    &name[..name.floor_char_boundary(MAX_PATH_BYTES + 1)]
}

/// A value as JSON, shortened if it is long.
pub(super) fn snippet(value: &Value) -> String {
    if let Value::String(text) = value {
        return Value::from(cut(text, MAX_ECHO_CHARS)).to_string();
    }
    let mut prefix = JsonPrefix { text: String::new(), left: MAX_ECHO_CHARS + 1 };
    prefix.value(value);
    cut(&prefix.text, MAX_ECHO_CHARS)
}

/// Writes the first characters of a value as JSON, without visiting the rest, which may be 256 KiB.
struct JsonPrefix {
    text: String,
    /// The number of characters that may still be added.
    left: usize,
}

impl JsonPrefix {
    fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                self.push("[");
                self.separated(items, Self::value);
                self.push("]");
            }
            Value::Object(members) => {
                self.push("{");
                self.separated(members, |prefix, (name, value)| {
                    prefix.string(name);
                    prefix.push(":");
                    prefix.value(value);
                });
                self.push("}");
            }
            other => self.push(&other.to_string()),
        }
    }

    fn separated<T>(&mut self, parts: impl IntoIterator<Item = T>, write: impl Fn(&mut Self, T)) {
        for (index, part) in parts.into_iter().enumerate() {
            if self.left == 0 {
                return;
            }
            if index > 0 {
                self.push(",");
            }
            write(self, part);
        }
    }

    fn string(&mut self, text: &str) {
        self.push(&Value::from(cut(text, self.left)).to_string());
    }

    fn push(&mut self, text: &str) {
        let added = text.chars().take(self.left);
        self.left -= added.clone().count();
        self.text.extend(added);
    }
}

pub(super) fn name(text: &str) -> String {
    cut(text, MAX_ECHO_CHARS)
}

pub(super) fn one_of<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    let mut values = values.into_iter();
    let listed: Vec<String> = values.by_ref().take(MAX_LISTED_VALUES).map(snippet).collect();
    match listed.as_slice() {
        [] => NOTHING_ALLOWED.into(),
        [only] => format!("Expected {only}"),
        several => {
            let more = if values.next().is_some() { ", …" } else { "" };
            format!("Expected one of {}{more}", several.join(", "))
        }
    }
}

/// `, received 5`. Empty for a number beyond 64 bits: it was parsed as a double, so its digits may not be those that were sent.
pub(super) fn received(number: &Number) -> String {
    let is_exact = !number.is_f64() || number.as_f64().is_some_and(|double| double.abs() < FIRST_ROUNDED_INTEGER);
    if is_exact { format!(", received {number}") } else { String::new() }
}

pub(super) fn bound(bound: Bound, limit: &Number, received: &Number) -> String {
    let relation = match bound {
        Bound::Minimum => "at least",
        Bound::ExclusiveMinimum => "more than",
        Bound::Maximum => "at most",
        Bound::ExclusiveMaximum => "less than",
    };
    format!("Expected {relation} {limit}{}", self::received(received))
}

pub(super) fn multiple_of(divisor: &Number, received: &Number) -> String {
    format!("Expected a multiple of {divisor}{}", self::received(received))
}

pub(super) fn size(unit: SizeUnit, kind: LimitKind, limit: u64) -> String {
    let relation = match kind {
        LimitKind::AtLeast => "at least",
        LimitKind::AtMost => "at most",
    };
    let noun = match unit {
        SizeUnit::Characters => "character",
        SizeUnit::Items => "item",
        SizeUnit::Fields => "field",
    };
    format!("Expected {relation} {limit} {noun}{}", if limit == 1 { "" } else { "s" })
}

pub(super) fn pattern(source: &str) -> String {
    format!("Does not match pattern '{}'", name(source))
}

pub(super) fn format(format: Format, text: &str) -> String {
    let fault = format.fault(text).map(|fault| format!(": {fault}")).unwrap_or_default();
    format!("Does not match format '{}'{fault}", format.name())
}

pub(super) fn unexpected_field(field: &str) -> String {
    format!("Unexpected field '{}'", name(field))
}

pub(super) fn duplicate(first: usize, second: usize) -> String {
    format!("Expected unique items, item {second} repeats item {first}")
}

pub(super) const NOTHING_ALLOWED: &str = "No value is allowed here";
pub(super) const MATCHES_NOT: &str = "Matches a shape that is not allowed";
pub(super) const CONTAINS_NOTHING: &str = "No item has the shape that 'contains' asks for";
pub(super) const MISMATCH: &str = "Does not match the schema";
pub(super) const TOO_COMPLEX: &str = "Too complex: reading or compiling it takes too much processor time; use fewer or shorter \
                                      patterns, and fewer alternatives";
pub(super) const TOO_EXPENSIVE: &str = "Data too large for this schema: checking it would take too long";

pub(super) fn several_shapes(count: usize) -> String {
    format!("Matches {count} of the allowed shapes, expected exactly one")
}

/// `nearest` is the first error of the shape with the fewest errors.
pub(super) fn no_shape(nearest: Option<&FieldError>) -> String {
    let nearest = nearest.map(|error| format!("; of the nearest, {}: {}", error.field, error.message));
    let nearest = nearest.unwrap_or_default();
    format!("Does not match any allowed shape{}", cut(&nearest, 4 * MAX_ECHO_CHARS))
}

pub(super) fn bad_name(field: &str, why: &str) -> String {
    format!("Field name '{}' is not allowed: {why}", name(field))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_snippet_is_json_shortened_if_it_is_long() {
        assert_eq!(snippet(&json!({"a": [1, null]})), r#"{"a":[1,null]}"#);
        for long in [json!(vec!["é"; 100_000]), json!({"𝒳".repeat(1_000): 1}), json!([["a".repeat(100_000)]])] {
            let snippet = snippet(&long);
            assert_eq!(snippet.chars().count(), MAX_ECHO_CHARS + 1, "{snippet}");
            assert!(snippet.ends_with('…') && long.to_string().starts_with(snippet.trim_end_matches('…')), "{snippet}");
        }
    }
}
