use async_trait::async_trait;
use domain::{field::FieldError, json::JsonDocument, schema::Schema};

/// Tells whether schemas are schemas and whether data fits them (JSON Schema draft-07).
///
/// Only schemas that passed the static guard reach it. For those no answer takes more than 100 ms of one core, whatever
/// the data (at most 256 KiB, nested at most 64 deep), and nothing ends or blocks the process.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait SchemaChecker: Send + Sync {
    /// What of `schema` breaks the draft-07 meta-schema or cannot be compiled; empty when it is a schema. At most 50
    /// errors, with paths that begin with `schema`.
    async fn check_schema(&self, schema: &Schema) -> Result<Vec<FieldError>, CheckSchemaError>;

    /// What of `data` does not fit `schema`, one whose [`check_schema`](Self::check_schema) is empty; empty when all fits.
    /// At most 50 errors, with paths that begin with `root` and the reference's wording: `Expected number, received
    /// string` at the value, `Required field 'x' is missing` at the object that lacks it.
    async fn check_data(
        &self,
        schema: &Schema,
        data: &JsonDocument,
        root: &str,
    ) -> Result<Vec<FieldError>, CheckSchemaError>;
}

/// Why no answer could be given: a defect of ours. The text is for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the schema checker failed: {0}")]
pub struct CheckSchemaError(pub String);
