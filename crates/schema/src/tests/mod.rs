mod dialects;
mod generators;
mod keywords;
mod limits;
mod references;
mod shapes;
mod wrappers;

use serde_json::{Value, json};

use crate::{CheckedSchema, Schema, field::FieldError, json::JsonText};

fn parse(schema: &Value) -> Result<CheckedSchema, Vec<FieldError>> {
    Schema::parse(JsonText::from_stored(schema.to_string()))
}

/// The schema of an object whose property `x` has this schema. The root of every schema must be an object.
fn of_x(schema: &Value) -> Value {
    json!({"type": "object", "properties": {"x": schema}})
}

#[track_caller]
fn accepted(schema: &Value) -> CheckedSchema {
    parse(schema).unwrap_or_else(|errors| panic!("refused: {errors:?}"))
}

/// The errors of a schema as `field: message`.
#[track_caller]
fn refused(schema: &Value) -> Vec<String> {
    let errors = parse(schema).expect_err("the schema should be refused");
    errors.into_iter().map(|error| format!("{}: {}", error.field, error.message)).collect()
}
