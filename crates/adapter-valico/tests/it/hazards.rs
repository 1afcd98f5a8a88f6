//! Weaknesses of the crate that the adapter works around.

use std::time::{Duration, Instant};

use port_contract::schema_checker as contract;
use ports::SchemaChecker as _;
use schema::{
    Plan, Schema,
    field::{FieldError, FieldPath},
    json::{JsonDocument, JsonText},
};
use serde_json::{Value, json};

/// Much longer than an answer takes, and much shorter than without the workaround.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

fn parsed(schema: &Value) -> Result<Schema, Vec<FieldError>> {
    let root = json!({"type": "object", "properties": {"x": schema}});
    Schema::parse(JsonText::from_stored(root.to_string())).map(|checked| checked.schema)
}

fn refusal(schema: &Value) -> FieldError {
    parsed(schema).expect_err("the guard refuses it").swap_remove(0)
}

/// The checker's answer, within the timeout.
async fn answer(schema: &Value, x: &Value) -> Vec<FieldError> {
    let data = JsonText::from_stored(json!({"x": x}).to_string());
    let data = JsonDocument::parse(data, &FieldPath::root("data")).expect("JSON");
    let start = Instant::now();
    let schema = parsed(schema).expect("the guard accepts it");
    let errors = crate::checker().check_data(&schema, &data, "data", &contract::caller()).await.expect("an answer");
    assert!(start.elapsed() < ANSWER_TIMEOUT, "{:?}", start.elapsed());
    errors
}

/// The crate's own keyword compares each item with every other: 800 million comparisons.
#[tokio::test]
async fn unique_items_takes_no_quadratic_time() {
    let items: Vec<Value> = (0..40_000).map(|n| json!(n)).collect();
    assert_eq!(answer(&json!({"uniqueItems": true}), &json!(items)).await, []);
    let mut repeated = items;
    repeated[39_999] = json!(0.0);
    let found = answer(&json!({"uniqueItems": true}), &json!(repeated)).await;
    assert_eq!(found, [FieldError::new("data.x", "Expected unique items, item 39999 repeats item 0")]);
}

/// The crate's engine backtracks: each further `a` doubles the time, and there are 30,000 before the mismatch.
#[tokio::test]
async fn patterns_are_matched_without_backtracking() {
    let text = format!("{}b", "a".repeat(30_000));
    for pattern in ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(.*)*c$"] {
        let found = answer(&json!({"pattern": pattern}), &json!(text)).await;
        assert_eq!(found, [FieldError::new("data.x", format!("Does not match pattern '{pattern}'"))]);
    }
    let named = json!({"patternProperties": {"^(a+)+$": false}});
    assert_eq!(answer(&named, &json!({text: 1})).await, []);
}

/// The crate accepts patterns that only a backtracking engine can match.
#[test]
fn patterns_that_need_backtracking_are_refused() {
    for (pattern, message) in [
        ("(?=a)", "Lookaround is not supported"),
        ("(?!a)", "Lookaround is not supported"),
        ("(?<=a)b", "Lookaround is not supported"),
        ("(?<!a)b", "Lookaround is not supported"),
        (r"(a)\1", "Back references are not supported"),
        (r"(?<x>a)\k<x>", "Back references are not supported"),
    ] {
        let error = refusal(&json!({"pattern": pattern}));
        assert_eq!(error.field, "schema.properties.x.pattern");
        assert!(error.message.starts_with(message), "{pattern}: {}", error.message);
        let error = refusal(&json!({"patternProperties": {pattern: {}}}));
        assert!(error.message.starts_with(message), "{pattern}: {}", error.message);
    }
}

/// The crate treats a reference that it cannot resolve as valid.
#[tokio::test]
async fn an_unresolvable_reference_is_refused() {
    for target in ["#/definitions/none", "#/properties/x/items", "#/%zz"] {
        let error = refusal(&json!({"$ref": target}));
        assert_eq!(error, FieldError::new("schema.properties.x.$ref", format!("Reference '{target}' leads nowhere")));
    }
    // Names that the crate escapes in URLs and cannot find again.
    for name in ["`", "a b", "é", "%25", "a/b"] {
        let pointer = name.replace('%', "%25").replace('/', "~1");
        let schema = json!({"definitions": {name: {"type": "null"}}, "items": {"$ref": format!("#/properties/x/definitions/{pointer}")}});
        assert_eq!(answer(&schema, &json!([null])).await, [], "{name}");
        assert_ne!(answer(&schema, &json!([1])).await, [], "{name}");
    }
}

/// The crate follows a reference to itself until the stack overflows.
#[test]
fn a_reference_to_itself_is_refused() {
    let error = refusal(&json!({"allOf": [{"$ref": "#/properties/x"}]}));
    assert_eq!(error.message, "Leads back to itself without going into the data");
}

/// A check with the crate cannot be stopped: 1,000 alternatives for each of 130,000 items.
#[tokio::test]
async fn a_check_that_takes_too_long_is_ended() {
    let schema = json!({"items": {"anyOf": vec![json!({"maximum": 0}); 1_000]}});
    assert_eq!(answer(&schema, &json!(vec![1; 130_000])).await, Plan::too_expensive_errors("data"));
}
