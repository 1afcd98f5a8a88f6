//! Each limit with the largest schema that is accepted and the smallest that is refused.

use serde_json::{Map, Value, json};

use super::{accepted, of_x, refused};
use crate::{
    Schema,
    json::JsonText,
    limits::{
        MAX_JSON_DEPTH, MAX_OPEN_SUBSCHEMAS, MAX_REF_CHAIN, MAX_SCHEMA_BYTES, MAX_SCHEMA_NODES, MAX_SCHEMA_PATH_BYTES,
        MAX_SCHEMA_PATTERNS,
    },
};

#[test]
fn bytes_of_the_text() {
    let of_size = |bytes: usize| {
        let frame = r#"{"type":"object","title":""}"#.len();
        Schema::parse(JsonText::from_stored(format!(r#"{{"type":"object","title":"{}"}}"#, "x".repeat(bytes - frame))))
    };
    assert!(of_size(MAX_SCHEMA_BYTES).is_ok());
    let errors = of_size(MAX_SCHEMA_BYTES + 1).unwrap_err();
    assert_eq!((errors[0].field.as_str(), errors[0].message.as_str()), ("schema", "Larger than 128 KiB"));
}

#[test]
fn depth_of_the_document() {
    let nested =
        |levels: usize| (1..levels).fold(json!({"type": "object"}), |inner, _| json!({"type": "object", "not": inner}));
    accepted(&nested(MAX_JSON_DEPTH));
    let errors = refused(&nested(MAX_JSON_DEPTH + 1));
    assert!(
        errors[0].starts_with("schema.not.not.") && errors[0].ends_with(": Nested deeper than 64 levels"),
        "{errors:?}"
    );
}

#[test]
fn values_in_the_document() {
    // The schema, its `type`, the `enum` and its values.
    let of = |values: usize| json!({"type": "object", "enum": vec![0; values - 3]});
    accepted(&of(MAX_SCHEMA_NODES));
    assert_eq!(refused(&of(MAX_SCHEMA_NODES + 1)), ["schema: More than 5000 JSON values in the schema"]);
}

#[test]
fn paths_of_all_subschemas() {
    let of = |children: usize| {
        let children: Map<String, Value> = (0..children).map(|n| (format!("{n:04}"), json!(true))).collect();
        json!({"type": "object", "properties": {"n".repeat(50_000): {"type": "object", "properties": children}}})
    };
    let most = MAX_SCHEMA_PATH_BYTES / 50_050;
    accepted(&of(most - 1));
    assert_eq!(refused(&of(most)), ["schema: The paths of all subschemas add up to more than 1024 KiB"]);
}

#[test]
fn number_and_size_of_patterns() {
    let of = |patterns: usize, pattern: &str| of_x(&json!({"allOf": vec![json!({"pattern": pattern}); patterns]}));
    accepted(&of(MAX_SCHEMA_PATTERNS, "^a"));
    assert_eq!(refused(&of(MAX_SCHEMA_PATTERNS + 1, "^a")), ["schema: More than 200 patterns in the schema"]);
    // About 50 KiB each.
    accepted(&of(30, r"^\p{L}+$"));
    assert_eq!(refused(&of(60, r"^\p{L}+$")), ["schema: Patterns of the schema compile to more than 2048 KiB"]);
    // After a pattern that is too large alone, the other 199 are not compiled.
    assert_eq!(
        refused(&of(200, r"^\p{L}{60}$")),
        ["schema.properties.x.allOf[0].pattern: Pattern compiles to more than 1024 KiB"]
    );
}

/// `d0` refers to `d1`, `d1` to `d2`, and so on, each through what `link` makes of the reference. The last is `true`.
fn chain(links: usize, link: impl Fn(Value) -> Value) -> Value {
    let mut definitions: Map<String, Value> =
        (0..links).map(|n| (format!("d{n}"), link(json!({"$ref": format!("#/definitions/d{}", n + 1)})))).collect();
    definitions.insert(format!("d{links}"), json!(true));
    json!({"type": "object", "definitions": definitions})
}

#[test]
fn references_that_follow_one_another() {
    for link in [|next| next, |next| json!({"allOf": [next]}), |next| json!({"if": {"not": next}})] {
        accepted(&chain(MAX_REF_CHAIN, link));
        let errors = refused(&chain(MAX_REF_CHAIN + 1, link));
        assert_eq!(errors, ["schema.definitions.d0: More than 16 '$ref's follow one another"]);
    }
    // A step into the data starts a new chain.
    accepted(&chain(100, |next| json!({"properties": {"x": next}})));
}

#[test]
fn subschemas_that_are_open_at_once() {
    // The root; then each level of data opens the reference, the `allOf`s around the node, and the node.
    let of = |wraps: usize| {
        let node = (0..wraps)
            .fold(json!({"properties": {"x": {"$ref": "#/definitions/n"}}}), |inner, _| json!({"allOf": [inner]}));
        json!({"type": "object", "definitions": {"n": node}, "properties": {"x": {"$ref": "#/definitions/n"}}})
    };
    let most = (MAX_OPEN_SUBSCHEMAS - 1) / MAX_JSON_DEPTH - 2;
    accepted(&of(most));
    let errors = refused(&of(most + 1));
    assert_eq!(errors, ["schema: Data of 64 levels would open more than 512 subschemas at once"]);
}
