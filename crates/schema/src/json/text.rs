use std::{fmt, sync::Arc};

use serde_json::value::RawValue;

/// The text of one valid JSON value, without surrounding white space.
#[derive(Clone)]
pub struct JsonText(Text);

#[derive(Clone)]
enum Text {
    /// Parsed in this process.
    Parsed(Arc<RawValue>),
    /// Trusted, but not parsed in this process.
    Stored(Arc<str>),
}

impl JsonText {
    /// The text of a value that a JSON parser has found.
    pub fn from_raw(raw: &RawValue) -> Self {
        Self(Text::Parsed(raw.to_owned().into()))
    }

    /// Takes text that was validated before it was stored.
    pub fn from_stored(text: String) -> Self {
        Self(Text::Stored(text.into()))
    }

    /// An object without members.
    pub fn empty_object() -> Self {
        Self(Text::Stored("{}".into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Text::Parsed(raw) => raw.get(),
            Text::Stored(text) => text,
        }
    }

    /// Whether the value is an object.
    pub fn is_object(&self) -> bool {
        self.as_str().starts_with('{')
    }

    /// The text of a member; `None` if there is no such member or the value is not an object.
    pub fn member(&self, name: &str) -> Option<Self> {
        let members: std::collections::HashMap<String, &RawValue> = serde_json::from_str(self.as_str()).ok()?;
        members.get(name).map(|raw| Self::from_raw(raw))
    }
}

impl PartialEq for JsonText {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for JsonText {}

impl fmt::Debug for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsonText").field(&self.as_str()).finish()
    }
}

/// Serializes as the JSON value itself, not as a string.
impl serde::Serialize for JsonText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::Error as _;
        match &self.0 {
            Text::Parsed(raw) => raw.serialize(serializer),
            Text::Stored(text) => {
                let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
                raw.serialize(serializer)
            }
        }
    }
}
