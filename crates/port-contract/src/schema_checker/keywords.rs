use ports::SchemaChecker;
use serde_json::{Value, json};

use super::{accepted, caller, document, document_of, errors, keyword_cases::CASES, of_x};

/// Each keyword accepts and refuses the values of its case.
pub async fn keywords_are_checked(checker: &dyn SchemaChecker) {
    for case in CASES {
        let schema = case.schema();
        for (values, is_valid) in [(case.valid, true), (case.invalid, false)] {
            let values: Vec<Value> = serde_json::from_str(values).expect("JSON");
            for value in values {
                let found = errors(checker, &schema, &json!({"x": value})).await;
                assert_eq!(found.is_empty(), is_valid, "{}: {value} gave {found:?}", case.name);
            }
        }
    }
}

/// `$ref` is resolved by its JSON pointer, recursively too.
pub async fn references_are_followed(checker: &dyn SchemaChecker) {
    let tree = json!({
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#"}}},
    });
    let fits = json!({"name": "a", "children": [{"name": "b", "children": [{"name": "c"}]}]});
    assert_eq!(errors(checker, &tree, &fits).await, []);
    let fails = json!({"name": "a", "children": [{"name": "b", "children": [{"name": 1}, {}]}]});
    assert_eq!(errors(checker, &tree, &fails).await.len(), 2);

    let odd = json!({
        "type": "object",
        "definitions": {
            "a/b": {"x~y": {"type": "integer"}},
            "p%q é": {"$ref": "#/definitions/chained"},
            "chained": {"type": "null"},
            "never": false,
        },
        "lists": [{"minimum": 3}],
        "properties": {
            "slash": {"$ref": "#/definitions/a~1b/x~0y"},
            "percent": {"$ref": "#/definitions/p%25q%20%C3%A9", "type": "string", "title": "siblings of $ref mean nothing"},
            "list": {"$ref": "#/lists/0"},
            "sibling": {"$ref": "#/properties/list"},
            "boolean": {"$ref": "#/definitions/never"},
        },
    });
    let fits = json!({"slash": 1, "percent": null, "list": 3, "sibling": 4});
    assert_eq!(errors(checker, &odd, &fits).await, []);
    for fails in [
        json!({"slash": "a"}),
        json!({"percent": "a"}),
        json!({"list": 2}),
        json!({"sibling": 2}),
        json!({"boolean": 1}),
    ] {
        assert_eq!(errors(checker, &odd, &fails).await.len(), 1, "{fails}");
    }
}

/// A `$ref` at the root is followed, and so are `$anchor`s. Keywords next to `$ref` count in later drafts.
pub async fn references_of_later_drafts_are_followed(checker: &dyn SchemaChecker) {
    let named = json!({
        "$ref": "#/definitions/Card",
        "definitions": {"Card": {
            "type": "object",
            "properties": {"n": {"type": "integer"}, "next": {"$ref": "#/definitions/Card"}, "root": {"$ref": "#"}},
        }},
    });
    let recursive = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://example.com/card",
        "$ref": "#Card",
        "minProperties": 1,
        "$defs": {"Card": {
            "$anchor": "Card",
            "type": "object",
            "properties": {
                "n": {"type": "number", "$ref": "#/$defs/whole"},
                "next": {"$ref": "#Card"},
                "root": {"$ref": "https://example.com/card"},
            },
        }, "whole": {"multipleOf": 1}},
    });
    for schema in [named, recursive] {
        let fits = json!({"n": 1, "next": {"n": 2, "next": {}}, "root": {"n": 3}});
        assert_eq!(errors(checker, &schema, &fits).await, []);
        for fails in [json!({"n": 0.5}), json!({"next": {"n": "a"}}), json!({"next": {"next": 1}}), json!({"root": []})]
        {
            assert_eq!(errors(checker, &schema, &fails).await.len(), 1, "{fails}");
        }
    }
}

/// A property is checked whatever characters its name has.
pub async fn properties_of_any_name_are_checked(checker: &dyn SchemaChecker) {
    for name in [
        "`",
        "a/b",
        "~",
        "~1",
        "%25",
        "%",
        "",
        "é",
        "日本",
        "$ref",
        "$id",
        "type",
        "properties",
        "items",
        "0",
        "#",
        "a b",
        "\"",
        "<>",
        "..",
        "\u{0}",
        "\n",
        "'",
        "{}",
        "^",
        "|",
        "definitions",
        "enum",
        "const",
        "default",
        "required",
    ] {
        let schema = json!({
            "type": "object",
            "properties": {name: {"type": "object", "properties": {name: {"type": "integer"}}}},
            "dependencies": {name: {"minProperties": 1}},
        });
        assert_eq!(errors(checker, &schema, &json!({name: {name: 1}})).await, [], "{name:?}");
        let found = errors(checker, &schema, &json!({name: {name: "a"}})).await;
        assert_eq!(found.len(), 1, "{name:?}: {found:?}");
    }
}

/// A whole number of any size is an integer. Numbers of up to 64 bits are compared exactly.
pub async fn large_numbers_are_checked(checker: &dyn SchemaChecker) {
    let schema = accepted(&of_x(&json!({"type": "integer", "minimum": 0})));
    for number in ["9007199254740993", "18446744073709551615", "12345678901234567890123", "1e300", "5.0", "0"] {
        let data = document_of(format!(r#"{{"x":{number}}}"#));
        assert_eq!(checker.check_data(&schema, &data, "data", &caller()).await, Ok(Vec::new()), "{number}");
    }
    for number in ["-12345678901234567890123", "0.5", "-1"] {
        let data = document_of(format!(r#"{{"x":{number}}}"#));
        assert_eq!(
            checker.check_data(&schema, &data, "data", &caller()).await.map(|errors| errors.len()),
            Ok(1),
            "{number}"
        );
    }
    let exact = of_x(&json!({"const": 9_007_199_254_740_993_u64}));
    let data = document(&json!({"x": 9_007_199_254_740_993_u64}));
    assert_eq!(checker.check_data(&accepted(&exact), &data, "data", &caller()).await, Ok(Vec::new()));
}
