use std::sync::Arc;

use serde_json::Value;

use super::{JsonText, strict};
use crate::{
    field::{FieldError, FieldPath},
    limits::DATA_BYTES,
};

/// A JSON document as it was sent, and the value it stands for. Clones share the value: one may be many times its text.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonDocument {
    text: JsonText,
    value: Arc<Value>,
}

impl JsonDocument {
    /// Reads a document strictly: no member twice, no number that a double cannot hold, no lone surrogate, nesting of at
    /// most [`limits::JSON_DEPTH`](crate::limits::JSON_DEPTH). `root` is what error paths begin with.
    pub fn parse(text: JsonText, root: &FieldPath) -> Result<Self, FieldError> {
        let value = strict::parse(text.as_str(), root)?;
        Ok(Self { text, value: Arc::new(value) })
    }

    /// Reads the data of a widget: a document of at most [`DATA_BYTES`].
    pub fn parse_data(text: JsonText, root: &FieldPath) -> Result<Self, FieldError> {
        let length = text.as_str().len();
        if length > DATA_BYTES {
            let message = format!("Data is {length} bytes long; at most {DATA_BYTES} are allowed");
            return Err(FieldError::new(root, message));
        }
        Self::parse(text, root)
    }

    /// The text as it was sent.
    pub fn text(&self) -> &JsonText {
        &self.text
    }

    /// The value; its numbers are doubles where they exceed 64 bits.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The text alone.
    pub fn into_text(self) -> JsonText {
        self.text
    }
}
