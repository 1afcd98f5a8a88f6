use std::sync::{Mutex, PoisonError};

use schema::Plan;
use schema_checker::{Engine, EngineError};
use serde_json::Value;
use url::Url;
use valico::json_schema::Scope;
use worker_pool::TaskId;

use crate::{keywords, rewrite::rewritten};

/// The name that references inside the schema are relative to; it is never looked up.
const NAME: &str = "json-schema://schema";

/// The `valico` crate.
pub struct Valico;

/// A schema as the crate checks with it. Threads take turns, as the crate's schemas hold cells that they cannot share; a
/// check in the service takes less than a millisecond.
pub struct CompiledSchema {
    scope: Mutex<Scope>,
    name: Url,
}

impl Engine for Valico {
    type Compiled = CompiledSchema;

    const TASK: TaskId = TaskId(3);
    const STEP_NANOS: u64 = 700;
    const MAX_SMALL_SCHEMA_VALUES: usize = 60;

    fn compile(plan: &Plan) -> Result<CompiledSchema, EngineError> {
        let name = Url::parse(NAME).map_err(|error| EngineError(error.to_string()))?;
        let mut scope = keywords::scope(plan.compiled_patterns());
        let compiled = scope.compile_with_id(&name, rewritten(plan.to_normalized_schema()), false);
        compiled.map_err(|error| EngineError(error.to_string()))?;
        Ok(CompiledSchema { scope: Mutex::new(scope), name })
    }

    fn is_valid(compiled: &CompiledSchema, data: &Value) -> Result<bool, EngineError> {
        // A panic cannot leave the schema half changed: checking does not change it.
        let scope = compiled.scope.lock().unwrap_or_else(PoisonError::into_inner);
        let schema = scope.resolve(&compiled.name);
        let state = schema.ok_or_else(|| EngineError("the compiled schema is missing".into()))?.validate(data);
        // The crate takes a reference that leads nowhere for one that is fulfilled, and notes it here.
        if state.missing.is_empty() {
            Ok(state.errors.is_empty())
        } else {
            Err(EngineError(format!("{} references were not resolved", state.missing.len())))
        }
    }

    /// The crate keeps a node, with maps and copies of all below it, for each object and each list, whether it is a schema or
    /// not: about three for a subschema, of 8 KiB.
    fn bytes(plan: &Plan, _: usize) -> usize {
        32 * 1_024 + 3 * 8 * 1_024 * plan.subschemas()
    }
}
