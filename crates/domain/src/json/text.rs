use std::sync::Arc;

use serde_json::value::RawValue;

/// The text of one valid JSON value, without white space around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonText(Arc<str>);

impl JsonText {
    /// The text of a value that a JSON parser has already gone through.
    pub fn from_raw(raw: &RawValue) -> Self {
        Self(raw.get().trim().into())
    }

    /// Takes text that was checked when it was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the value is an object.
    pub fn is_object(&self) -> bool {
        self.0.starts_with('{')
    }

    /// The text of a member, when the value is an object that has it.
    pub fn member(&self, name: &str) -> Option<Self> {
        let members: std::collections::HashMap<String, &RawValue> = serde_json::from_str(&self.0).ok()?;
        members.get(name).map(|raw| Self::from_raw(raw))
    }
}

/// Written as it is, not as a string.
impl serde::Serialize for JsonText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;
        let raw: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}
