//! JSON Schemas of widgets: draft-07, with limits that keep every check short. `docs/schema-checking.md` describes them.
//!
//! [`Schema::parse`] is the entry. A checker takes a schema's [`Plan`] and compiles [`Plan::to_value`]. Before each check a
//! [`StepBudget`] decides whether the check is cheap. The checker gives the verdict; [`Plan::explain_refusal`] finds the
//! words.

mod annotations;
mod components;
mod explain;
pub mod field;
mod format;
mod guard;
pub mod json;
pub mod limits;
mod number;
mod pattern;
mod plan;
mod read;
#[cfg(test)]
mod tests;
mod value;
mod wording;
mod work;

use std::fmt;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

pub use format::Format;
pub use number::{compare as compare_numbers, equal, first_repetition, is_multiple_of};
pub use pattern::{CompiledPattern, MATCH_CACHE_BYTES};
pub use plan::Plan;
pub use work::StepBudget;

use crate::{
    field::{FieldError, FieldPath},
    json::{JsonDocument, JsonText},
    limits::SCHEMA_BYTES,
};

/// SHA-256 of a schema's text: what compiled schemas are cached by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SchemaDigest(pub [u8; 32]);

impl fmt::Debug for SchemaDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..4].iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A draft-07 schema that the static guard has accepted, as the text that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    text: JsonText,
    digest: SchemaDigest,
}

/// A schema that may be saved, and what its author should know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSchema {
    /// The schema.
    pub schema: Schema,
    /// Sentences such as `Property 'schema.properties.x' has no type`.
    pub warnings: Vec<String>,
}

impl Schema {
    /// Reads a schema and checks it by draft-07 and by the static guard. Paths of errors begin with `schema`.
    pub fn parse(text: JsonText) -> Result<CheckedSchema, Vec<FieldError>> {
        let root = FieldPath::root("schema");
        if text.as_str().len() > SCHEMA_BYTES {
            let limit = SCHEMA_BYTES / 1024;
            return Err(vec![FieldError::new(root, format!("Larger than {limit} KiB"))]);
        }
        let document = JsonDocument::parse(text, &root).map_err(|error| vec![error])?;
        let reading = read::read(document.value());
        let mut errors = reading.errors;
        if errors.is_empty() {
            errors = guard::check(&reading.plan, &reading.paths);
        }
        if errors.is_empty() {
            Ok(CheckedSchema { schema: Self::from_accepted(document.into_text()), warnings: reading.warnings })
        } else {
            Err(errors)
        }
    }

    /// The answer for a schema whose reading or compiling reached its time limit.
    pub fn refuse_as_too_complex() -> Vec<FieldError> {
        vec![FieldError::new("schema", wording::TOO_COMPLEX)]
    }

    /// The schema in the form that checks are made with. Reads the text: for compiling, not for every message.
    pub fn plan(&self) -> Plan {
        read::read(&self.value()).plan
    }

    /// Takes a text that [`parse`](Self::parse) has accepted, here or in another process.
    pub fn from_accepted(text: JsonText) -> Self {
        let digest = Sha256::digest(text.as_str().as_bytes());
        Self { text, digest: SchemaDigest(digest.into()) }
    }

    /// Takes text and digest as they were stored.
    pub fn from_stored(text: String, digest: [u8; 32]) -> Self {
        Self { text: JsonText::from_stored(text), digest: SchemaDigest(digest) }
    }

    /// The text as it was sent.
    pub fn text(&self) -> &JsonText {
        &self.text
    }

    /// What the compiled schema is cached by.
    pub fn digest(&self) -> SchemaDigest {
        self.digest
    }

    /// The schema as a value. Parses the text: for compiling, not for every message.
    pub fn value(&self) -> Value {
        // The text was read strictly when the schema was accepted, so `Null` (which no checker takes) is never seen.
        serde_json::from_str(self.text.as_str()).unwrap_or(Value::Null)
    }
}
