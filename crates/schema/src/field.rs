//! What is wrong with a request, and where: the `{"field","message"}` pairs of the API.

use std::fmt::{self, Write as _};

use serde::Serialize;

/// Why a single value was refused, in a sentence that can be shown to the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

impl Invalid {
    /// A refusal with this sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// The same refusal, tied to the field it is about.
    #[must_use]
    pub fn at(self, field: impl fmt::Display) -> FieldError {
        FieldError::new(field, self.0)
    }
}

/// One thing that is wrong in a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The path, as JavaScript would write it: `data.deals[1].value`.
    pub field: String,
    /// A sentence such as `Expected number, received string`.
    pub message: String,
}

/// Most characters of a path and of a sentence: a caller's own text is named in them, and does not come back at any length.
const ECHO_CHARS: usize = 1_000;

impl FieldError {
    /// An error at this path. Of more than 1,000 characters of either, `…` stands for what was cut.
    pub fn new(field: impl fmt::Display, message: impl Into<String>) -> Self {
        Self { field: cut(field.to_string()), message: cut(message.into()) }
    }

    /// The reference's wording for an absent member.
    pub fn missing(parent: impl fmt::Display, member: &str) -> Self {
        Self::new(parent, format!("Required field '{member}' is missing"))
    }
}

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(ECHO_CHARS) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A path into a JSON document, written as JavaScript would: `data.deals[1]["first name"]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldPath(String);

impl FieldPath {
    /// The path of the document itself: `data`, `schema`, or empty for the request body.
    pub fn root(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The path of a member of the object at this path.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        let mut path = self.clone();
        path.push_member(name);
        path
    }

    /// The path of an element of the array at this path.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut path = self.clone();
        path.push_index(index);
        path
    }

    /// Goes down to a member, in place.
    pub fn push_member(&mut self, name: &str) {
        if is_identifier(name) {
            if !self.0.is_empty() {
                self.0.push('.');
            }
            self.0.push_str(name);
        } else {
            // A JSON string is also a JavaScript string, so quotes and control characters come out escaped.
            let quoted = serde_json::Value::from(name);
            let _ = write!(self.0, "[{quoted}]");
        }
    }

    /// Goes down to an element, in place.
    pub fn push_index(&mut self, index: usize) {
        let _ = write!(self.0, "[{index}]");
    }

    /// How long the path is now; hand it to [`truncate`](Self::truncate) to come back up.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether this is the path of a whole request body.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Goes back up to where [`len`](Self::len) was taken.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_alphabetic() || c == '_' || c == '$')
        && chars.all(|c| c.is_alphanumeric() || c == '_' || c == '$')
}

/// The name that error messages use for the type of a JSON value.
pub fn type_name(value: &serde_json::Value) -> &'static str {
    use serde_json::Value;
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// `Expected number, received string`; several types are joined with "or".
pub fn expected(types: &[&str], received: &serde_json::Value) -> String {
    format!("Expected {}, received {}", types.join(" or "), type_name(received))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_caller_named_comes_back_cut() {
        let error = FieldError::new("é".repeat(1_001), "x".repeat(1_000));
        assert_eq!((error.field, error.message), (format!("{}…", "é".repeat(1_000)), "x".repeat(1_000)));
    }

    #[test]
    fn a_path_reads_as_javascript_would_write_it() {
        let path = FieldPath::root("data").member("deals").index(1).member("value");
        assert_eq!(path.as_str(), "data.deals[1].value");
        assert_eq!(FieldPath::root("data").member("first name").as_str(), r#"data["first name"]"#);
        assert_eq!(FieldPath::root("data").member("a\"b\n").as_str(), r#"data["a\"b\n"]"#);
        assert_eq!(FieldPath::root("").member("tags").index(0).as_str(), "tags[0]");
    }
}
