use domain::limits::MAX_ERRORS;
use ports::SchemaChecker;
use schema::field::FieldError;
use serde_json::{Value, json};

use super::{errors, of_x};

/// The example of the reference API: schema, data and error message.
pub async fn the_reference_apis_example(checker: &dyn SchemaChecker) {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {
            "revenue": {"type": "number", "description": "Total revenue"},
            "deals": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"id": {"type": "string"}, "value": {"type": "number"}, "status": {"type": "string"}},
                },
            },
        },
        "required": ["revenue", "deals"],
    });
    let deals = json!([{"id": "deal_1", "value": 25000, "status": "closed-won"}]);
    assert_eq!(errors(checker, &schema, &json!({"revenue": 125_000, "deals": deals})).await, []);

    let refused = errors(checker, &schema, &json!({"revenue": "abc", "deals": deals})).await;
    let expected = json!([{"field": "data.revenue", "message": "Expected number, received string"}]);
    assert_eq!(serde_json::to_value(refused).expect("JSON"), expected);

    let refused = errors(checker, &schema, &json!({"deals": [{}, {"value": "1"}]})).await;
    let expected = [
        FieldError::new("data", "Required field 'revenue' is missing"),
        FieldError::new("data.deals[1].value", "Expected number, received string"),
    ];
    assert_eq!(sorted(refused), expected);
}

/// The message of each keyword, at the path of the invalid value or of the object that lacks a property.
pub async fn error_messages_are_exact(checker: &dyn SchemaChecker) {
    let long = "x".repeat(1_000);
    let cut = format!("{}…", "x".repeat(60));
    for (schema, value, expected) in [
        (json!({"type": ["string", "null"]}), json!(1), vec![("data.x", "Expected null or string, received number")]),
        (json!({"type": "integer"}), json!(1.5), vec![("data.x", "Expected integer, received number")]),
        (json!({"type": "object", "minimum": 3}), json!([1]), vec![("data.x", "Expected object, received array")]),
        (json!({"enum": ["a", "b"]}), json!("c"), vec![("data.x", r#"Expected one of "a", "b""#)]),
        (json!({"const": "a"}), json!("c"), vec![("data.x", r#"Expected "a""#)]),
        (json!({"const": {"a": 1}}), json!({"a": 2}), vec![("data.x", r#"Expected {"a":1}"#)]),
        (json!({"enum": [{"a": 1}, [null]]}), json!([]), vec![("data.x", r#"Expected one of {"a":1}, [null]"#)]),
        (json!({"enum": []}), json!(1), vec![("data.x", "No value is allowed here")]),
        (json!({"minimum": 0}), json!(-1), vec![("data.x", "Expected at least 0, received -1")]),
        (json!({"maximum": 1.5}), json!(2), vec![("data.x", "Expected at most 1.5, received 2")]),
        (json!({"exclusiveMinimum": 0}), json!(0), vec![("data.x", "Expected more than 0, received 0")]),
        (json!({"exclusiveMaximum": 0}), json!(0), vec![("data.x", "Expected less than 0, received 0")]),
        (json!({"multipleOf": 0.5}), json!(0.3), vec![("data.x", "Expected a multiple of 0.5, received 0.3")]),
        // A number beyond 64 bits was rounded to a double, so the message does not repeat it.
        (
            json!({"maximum": 10, "multipleOf": 3}),
            serde_json::from_str("12345678901234567890125").expect("JSON"),
            vec![("data.x", "Expected at most 10"), ("data.x", "Expected a multiple of 3")],
        ),
        (json!({"minLength": 1}), json!(""), vec![("data.x", "Expected at least 1 character")]),
        (json!({"maxLength": 5}), json!("abcdef"), vec![("data.x", "Expected at most 5 characters")]),
        (json!({"pattern": "^a+$"}), json!("b"), vec![("data.x", "Does not match pattern '^a+$'")]),
        (json!({"format": "email"}), json!("b"), vec![("data.x", "Does not match format 'email'")]),
        (
            json!({"format": "date-time"}),
            json!("2025-10-20T10:00:00"),
            vec![(
                "data.x",
                "Does not match format 'date-time': the time zone is missing: 'Z' for UTC, or an offset such as '+02:00'",
            )],
        ),
        (json!({"minItems": 2}), json!([1]), vec![("data.x", "Expected at least 2 items")]),
        (json!({"maxItems": 1}), json!([1, 2]), vec![("data.x", "Expected at most 1 item")]),
        (
            json!({"uniqueItems": true}),
            json!([1, 2, 1]),
            vec![("data.x", "Expected unique items, item 2 repeats item 0")],
        ),
        (
            json!({"items": [true], "additionalItems": false}),
            json!([1, 2]),
            vec![("data.x", "Expected at most 1 item")],
        ),
        (json!({"items": {"minimum": 1}}), json!([1, 0]), vec![("data.x[1]", "Expected at least 1, received 0")]),
        (
            json!({"contains": {"const": 1}}),
            json!([2]),
            vec![("data.x", "No item has the shape that 'contains' asks for")],
        ),
        (json!({"minProperties": 1}), json!({}), vec![("data.x", "Expected at least 1 field")]),
        (
            json!({"required": ["a", "b"]}),
            json!({}),
            vec![("data.x", "Required field 'a' is missing"), ("data.x", "Required field 'b' is missing")],
        ),
        (
            json!({"properties": {"a": true}, "additionalProperties": false}),
            json!({"b": 1, "c": 2}),
            vec![("data.x", "Unexpected field 'b'"), ("data.x", "Unexpected field 'c'")],
        ),
        (
            json!({"propertyNames": {"maxLength": 1}}),
            json!({"ab": 1}),
            vec![("data.x", "Field name 'ab' is not allowed: Expected at most 1 character")],
        ),
        (json!({"dependencies": {"a": ["b"]}}), json!({"a": 1}), vec![("data.x", "Required field 'b' is missing")]),
        (json!({"not": {"type": "null"}}), json!(null), vec![("data.x", "Matches a shape that is not allowed")]),
        (json!(false), json!(1), vec![("data.x", "No value is allowed here")]),
        (json!({"if": true, "then": {"type": "null"}}), json!(1), vec![("data.x", "Expected null, received number")]),
        // Shapes: distinguished by type, value or tag, or not at all.
        (
            json!({"anyOf": [{"type": "string"}, {"type": "number"}]}),
            json!(null),
            vec![("data.x", "Expected number or string, received null")],
        ),
        (json!({"oneOf": [{"const": "a"}, {"const": 2}]}), json!(null), vec![("data.x", r#"Expected one of "a", 2"#)]),
        (
            json!({"anyOf": [{"type": "string"}, {"type": "object", "required": ["a"]}]}),
            json!({}),
            vec![("data.x", "Required field 'a' is missing")],
        ),
        (
            json!({"oneOf": [
                {"properties": {"kind": {"const": "bar"}, "y": {"type": "number"}}},
                {"properties": {"kind": {"const": "pie"}, "y": {"type": "string"}}},
            ]}),
            json!({"kind": "pie", "y": null}),
            vec![("data.x.y", "Expected string, received null")],
        ),
        (
            json!({"oneOf": [
                {"type": "null"},
                {"type": "object", "properties": {"kind": {"const": "circle"}, "r": {"type": "number"}}, "required": ["kind", "r"]},
                {"type": "object", "properties": {"kind": {"enum": ["rect", "circle"]}}, "required": ["kind", "w"]},
            ]}),
            json!({"kind": "cirle", "r": "1"}),
            vec![("data.x.kind", r#"Expected one of "circle", "rect""#)],
        ),
        (
            json!({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}),
            json!({}),
            vec![("data.x", "Does not match any allowed shape; of the nearest, data.x: Required field 'a' is missing")],
        ),
        (
            json!({"oneOf": [true, {}]}),
            json!(1),
            vec![("data.x", "Matches 2 of the allowed shapes, expected exactly one")],
        ),
        // Long names and values are cut.
        (
            json!({"additionalProperties": false}),
            json!({long.clone(): 1}),
            vec![("data.x", &format!("Unexpected field '{cut}'"))],
        ),
        (json!({"const": long}), json!(1), vec![("data.x", &format!("Expected \"{cut}\""))]),
    ] {
        let expected = expected.iter().map(|(field, message)| FieldError::new(field, *message)).collect();
        let found = errors(checker, &of_x(&schema), &json!({"x": value})).await;
        assert_eq!(sorted(found), sorted(expected), "{schema} with {value}");
    }
}

/// At most 50 errors, with paths of limited length.
pub async fn errors_are_bounded(checker: &dyn SchemaChecker) {
    let schema = of_x(&json!({"items": {"type": "string", "anyOf": [{"minLength": 1}]}}));
    let found = errors(checker, &schema, &json!({"x": vec![0; 1_000]})).await;
    assert_eq!(found.len(), MAX_ERRORS);
    assert_eq!(found[49], FieldError::new("data.x[49]", "Expected string, received number"));

    let name = "n".repeat(20_000);
    let schema = of_x(&json!({"additionalProperties": {"items": {"type": "string"}}}));
    let found = errors(checker, &schema, &json!({"x": {name: vec![0; 1_000]}})).await;
    assert_eq!(found.len(), MAX_ERRORS);
    assert!(found.iter().all(|error| error.field.len() < 2_000));
}

/// A large value that violates a keyword is refused with that keyword's message, unless the check takes too long.
pub async fn large_values_are_refused_at_their_path(checker: &dyn SchemaChecker) {
    let numbers: Vec<Value> = (0..50_000).map(Value::from).collect();
    for (schema, value, expected) in [
        (json!({"pattern": "^[^@]+@[^@]+$"}), json!("a".repeat(260_000)), "Does not match pattern '^[^@]+@[^@]+$'"),
        (json!({"format": "email"}), json!("a".repeat(260_000)), "Does not match format 'email'"),
        (json!({"maxLength": 5}), json!("a".repeat(260_000)), "Expected at most 5 characters"),
        (
            json!({"contains": {"type": "string"}}),
            json!(vec![0; 100_000]),
            "No item has the shape that 'contains' asks for",
        ),
        (
            json!({"contains": {"anyOf": [{"const": "a"}, {"minimum": 1}]}}),
            json!(vec![0; 40_000]),
            "No item has the shape that 'contains' asks for",
        ),
        (json!({"not": {"items": {"type": "integer"}}}), json!(numbers), "Matches a shape that is not allowed"),
        (json!({"uniqueItems": true}), json!(vec![0; 100_000]), "Expected unique items, item 1 repeats item 0"),
    ] {
        let found = errors(checker, &of_x(&schema), &json!({"x": value})).await;
        if found == schema::Plan::too_expensive_errors("data") {
            continue; // the checker is too slow for this value
        }
        assert_eq!(found, [FieldError::new("data.x", expected)], "{schema}");
    }
}

fn sorted(mut errors: Vec<FieldError>) -> Vec<FieldError> {
    errors.sort_by(|a, b| (&a.field, &a.message).cmp(&(&b.field, &b.message)));
    errors
}
