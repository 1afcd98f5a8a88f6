//! Errors in a request: the `{"field","message"}` pairs of the API.

use std::fmt::{self, Write as _};

use serde::Serialize;

/// The reason why a value was refused, as a sentence for the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

impl Invalid {
    /// A reason with this sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// The error at this field.
    #[must_use]
    pub fn at(self, field: impl fmt::Display) -> FieldError {
        FieldError::new(field, self.0)
    }
}

/// One error in a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The path in JavaScript syntax: `data.deals[1].value`.
    pub field: String,
    /// A sentence such as `Expected number, received string`.
    pub message: String,
}

/// Maximum length of a path and of a message, in characters. Both may contain text of the caller.
const MAX_CHARS: usize = 1_000;

impl FieldError {
    /// An error at this path. Path and message are cut after 1,000 characters, and end with `…` then.
    pub fn new(field: impl fmt::Display, message: impl Into<String>) -> Self {
        Self { field: cut(field.to_string()), message: cut(message.into()) }
    }

    /// The error for an absent member of the object at `parent`.
    pub fn missing(parent: impl fmt::Display, member: &str) -> Self {
        Self::new(parent, missing(member))
    }
}

/// The message for an absent member, in the words of the reference API.
pub(crate) fn missing(member: &str) -> String {
    format!("Required field '{member}' is missing")
}

fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_CHARS) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A path into a JSON document in JavaScript syntax: `data.deals[1]["first name"]`.
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

    /// Appends a member.
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

    /// Appends an element of an array.
    pub fn push_index(&mut self, index: usize) {
        let _ = write!(self.0, "[{index}]");
    }

    /// The length in bytes, for [`truncate`](Self::truncate).
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether this is the path of a whole request body.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Shortens the path to an earlier [`len`](Self::len).
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

/// `Expected number, received string`. Several types are joined with "or".
pub fn expected(types: &[&str], received: &serde_json::Value) -> String {
    format!("Expected {}, received {}", types.join(" or "), type_name(received))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paths_and_messages_are_cut() {
        let error = FieldError::new("é".repeat(1_001), "x".repeat(1_000));
        assert_eq!((error.field, error.message), (format!("{}…", "é".repeat(1_000)), "x".repeat(1_000)));
    }

    #[test]
    fn a_path_is_written_in_javascript_syntax() {
        let path = FieldPath::root("data").member("deals").index(1).member("value");
        assert_eq!(path.as_str(), "data.deals[1].value");
        assert_eq!(FieldPath::root("data").member("first name").as_str(), r#"data["first name"]"#);
        assert_eq!(FieldPath::root("data").member("a\"b\n").as_str(), r#"data["a\"b\n"]"#);
        assert_eq!(FieldPath::root("").member("tags").index(0).as_str(), "tags[0]");
    }
}
