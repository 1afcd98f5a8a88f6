use std::sync::{Mutex, PoisonError};

use schema::Plan;
use schema_checker::{Engine, EngineError};
use serde_json::Value;
use url::Url;
use valico::json_schema::Scope;
use worker_pool::TaskId;

use crate::{keywords, rewrite::rewritten};

/// The base URL of references in a schema. It is never fetched.
const BASE_URL: &str = "json-schema://schema";

/// The `valico` crate.
pub struct Valico;

/// A schema compiled by the crate. Threads check one at a time, since the crate's schemas are not `Sync`. A check in the
/// service takes less than a millisecond.
pub struct CompiledSchema {
    scope: Mutex<Scope>,
    base_url: Url,
}

impl Engine for Valico {
    type Compiled = CompiledSchema;

    const TASK: TaskId = TaskId(3);
    const STEP_NANOS: u64 = 700;
    const MAX_SMALL_SCHEMA_VALUES: usize = 60;

    fn compile(plan: &Plan) -> Result<CompiledSchema, EngineError> {
        let base_url = Url::parse(BASE_URL).map_err(|error| EngineError(error.to_string()))?;
        let mut scope = keywords::scope(plan.compiled_patterns());
        let compiled = scope.compile_with_id(&base_url, rewritten(plan.to_normalized_schema()), false);
        compiled.map_err(|error| EngineError(error.to_string()))?;
        Ok(CompiledSchema { scope: Mutex::new(scope), base_url })
    }

    fn is_valid(compiled: &CompiledSchema, data: &Value) -> Result<bool, EngineError> {
        // Checking does not change the schema, so a panic cannot leave it inconsistent.
        let scope = compiled.scope.lock().unwrap_or_else(PoisonError::into_inner);
        let schema = scope.resolve(&compiled.base_url);
        let state = schema.ok_or_else(|| EngineError("the compiled schema is missing".into()))?.validate(data);
        // The crate treats a reference that it cannot resolve as valid, and lists it here.
        if state.missing.is_empty() {
            Ok(state.errors.is_empty())
        } else {
            Err(EngineError(format!("{} references were not resolved", state.missing.len())))
        }
    }

    /// The crate has a node of about 8 KiB, with maps and a copy of everything below it, for each object and each array in the
    /// schema: about three for a subschema.
    fn bytes(plan: &Plan, _: usize) -> usize {
        32 * 1_024 + 3 * 8 * 1_024 * plan.subschemas()
    }
}
