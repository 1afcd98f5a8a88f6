//! The second schema checker: the `valico` crate behind [`ports::SchemaChecker`].
//!
//! The crate gives the verdict on data; the words for a refusal come from [`domain::schema::Plan::explain_refusal`]. Its
//! weak spots are covered before it sees a schema (`rewrite`) and while it checks (`keywords`). See
//! `docs/schema-checking.md`.

mod compiled;
mod keywords;
mod pool;
mod rewrite;

use async_trait::async_trait;
use domain::{
    field::FieldError,
    json::JsonDocument,
    schema::{Plan, Schema},
};
use ports::{CheckSchemaError, SchemaChecker};

use self::{compiled::Compiled, pool::Pool};

/// Checks with the `valico` crate. Compiled schemas are kept in a bounded pool, of which a check takes one for itself:
/// they cannot be shared.
#[derive(Default)]
pub struct ValicoChecker {
    idle: Pool,
}

impl ValicoChecker {
    /// A checker with an empty pool.
    pub fn new() -> Self {
        Self::default()
    }
}

#[async_trait]
impl SchemaChecker for ValicoChecker {
    async fn check_schema(&self, schema: &Schema) -> Result<Vec<FieldError>, CheckSchemaError> {
        // Not kept: most schemas that are looked at are never saved.
        Ok(match Compiled::new(schema) {
            Ok(_) => Vec::new(),
            Err(_) => vec![FieldError::new("schema", "Cannot be compiled")],
        })
    }

    async fn check_data(
        &self,
        schema: &Schema,
        data: &JsonDocument,
        root: &str,
    ) -> Result<Vec<FieldError>, CheckSchemaError> {
        let compiled = match self.idle.take(schema.digest()) {
            Some(compiled) => compiled,
            None => Compiled::new(schema)?,
        };
        let errors = if !compiled.meter.allows(&compiled.plan, data) {
            Plan::refuse_as_too_much(root)
        } else if compiled.admits(data.value())? {
            Vec::new()
        } else {
            compiled.plan.explain_refusal(data.value(), root)
        };
        self.idle.put(schema.digest(), compiled);
        Ok(errors)
    }
}
