//! The sentences that say what is wrong, in one place, so that every checker says the same.

use serde_json::{Number, Value};

use super::plan::{Bound, Extreme, Measured};
use crate::field::FieldError;

/// Most characters of a path or of an echoed value in one message: nothing that was sent comes back at its full length.
const ECHO_CHARS: usize = 60;
/// Most choices that a message lists.
pub(super) const CHOICES: usize = 10;
/// 2⁶⁴: whole numbers from here on are read as doubles.
const MAX_ECHOED: f64 = 18_446_744_073_709_551_616.0;
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

/// As much of a name as can appear in a path. Writing a name with quotes takes time, and a name may be a quarter of a megabyte.
pub(super) fn bounded_name(name: &str) -> &str {
    &name[..name.floor_char_boundary(PATH_BYTES + 1)]
}

/// A value as JSON, cut where it is long.
pub(super) fn snippet(value: &Value) -> String {
    if let Value::String(text) = value {
        return Value::from(cut(text, ECHO_CHARS)).to_string();
    }
    let mut start = Start { text: String::new(), left: ECHO_CHARS + 1 };
    start.value(value);
    cut(&start.text, ECHO_CHARS)
}

/// The first characters of a value as JSON. The rest of the value, which may be a quarter of a megabyte, is not visited.
struct Start {
    text: String,
    /// How many characters may be added.
    left: usize,
}

impl Start {
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
                self.separated(members, |start, (name, value)| {
                    start.string(name);
                    start.push(":");
                    start.value(value);
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
    cut(text, ECHO_CHARS)
}

pub(super) fn choices<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    let mut values = values.into_iter();
    let listed: Vec<String> = values.by_ref().take(CHOICES).map(snippet).collect();
    match listed.as_slice() {
        [] => NEVER.into(),
        [only] => format!("Expected {only}"),
        several => {
            let more = if values.next().is_some() { ", …" } else { "" };
            format!("Expected one of {}{more}", several.join(", "))
        }
    }
}

/// `, received 5`. Nothing for a number past 64 bits: it is kept as a double, so its digits are not those that were sent.
pub(super) fn received(number: &Number) -> String {
    let is_kept = !number.is_f64() || number.as_f64().is_some_and(|double| double.abs() < MAX_ECHOED);
    if is_kept { format!(", received {number}") } else { String::new() }
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
pub(super) const TOO_COMPLEX: &str = "Too complex: reading or compiling it takes too much processor time; use fewer or shorter \
                                      patterns, and fewer alternatives";
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_snippet_is_json_cut_where_it_is_long() {
        assert_eq!(snippet(&json!({"a": [1, null]})), r#"{"a":[1,null]}"#);
        for long in [json!(vec!["é"; 100_000]), json!({"𝒳".repeat(1_000): 1}), json!([["a".repeat(100_000)]])] {
            let snippet = snippet(&long);
            assert_eq!(snippet.chars().count(), ECHO_CHARS + 1, "{snippet}");
            assert!(snippet.ends_with('…') && long.to_string().starts_with(snippet.trim_end_matches('…')), "{snippet}");
        }
    }
}
