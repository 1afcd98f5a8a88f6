use jsonschema::{Draft, PatternOptions, Validator};
use schema::{Format, MATCH_CACHE_BYTES, Plan};
use schema_checker::{Engine, EngineError};
use serde_json::Value;
use worker_pool::TaskId;

use crate::keywords::{MultipleOf, PlanPattern};

/// The `jsonschema` crate.
pub struct JsonSchema;

impl Engine for JsonSchema {
    type Compiled = Validator;

    const TASK: TaskId = TaskId(2);
    const STEP_NANOS: u64 = 100;
    const MAX_SMALL_SCHEMA_VALUES: usize = 200;

    fn compile(plan: &Plan) -> Result<Validator, EngineError> {
        let patterns = plan.compiled_patterns();
        let mut options = jsonschema::options()
            .with_draft(Draft::Draft7)
            .offline()
            .with_pattern_options(pattern_options())
            .should_validate_formats(true)
            .with_keyword("pattern", move |_, pattern, _| PlanPattern::compile(pattern, &patterns))
            .with_keyword("multipleOf", MultipleOf::compile);
        for format in Format::ALL {
            options = options.with_format(format.name(), move |text: &str| format.matches(text));
        }
        options.build(&plan.to_normalized_schema()).map_err(|error| EngineError(error.to_string()))
    }

    fn is_valid(compiled: &Validator, data: &Value) -> Result<bool, EngineError> {
        Ok(compiled.is_valid(data))
    }

    /// The maximum measured for schemas with many subschemas, many names or many values, and the patterns of
    /// `patternProperties`, which the crate compiles again.
    fn bytes(plan: &Plan, schema_bytes: usize) -> usize {
        let patterns: usize = plan.property_pattern_bytes().sum();
        4_096 + 1_280 * plan.subschemas() + 32 * schema_bytes + patterns
    }

    /// The crate's patterns keep memory to match in for each thread. The stack of the engine for texts of up to 128 bytes is not
    /// counted: it grows with the work of a match, and only cheap checks run in the service.
    fn bytes_per_thread(plan: &Plan) -> usize {
        plan.property_pattern_bytes().sum()
    }
}

/// Options for the patterns of `patternProperties`, which the crate compiles itself.
fn pattern_options() -> PatternOptions<jsonschema::Regex> {
    PatternOptions::regex().size_limit(domain::limits::MAX_PATTERN_BYTES).dfa_size_limit(MATCH_CACHE_BYTES)
}
