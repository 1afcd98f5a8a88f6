use std::sync::Arc;

use serde_json::Value;

use super::{JsonText, strict};
use crate::{
    field::{FieldError, FieldPath},
    limits::MAX_DATA_BYTES,
};

/// A JSON document: its text as it was sent, and its value. Clones share the value, which may be many times as large as the text.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonDocument {
    text: JsonText,
    value: Arc<Value>,
}

impl JsonDocument {
    /// Parses a document strictly: no duplicate members, no numbers out of the range of a double, no lone surrogates, at most
    /// [`limits::MAX_JSON_DEPTH`](crate::limits::MAX_JSON_DEPTH) levels. The path of an error begins with `root`.
    pub fn parse(text: JsonText, root: &FieldPath) -> Result<Self, FieldError> {
        let value = strict::parse(text.as_str(), root)?;
        Ok(Self { text, value: Arc::new(value) })
    }

    /// Parses the data of a message: a document of at most [`MAX_DATA_BYTES`].
    pub fn parse_data(text: JsonText, root: &FieldPath) -> Result<Self, FieldError> {
        let length = text.as_str().len();
        if length > MAX_DATA_BYTES {
            let message = format!("Data is {length} bytes long; at most {MAX_DATA_BYTES} are allowed");
            return Err(FieldError::new(root, message));
        }
        Self::parse(text, root)
    }

    /// The text as it was sent.
    pub fn text(&self) -> &JsonText {
        &self.text
    }

    /// The value. Numbers beyond 64 bits are doubles.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The text, without the value.
    pub fn into_text(self) -> JsonText {
        self.text
    }
}
