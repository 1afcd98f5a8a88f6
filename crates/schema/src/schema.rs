//! A JSON Schema as it is stored: its text and digest.

use std::fmt;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{
    Plan,
    field::{FieldError, FieldPath},
    guard,
    json::{JsonDocument, JsonText},
    limits::MAX_SCHEMA_BYTES,
    read::{self, Dialect},
    wording,
};

/// SHA-256 of a schema's text, and of how the text is read where that is not clear. Compiled schemas are cached under it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SchemaDigest(pub [u8; 32]);

impl fmt::Debug for SchemaDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..4].iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Keywords of later drafts that add rules. Earlier builds ignored them in documents without `$schema`, as draft-07 does.
/// Messages are pinned to such schemas, so their meaning stays: the digest tells them from those that were saved since.
const LATER_KEYWORDS: [&str; 3] = ["\"prefixItems\"", "\"dependentRequired\"", "\"dependentSchemas\""];
/// Follows the text of a schema with one of them in its digest. No JSON text contains it.
const LATER_SUFFIX: &str = "\0later keywords";

/// A schema that the guard has accepted, as the text that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schema {
    text: JsonText,
    digest: SchemaDigest,
}

/// An accepted schema, and warnings for its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedSchema {
    /// The schema.
    pub schema: Schema,
    /// Sentences such as `Property 'schema.properties.x' has no type`.
    pub warnings: Vec<String>,
}

impl Schema {
    /// Parses a schema within the guard's limits. Paths of errors begin with `schema`.
    pub fn parse(text: JsonText) -> Result<CheckedSchema, Vec<FieldError>> {
        let root = FieldPath::root("schema");
        if text.as_str().len() > MAX_SCHEMA_BYTES {
            let limit = MAX_SCHEMA_BYTES / 1024;
            return Err(vec![FieldError::new(root, format!("Larger than {limit} KiB"))]);
        }
        let document = JsonDocument::parse(text, &root).map_err(|error| vec![error])?;
        let reading = read::read(document.value(), Dialect::Unnamed);
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

    /// The errors for a schema whose parsing or compiling reached its time limit.
    pub fn too_complex_errors() -> Vec<FieldError> {
        vec![FieldError::new("schema", wording::TOO_COMPLEX)]
    }

    /// Takes a text that [`parse`](Self::parse) has accepted, in this or in another process.
    pub fn from_accepted(text: JsonText) -> Self {
        let mut digest = Sha256::new_with_prefix(text.as_str());
        if has_later_keywords(text.as_str()) {
            digest.update(LATER_SUFFIX);
        }
        Self { text, digest: SchemaDigest(digest.finalize().into()) }
    }

    /// Takes text and digest as they were stored.
    pub fn from_stored(text: String, digest: [u8; 32]) -> Self {
        Self { text: JsonText::from_stored(text), digest: SchemaDigest(digest) }
    }

    /// The text as it was sent.
    pub fn text(&self) -> &JsonText {
        &self.text
    }

    /// The digest of the text.
    pub fn digest(&self) -> SchemaDigest {
        self.digest
    }

    /// Parses the text into a plan. This is for compiling: too slow to repeat for each message.
    pub fn plan(&self) -> Plan {
        read::read(&self.value(), self.unnamed_dialect()).plan
    }

    /// How the text is read if it has no `$schema`.
    fn unnamed_dialect(&self) -> Dialect {
        let text = self.text.as_str();
        let is_from_earlier = has_later_keywords(text) && self.digest.0 == *Sha256::digest(text);
        if is_from_earlier { Dialect::Draft07 } else { Dialect::Unnamed }
    }

    /// Parses the text into a value. This is for compiling: too slow to repeat for each message.
    pub fn value(&self) -> Value {
        // Never fails: the text was valid JSON when the schema was accepted.
        serde_json::from_str(self.text.as_str()).unwrap_or(Value::Null)
    }
}

fn has_later_keywords(text: &str) -> bool {
    LATER_KEYWORDS.iter().any(|keyword| text.contains(keyword))
}
