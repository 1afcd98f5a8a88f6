//! Reviews the text of a schema, in a worker or in place.

use domain::limits::MAX_SCHEMA_BYTES;
use ports::SchemaReview;
use schema::{
    Schema, StepBudget,
    field::FieldPath,
    json::{JsonDocument, JsonText},
};
use serde_json::Value;

use crate::{
    Engine, EngineError,
    compiled::{Compiled, in_place_budget},
    limits::MAX_SMALL_SCHEMA_BYTES,
};

/// Parses and compiles a schema, and counts the examples that previews cannot show. Calls `before_compiling` after parsing, if
/// the schema is accepted.
pub(crate) fn review<E: Engine>(text: JsonText, before_compiling: impl FnOnce()) -> Result<SchemaReview, EngineError> {
    let checked = match Schema::parse(text) {
        Ok(checked) => checked,
        Err(errors) => return Ok(SchemaReview { outcome: Err(errors), warnings: Vec::new() }),
    };
    before_compiling();
    // Parses the text again, as a later request has to, so the time limit includes that.
    let compiled = Compiled::<E>::new(&checked.schema)?;
    let mut warnings = checked.warnings;
    warnings.extend(skipped_examples(&checked.schema, &compiled));
    Ok(SchemaReview { outcome: Ok(checked.schema), warnings })
}

/// The warning about examples that previews skip because checking them is not cheap.
fn skipped_examples<E: Engine>(schema: &Schema, compiled: &Compiled<E>) -> Option<String> {
    let mut budget: StepBudget = in_place_budget::<E>();
    let examples = schema.examples();
    let parsed = examples.iter().filter_map(|text| JsonDocument::parse_data(text.clone(), &FieldPath::root("")).ok());
    let skipped = parsed.filter(|example| !compiled.is_cheap(example.value(), &mut budget)).count();
    (skipped > 0).then(|| {
        format!(
            "Previews skip {skipped} of the {} examples in the schema: checking them takes more than a millisecond",
            examples.len()
        )
    })
}

/// Whether reviewing this text takes less than a millisecond: it is short and simple, or too long to be parsed at all.
pub(crate) fn is_cheap<E: Engine>(text: &JsonText) -> bool {
    if text.as_str().len() > MAX_SCHEMA_BYTES {
        return true;
    }
    if text.as_str().len() > MAX_SMALL_SCHEMA_BYTES {
        return false;
    }
    // Parses the text once more. At this size it takes about 20 µs.
    let Ok(value) = serde_json::from_str::<Value>(text.as_str()) else { return true };
    let mut left = E::MAX_SMALL_SCHEMA_VALUES;
    is_simple(&value, &mut left)
}

/// Whether the value consists of at most `left` values, and has no keyword that may be expensive to review.
fn is_simple(value: &Value, left: &mut usize) -> bool {
    const EXPENSIVE: [&str; 5] = ["$ref", "pattern", "patternProperties", "examples", "default"];
    if *left == 0 {
        return false;
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter().all(|item| is_simple(item, left)),
        Value::Object(members) => {
            members.iter().all(|(name, member)| !EXPENSIVE.contains(&name.as_str()) && is_simple(member, left))
        }
        _ => true,
    }
}
