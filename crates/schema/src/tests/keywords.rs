//! The meta-schema of draft-07: which arguments each keyword accepts, and the errors for others.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{accepted, of_x, parse, refused};
use crate::{Schema, json::JsonText, limits::MAX_ERRORS};

#[test]
fn the_reference_apis_schema_is_accepted_and_keeps_its_text() {
    let text = r#"{ "$schema":"http://json-schema.org/draft-07/schema#", "type" : "object","required":["revenue"],
        "properties":{"revenue":{"type":"number","minimum":1.0}}}"#;
    let checked = Schema::parse(JsonText::from_stored(text.into())).unwrap();
    assert_eq!(checked.schema.text().as_str(), text);
    assert_eq!(checked.warnings, [""; 0]);
}

#[test]
fn the_roots_type_is_object() {
    assert_eq!(refused(&json!({"properties": {}})), ["schema: Required field 'type' is missing"]);
    assert_eq!(refused(&json!({"type": "array"})), ["schema.type: Expected 'object', received 'array'"]);
    assert_eq!(refused(&json!({"type": "objct"})), ["schema.type: Expected 'object', received 'objct'"]);
    assert_eq!(refused(&json!({"type": ["objct", 1]})), ["schema.type: Expected 'object', received array"]);
    assert_eq!(
        refused(&json!({"type": ["object"]})),
        ["schema.type: Expected 'object', received array; write \"type\": \"object\""]
    );
    assert_eq!(refused(&json!([])), ["schema: Expected object, received array"]);
    assert_eq!(refused(&json!(true)), ["schema: Expected object, received boolean"]);
    assert_eq!(
        refused(&json!({"oneOf": [{"type": "object"}]})),
        [r#"schema: Required field 'type' is missing: write "type": "object" next to 'oneOf'"#]
    );
}

#[test]
fn arguments_that_the_meta_schema_forbids_are_refused() {
    let types = "Expected one of array, boolean, integer, null, number, object, string, received 'strng'";
    for (schema, expected) in [
        (json!({"type": "strng"}), format!("schema.properties.x.type: {types}")),
        (json!({"type": ["null", "strng"]}), format!("schema.properties.x.type[1]: {types}")),
        (json!({"type": 1}), "schema.properties.x.type: Expected string or array, received number".into()),
        (json!({"type": []}), "schema.properties.x.type: Expected at least 1 item".into()),
        (
            json!({"type": ["null", "null"]}),
            "schema.properties.x.type: Expected unique items, item 1 repeats item 0".into(),
        ),
        (json!({"properties": []}), "schema.properties.x.properties: Expected object, received array".into()),
        (
            json!({"properties": {"a b": 1}}),
            r#"schema.properties.x.properties["a b"]: Expected object or boolean, received number"#.into(),
        ),
        (json!({"required": true}), "schema.properties.x.required: Expected array, received boolean".into()),
        (json!({"required": ["a", 1]}), "schema.properties.x.required[1]: Expected string, received number".into()),
        (
            json!({"required": ["a", "a"]}),
            "schema.properties.x.required: Expected unique items, item 1 repeats item 0".into(),
        ),
        (json!({"minimum": "1"}), "schema.properties.x.minimum: Expected number, received string".into()),
        (
            json!({"exclusiveMinimum": "1"}),
            "schema.properties.x.exclusiveMinimum: Expected number, received string".into(),
        ),
        (json!({"minLength": -1}), "schema.properties.x.minLength: Expected at least 0, received -1".into()),
        (json!({"maxItems": 1.5}), "schema.properties.x.maxItems: Expected integer, received 1.5".into()),
        (json!({"multipleOf": 0}), "schema.properties.x.multipleOf: Expected more than 0, received 0".into()),
        (json!({"enum": "a"}), "schema.properties.x.enum: Expected array, received string".into()),
        (json!({"pattern": "("}), "schema.properties.x.pattern: Unclosed group in pattern".into()),
        (
            json!({"patternProperties": {"(": {}}}),
            r#"schema.properties.x.patternProperties["("]: Unclosed group in pattern"#.into(),
        ),
        (json!({"format": 1}), "schema.properties.x.format: Expected string, received number".into()),
        (json!({"items": 1}), "schema.properties.x.items: Expected object or boolean, received number".into()),
        (json!({"items": []}), "schema.properties.x.items: Expected at least 1 item".into()),
        (json!({"items": [1]}), "schema.properties.x.items[0]: Expected object or boolean, received number".into()),
        (json!({"uniqueItems": 1}), "schema.properties.x.uniqueItems: Expected boolean, received number".into()),
        (
            json!({"dependencies": {"a": 1}}),
            "schema.properties.x.dependencies.a: Expected object or boolean, received number".into(),
        ),
        (
            json!({"dependencies": {"a": [1]}}),
            "schema.properties.x.dependencies.a[0]: Expected string, received number".into(),
        ),
        (json!({"allOf": []}), "schema.properties.x.allOf: Expected at least 1 item".into()),
        (json!({"anyOf": {}}), "schema.properties.x.anyOf: Expected array, received object".into()),
        (json!({"not": []}), "schema.properties.x.not: Expected object or boolean, received array".into()),
        (json!({"if": 1}), "schema.properties.x.if: Expected object or boolean, received number".into()),
        (
            json!({"definitions": {"a": {"type": 1}}}),
            "schema.properties.x.definitions.a.type: Expected string or array, received number".into(),
        ),
        (json!({"title": 1}), "schema.properties.x.title: Expected string, received number".into()),
        (json!({"examples": 1}), "schema.properties.x.examples: Expected array, received number".into()),
        (json!({"readOnly": 1}), "schema.properties.x.readOnly: Expected boolean, received number".into()),
        (
            json!({"$id": "http://a.b/c"}),
            "schema.properties.x.$id: '$id' is allowed at the root only; remove it, and refer to this schema by its path, such as '#/$defs/x'".into(),
        ),
        (json!(1), "schema.properties.x: Expected object or boolean, received number".into()),
    ] {
        assert_eq!(refused(&of_x(&schema)), [expected], "{schema}");
    }
}

#[test]
fn unusual_arguments_that_the_meta_schema_allows_are_accepted() {
    for schema in [
        json!({"minLength": 2.0, "maxLength": 1e30, "maxItems": 18_446_744_073_709_551_615_u64}),
        json!({"enum": []}),
        json!({"enum": [1, 1]}),
        json!({"required": []}),
        json!({"default": {"type": 1}, "const": {"$ref": "nowhere"}, "examples": [{"required": true}]}),
        json!({"unknown": {"type": 1}, "discriminator": 5}),
        json!({"properties": {"type": {"type": "string"}, "$id": {"type": "string"}, "$ref": {"type": "string"}}}),
        json!({"then": true, "else": false, "additionalItems": false}),
        json!(false),
    ] {
        accepted(&of_x(&schema));
    }
}

#[test]
fn all_errors_are_reported_up_to_a_limit() {
    let two = json!({"type": "object", "properties": {"a": {"type": "x"}, "b": {"minimum": "x"}}, "required": 1});
    assert_eq!(refused(&two).len(), 3);
    let many: serde_json::Map<String, Value> = (0..100).map(|n| (n.to_string(), json!(n))).collect();
    assert_eq!(refused(&json!({"type": "object", "properties": many})).len(), MAX_ERRORS);
}

#[test]
fn doubtful_schemas_are_accepted_with_warnings() {
    let schema = json!({
        "type": "object",
        "definitions": {"d": {"description": "a definition without a type is none of these"}},
        "properties": {
            "bare": {"description": "what is it?"},
            "any": true,
            "constant": {"const": 1},
            "shape": {"anyOf": [{"type": "null"}]},
            "reference": {"$ref": "#/definitions/d", "minimum": 3},
            "name": {"type": "string", "format": "idn-hostname"},
            "none": {"enum": []},
            "nested": {"type": "object", "properties": {"x y": {}}},
        },
    });
    let mut warnings = accepted(&schema).warnings;
    warnings.sort();
    assert_eq!(
        warnings,
        [
            "Format 'idn-hostname' at 'schema.properties.name' is not checked",
            "Keywords next to '$ref' at 'schema.properties.reference' are ignored; write the '$ref' into 'allOf'",
            "No value is allowed at 'schema.properties.none': its 'enum' is empty",
            "Property 'schema.properties.bare' has no type",
            r#"Property 'schema.properties.nested.properties["x y"]' has no type"#,
        ]
    );
}

fn json_value() -> impl Strategy<Value = Value> {
    let keyword = prop::sample::select(vec![
        "type",
        "properties",
        "items",
        "$ref",
        "allOf",
        "not",
        "if",
        "then",
        "enum",
        "const",
        "pattern",
        "minimum",
        "required",
        "dependencies",
        "dependentSchemas",
        "dependentRequired",
        "prefixItems",
        "patternProperties",
        "additionalProperties",
        "definitions",
        "$defs",
        "$anchor",
        "$schema",
        "$id",
        "multipleOf",
        "a",
    ]);
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![
            "object",
            "#",
            "#a",
            "a",
            "#/properties/a",
            "#/definitions/a",
            "(",
            "^a{2}$",
            "\u{0}"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(keyword.clone().prop_map(String::from), inner, 0..6)
                .prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn draft() -> impl Strategy<Value = Option<&'static str>> {
    prop::sample::select(vec![
        None,
        Some("http://json-schema.org/draft-07/schema#"),
        Some("https://json-schema.org/draft/2020-12/schema"),
    ])
}

proptest! {
    #[test]
    fn any_json_is_accepted_or_refused_with_errors(schema in json_value(), data in json_value(), draft in draft()) {
        let mut schema = json!({"type": "object", "properties": {"a": schema}});
        schema.as_object_mut().unwrap().extend(draft.map(|uri| ("$schema".to_owned(), json!(uri))));
        match parse(&schema) {
            Err(errors) => prop_assert!(!errors.is_empty() && errors.len() <= MAX_ERRORS),
            Ok(checked) => {
                prop_assert_eq!(checked.schema.text().as_str(), schema.to_string());
                // The normalized schema is accepted too.
                let plan = checked.schema.plan();
                let written = crate::read::read(&plan.to_normalized_schema(), crate::read::Dialect::Draft07);
                prop_assert_eq!(written.errors, []);
                prop_assert!(plan.explain(&data, "data").len() <= MAX_ERRORS);
            }
        }
    }

    #[test]
    fn any_accepted_text_is_kept(text in "\\PC{0,200}") {
        if let Ok(checked) = Schema::parse(JsonText::from_stored(text.clone())) {
            prop_assert_eq!(checked.schema.text().as_str(), text);
        }
    }

    #[test]
    fn an_accepted_pattern_compiles_and_matches(pattern in r"[ab.^$*+?(){}|\[\]\\,0-9dwsSpLuxk<>:=!-]{0,20}", text in "[ab0 é]{0,10}") {
        if let Ok(pattern) = crate::pattern::Pattern::parse(&pattern) {
            prop_assert!(pattern.compiled_bytes().is_ok(), "{}", pattern.translated());
            pattern.is_match(&text);
        }
    }
}
