//! The default schema checker: the `jsonschema` crate behind [`ports::SchemaChecker`].
//!
//! The crate gives the verdict on data; the words for a refusal come from [`domain::schema::Plan::explain_refusal`]. See
//! `docs/schema-checking.md`.

mod cache;
mod compiled;
mod keywords;

use async_trait::async_trait;
use domain::{
    field::FieldError,
    json::JsonDocument,
    schema::{Plan, Schema},
};
use ports::{CheckSchemaError, SchemaChecker};

use self::{cache::Cache, compiled::Compiled};

/// Checks with the `jsonschema` crate. Compiled schemas are kept, by digest, in a bounded cache that all threads share.
#[derive(Default)]
pub struct JsonSchemaChecker {
    compiled: Cache,
}

impl JsonSchemaChecker {
    /// A checker with an empty cache.
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl SchemaChecker for JsonSchemaChecker {
    async fn check_schema(&self, schema: &Schema) -> Result<Vec<FieldError>, CheckSchemaError> {
        // Not kept: most schemas that are looked at are never saved.
        Ok(match Compiled::new(schema) {
            Ok(_) => Vec::new(),
            Err(_) => schema.refuse_as_not_compiling(compiled::takes_pattern),
        })
    }

    async fn check_data(
        &self,
        schema: &Schema,
        data: &JsonDocument,
        root: &str,
    ) -> Result<Vec<FieldError>, CheckSchemaError> {
        let compiled = self.compiled.get(schema)?;
        if !compiled.meter.allows(&compiled.plan, data) {
            return Ok(Plan::refuse_as_too_much(root));
        }
        if compiled.validator.is_valid(data.value()) {
            return Ok(Vec::new());
        }
        Ok(compiled.plan.explain_refusal(data.value(), root))
    }
}
