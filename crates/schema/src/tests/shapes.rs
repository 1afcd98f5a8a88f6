//! Explanations and budgets with large or hostile data. The sentences are tested by the contract of the checkers.

use serde_json::{Value, json};

use super::{accepted, of_x};
use crate::{StepBudget, field::FieldError};

fn explained(schema: &Value, data: &Value) -> Vec<FieldError> {
    accepted(schema).schema.plan().explain_refusal(data, "data")
}

#[test]
fn each_shape_is_visited_once_at_any_nesting() {
    // Two visits a level would be a million visits of the innermost shape.
    let leaf = json!({"anyOf": [{"type": "string"}, {"type": "null"}]});
    let wrapped = (0..20).fold(leaf, |inner, _| json!({"anyOf": [inner, {"type": "string"}]}));
    let found = explained(&of_x(&wrapped), &json!({"x": 1}));
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn long_names_are_cut_in_errors() {
    let name = "\"".repeat(130_000);
    let schema = of_x(&json!({"additionalProperties": {"type": "string"}}));
    let found = explained(&schema, &json!({"x": {name: 1}}));
    let [error] = found.as_slice() else { panic!("{found:?}") };
    assert!(error.field.starts_with(r#"data.x["\"\""#) && error.field.len() < 1_000, "{}", error.field);
    assert_eq!(error.message, "Expected string, received number");
}

#[test]
fn errors_of_discarded_shapes_are_not_reported() {
    let schema = of_x(&json!({"items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}));
    assert_eq!(accepted(&schema).schema.plan().explain(&json!({"x": [1, 2, "a"]}), "data"), []);
    let found = explained(&schema, &json!({"x": [1, null, "a"]}));
    assert_eq!(found, [FieldError::new("data.x[1]", "Expected integer or string, received null")]);
}

fn covers(steps: u64, schema: &Value, data: &Value) -> bool {
    StepBudget::new(steps).covers(&accepted(schema).schema.plan(), data)
}

#[test]
fn a_budget_counts_each_application_and_keyword() {
    // A step for each application of a subschema and each keyword: the root with two and `x`; for each item the schema of
    // items with one, and its two branches with one each. And the member `x` with its name.
    let schema = of_x(&json!({"items": {"anyOf": [{"type": "string"}, {"type": "null"}]}}));
    let data = json!({"x": [1, 2, 3, 4]});
    let steps = 3 + 2 + 2 + 4 * (2 + 2 + 2);
    assert!(covers(steps, &schema, &data) && !covers(steps - 1, &schema, &data));
    // Recursion is counted, and counting ends with the budget.
    let tree = json!({"type": "object", "allOf": [{"properties": {"a": {"$ref": "#"}}}, {"properties": {"a": {"$ref": "#"}}}]});
    let deep = (0..60).fold(json!({}), |inner, _| json!({"a": inner}));
    assert!(covers(1_000, &tree, &json!({"a": {"a": {}}})) && !covers(1_000_000, &tree, &deep));
}

#[test]
fn checks_that_are_hard_to_estimate_exceed_every_budget() {
    for (schema, x) in [
        (json!({"uniqueItems": true}), json!([[1], [2]])),
        (json!({"pattern": "^(a|b)+$"}), json!("a".repeat(2_000))),
        (json!({"additionalProperties": true}), json!({"n".repeat(2_000): 1})),
        (json!({"propertyNames": {"maxLength": 9}}), json!({"n".repeat(2_000): 1})),
    ] {
        assert!(!covers(u64::MAX, &of_x(&schema), &json!({"x": x})), "{schema}");
    }
    assert!(covers(u64::MAX, &of_x(&json!({"uniqueItems": true})), &json!({"x": [1, "a", null]})));
}

#[test]
fn several_checks_share_a_budget() {
    let schema = of_x(&json!({"type": "integer"}));
    let plan = accepted(&schema).schema.plan();
    let mut budget = StepBudget::new(20);
    let covered = (0..10).filter(|n| budget.covers(&plan, &json!({"x": n}))).count();
    assert_eq!(covered, 2, "9 steps each");
}
