//! What an explanation is when data is large or hostile. The words are tested by the contract of the checkers.

use serde_json::{Value, json};

use super::{accepted, of_x};
use crate::{
    field::{FieldError, FieldPath},
    json::{JsonDocument, JsonText},
    limits::ERRORS,
    schema::{Meter, Prices},
};

fn explained(schema: &Value, data: &Value) -> Vec<FieldError> {
    accepted(schema).schema.plan().explain_refusal(data, "data")
}

#[test]
fn a_search_that_is_given_up_still_ends_in_an_error() {
    let nothing_fits = vec![json!({"minimum": 2}); 1_000];
    let schema = of_x(&json!({"items": {"not": {"not": {"anyOf": nothing_fits}}}}));
    let found = explained(&schema, &json!({"x": vec![1; 100_000]}));
    assert!(!found.is_empty() && found.len() <= ERRORS);
    let found = explained(
        &of_x(&json!({"allOf": vec![json!({"items": {"minimum": 0}}); 20]})),
        &json!({"x": vec![1; 100_000]}),
    );
    assert_eq!(found, [FieldError::new("data", "Does not match the schema")]);
}

#[test]
fn errors_of_discarded_shapes_are_not_kept() {
    let schema = of_x(&json!({"items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}));
    assert_eq!(accepted(&schema).schema.plan().explain(&json!({"x": [1, 2, "a"]}), "data"), []);
    let found = explained(&schema, &json!({"x": [1, null, "a"]}));
    assert_eq!(found, [FieldError::new("data.x[1]", "Expected integer or string, received null")]);
}

const ONE_A_SUBSCHEMA: Prices = Prices {
    subschema: 1,
    keyword: 0,
    member: 0,
    dependency: 0,
    comparison: 0,
    bytes_16: 0,
    format_16: 0,
    pattern_step: 0,
    division: 0,
};

fn allows(schema: &Value, data: &Value, prices: Prices, budget: u64) -> bool {
    let plan = accepted(schema).schema.plan();
    let data = JsonDocument::parse(JsonText::from_stored(data.to_string()), &FieldPath::root("data")).unwrap();
    Meter::new(&plan, prices, budget).allows(&plan, &data)
}

#[test]
fn a_meter_counts_what_a_checker_would_visit() {
    // The root, `x`, and for each item the schema of items with its two branches.
    let schema = of_x(&json!({"items": {"anyOf": [{"type": "string"}, {"type": "null"}]}}));
    let data = json!({"x": [1, 2, 3, 4]});
    let visited = 2 + 4 * 3;
    assert!(allows(&schema, &data, ONE_A_SUBSCHEMA, visited));
    assert!(!allows(&schema, &data, ONE_A_SUBSCHEMA, visited - 1));
    // A recursive schema has no ceiling, and is counted all the same.
    let tree = json!({"type": "object", "additionalProperties": {"$ref": "#"}});
    let data = json!({"a": {"b": {}, "c": {}}});
    assert!(allows(&tree, &data, ONE_A_SUBSCHEMA, 7)); // four objects, three references to the root
    assert!(!allows(&tree, &data, ONE_A_SUBSCHEMA, 6));
}

#[test]
fn a_ceiling_is_never_below_the_count() {
    let prices = Prices {
        subschema: 3,
        keyword: 2,
        member: 5,
        dependency: 7,
        comparison: 4,
        bytes_16: 1,
        format_16: 9,
        pattern_step: 2,
        division: 6,
    };
    for schema in [
        json!({"enum": ["a", [1, 2, {"b": "c"}], 3]}),
        json!({"uniqueItems": true, "items": {"uniqueItems": true, "maxLength": 3}}),
        json!({"pattern": "^(a|b)+c{2,9}$", "format": "uri", "minLength": 1}),
        json!({"properties": {"a": {"multipleOf": 0.1}}, "patternProperties": {"^a": true}, "additionalProperties": {"enum": [1]}}),
        json!({"propertyNames": {"pattern": "a"}, "required": ["a", "b", "c"], "dependencies": {"a": ["b"], "b": {"minProperties": 1}}}),
        json!({"oneOf": [{"if": {"const": {"a": 1}}, "then": {"not": {}}}, {"contains": {"type": "null"}}]}),
    ] {
        let schema = of_x(&schema);
        let plan = accepted(&schema).schema.plan();
        for x in [
            json!("aabcc"),
            json!([1, 1.0, "a", ["a", "a"]]),
            json!({"a": 0.3, "ab": 1, "zz": null}),
            json!(7),
            json!(""),
        ] {
            let data =
                JsonDocument::parse(JsonText::from_stored(json!({"x": x}).to_string()), &FieldPath::root("data"))
                    .unwrap();
            // The smallest budget that the ceiling lets through must be enough for the walk.
            let ceiling = Meter::new(&plan, prices, 0).ceiling(&data).expect("no recursion");
            assert!(Meter::new(&plan, prices, ceiling).counts_within_budget(&plan, &data), "{schema} with {x}");
        }
    }
}
