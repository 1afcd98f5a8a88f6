//! A schema as the crate checks with it.

use domain::schema::{Meter, Plan, Prices, Schema};
use ports::CheckSchemaError;
use serde_json::Value;
use url::Url;
use valico::json_schema::Scope;

use crate::{keywords, rewrite::rewritten};

/// What one check may cost, in nanoseconds, at the prices below. The rest of the port's 100 ms is for the explanation.
const BUDGET: u64 = 50_000_000;

/// Measured keyword by keyword in a release build, and rounded up.
const PRICES: Prices = Prices {
    subschema: 600,
    keyword: 60,
    member: 150,
    dependency: 2_000,
    comparison: 15,
    bytes_16: 4,
    format_16: 150,
    pattern_step: 20,
    division: 900,
};

/// The name that references inside the schema are relative to; it is never looked up.
const NAME: &str = "json-schema://schema";

pub(crate) struct Compiled {
    pub(crate) plan: Plan,
    pub(crate) meter: Meter,
    scope: Scope,
    name: Url,
    /// The memory it takes, in bytes, roughly.
    pub(crate) bytes: usize,
}

impl Compiled {
    /// Compiles a schema that the guard has let through. That this fails is a defect, of ours or of the crate.
    pub(crate) fn new(schema: &Schema) -> Result<Self, CheckSchemaError> {
        let plan = schema.plan();
        let name = Url::parse(NAME).map_err(|error| CheckSchemaError(error.to_string()))?;
        let mut scope = keywords::scope();
        let rewritten = rewritten(plan.to_value());
        let bytes = estimated_bytes(&rewritten, &plan);
        let compiled = scope.compile_with_id(&name, rewritten, false);
        compiled.map_err(|error| CheckSchemaError(error.to_string()))?;
        Ok(Self { meter: Meter::new(&plan, PRICES, BUDGET), plan, scope, name, bytes })
    }

    /// The crate's verdict.
    pub(crate) fn admits(&self, data: &Value) -> Result<bool, CheckSchemaError> {
        let schema = self.scope.resolve(&self.name);
        let state = schema.ok_or_else(|| CheckSchemaError("the compiled schema is gone".into()))?.validate(data);
        // The crate takes a reference that leads nowhere for one that is fulfilled, and notes it here.
        if state.missing.is_empty() {
            Ok(state.errors.is_empty())
        } else {
            Err(CheckSchemaError(format!("{} references were not resolved", state.missing.len())))
        }
    }
}

/// Roughly the memory that a compiled schema takes: the crate keeps a node, with maps of its own and copies of all below
/// it, for each object and each list, whether it is a schema or not.
fn estimated_bytes(rewritten: &Value, plan: &Plan) -> usize {
    32 * 1_024 + 8 * 1_024 * compounds(rewritten) + 4 * plan.pattern_bytes()
}

fn compounds(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(compounds).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(compounds).sum::<usize>(),
        _ => 0,
    }
}
