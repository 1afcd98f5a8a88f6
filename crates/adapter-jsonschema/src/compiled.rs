//! A schema as the crate checks with it.

use domain::schema::{Format, MATCH_CACHE_BYTES, Meter, Plan, Prices, Schema};
use jsonschema::{Draft, PatternOptions, Validator};
use ports::CheckSchemaError;

use crate::keywords::MultipleOf;

/// What one check may cost, in nanoseconds, at the prices below. The rest of the port's 100 ms is for the explanation.
const BUDGET: u64 = 40_000_000;

/// Measured keyword by keyword in a release build, and at least doubled.
const PRICES: Prices = Prices {
    subschema: 8,
    keyword: 4,
    member: 100,
    dependency: 100,
    comparison: 15,
    bytes_16: 4,
    format_16: 100,
    pattern_step: 20,
    division: 600,
};

pub(crate) struct Compiled {
    pub(crate) plan: Plan,
    pub(crate) meter: Meter,
    pub(crate) validator: Validator,
    /// The memory it takes, in bytes, roughly.
    pub(crate) bytes: usize,
}

impl Compiled {
    /// Compiles a schema that the guard has let through. That this fails is a defect, of ours or of the crate.
    pub(crate) fn new(schema: &Schema) -> Result<Self, CheckSchemaError> {
        let plan = schema.plan();
        let patterns =
            PatternOptions::regex().size_limit(domain::limits::PATTERN_BYTES).dfa_size_limit(MATCH_CACHE_BYTES);
        let mut options = jsonschema::options()
            .with_draft(Draft::Draft7)
            .offline()
            .with_pattern_options(patterns)
            .should_validate_formats(true)
            .with_keyword("multipleOf", MultipleOf::compile);
        for format in Format::ALL {
            options = options.with_format(format.name(), move |text: &str| format.admits(text));
        }
        let validator = options.build(&plan.to_value()).map_err(|error| CheckSchemaError(error.to_string()))?;
        Ok(Self { meter: Meter::new(&plan, PRICES, BUDGET), bytes: estimated_bytes(schema, &plan), plan, validator })
    }
}

/// Roughly the memory that a compiled schema takes: the most that was measured for schemas of many subschemas, of many
/// names, and of many values. A compiled pattern is held here and by the plan, and matches with a cache beside it.
fn estimated_bytes(schema: &Schema, plan: &Plan) -> usize {
    4_096 + 1_280 * plan.subschemas() + 32 * schema.text().as_str().len() + 4 * plan.pattern_bytes()
}
