//! Documents as generators of schemas write them: accepted, with data that fits and data that does not, or refused with the
//! sentence that repairs them.

use serde_json::{Value, json};

use super::{accepted, refused};

/// An accepted document, the beginnings of its warnings, and valid and invalid data.
#[track_caller]
fn works(document: &Value, warnings: &[&str], valid: &Value, invalid: &[Value]) {
    let checked = accepted(document);
    assert_eq!(checked.warnings.len(), warnings.len(), "{:?}", checked.warnings);
    for (found, beginning) in checked.warnings.iter().zip(warnings) {
        assert!(found.starts_with(beginning), "{found}");
    }
    let plan = checked.schema.plan();
    assert_eq!(plan.explain(valid, "data"), []);
    for data in invalid {
        assert_ne!(plan.explain(data, "data"), [], "{data}");
    }
    assert_eq!(checked.schema.text().as_str(), document.to_string());
}

#[test]
fn zod_4() {
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "pair": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "string"}], "items": false, "minItems": 2, "maxItems": 2},
            "none": {"type": "array", "prefixItems": [], "items": false, "maxItems": 0},
            "id": {"type": "string", "format": "uuid", "pattern": "^[0-9a-f-]{36}$"},
            "counts": {"type": "object", "propertyNames": {"type": "string"}, "additionalProperties": {"type": "number"}},
            "node": {"$ref": "#/$defs/Node"},
            "root": {"$ref": "#"},
        },
        "required": ["pair"],
        "additionalProperties": false,
        "$defs": {
            "Node": {
                "type": "object",
                "properties": {"name": {"$ref": "#/$defs/__schema0"}, "next": {"$ref": "#/$defs/Node"}},
                "required": ["name"],
                "id": "Node",
            },
            "__schema0": {"type": "string"},
        },
    });
    let valid =
        json!({"pair": [1, "a"], "none": [], "node": {"name": "a", "next": {"name": "b"}}, "root": {"pair": [2, "b"]}});
    let invalid = [
        json!({"pair": [1, 2]}),
        json!({"pair": [1, "a", 2]}),
        json!({"pair": [1, "a"], "none": [1]}),
        json!({"pair": [1, "a"], "node": {"name": "a", "next": {}}}),
    ];
    works(&document, &[], &valid, &invalid);

    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/$defs/Named",
        "$defs": {"Named": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Named"}}, "additionalProperties": false}},
    });
    works(&document, &[], &json!({"next": {}}), &[json!({"next": {"a": 1}})]);

    let union = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "oneOf": [{"type": "object"}]});
    assert_eq!(
        refused(&union),
        [r#"schema: Required field 'type' is missing: write "type": "object" next to 'oneOf'"#]
    );
}

#[test]
fn zod_3() {
    let document = json!({
        "$ref": "#/definitions/Node",
        "definitions": {"Node": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#/definitions/Node"}}},
            "required": ["name"],
            "additionalProperties": false,
        }},
        "$schema": "http://json-schema.org/draft-07/schema#",
    });
    works(
        &document,
        &[],
        &json!({"name": "a", "children": [{"name": "b"}]}),
        &[json!({}), json!({"name": "a", "children": [{}]})],
    );
    let intersection = json!({
        "type": "object",
        "properties": {"i": {"allOf": [{"type": "object"}, {"type": "object"}], "unevaluatedProperties": false}},
        "$schema": "https://json-schema.org/draft/2019-09/schema#",
    });
    assert_eq!(
        refused(&intersection),
        [
            "schema.properties.i.unevaluatedProperties: 'unevaluatedProperties' is not supported; write all 'properties' into one schema, and 'additionalProperties' there; it does not look into 'allOf' or '$ref'"
        ]
    );
    let relative = json!({"type": "object", "properties": {"a": {"$ref": "1"}}});
    assert!(refused(&relative)[0].contains("refer to '#/$defs/…'"));
}

#[test]
fn pydantic() {
    let node = json!({
        "$defs": {"Node": {
            "properties": {
                "name": {"title": "Name", "type": "string"},
                "children": {"default": [], "items": {"$ref": "#/$defs/Node"}, "title": "Children", "type": "array"},
            },
            "required": ["name"], "title": "Node", "type": "object",
        }},
        "$ref": "#/$defs/Node",
    });
    works(&node, &[], &json!({"name": "a", "children": [{"name": "b"}]}), &[json!({"name": "a", "children": [{}]})]);

    let shape = |kind: &str, value: Value| json!({"properties": {"kind": {"const": kind, "type": "string"}, "n": value}, "required": ["kind", "n"], "type": "object"});
    let owner = json!({
        "$defs": {"Cat": shape("cat", json!({"minimum": 1, "type": "integer"})), "Dog": shape("dog", json!({"type": "string"}))},
        "additionalProperties": false,
        "properties": {
            "pet": {
                "discriminator": {"mapping": {"cat": "#/$defs/Cat", "dog": "#/$defs/Dog"}, "propertyName": "kind"},
                "oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}],
            },
            "point": {"maxItems": 2, "minItems": 2, "prefixItems": [{"type": "number"}, {"type": "string"}], "type": "array"},
            "note": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": null},
            "spare": {"$ref": "#/$defs/Cat", "default": {"kind": "cat", "n": 1}, "description": "x", "deprecated": true},
            "json": {"contentMediaType": "application/json", "contentSchema": {}, "type": "string"},
        },
        "required": ["pet", "point"], "title": "Owner", "type": "object",
    });
    let warnings = [
        "'contentMediaType' at 'schema.properties.json' does nothing; ",
        "'contentSchema' at 'schema.properties.json' does nothing; ",
    ];
    let pet = json!({"kind": "cat", "n": 1});
    let valid = json!({"pet": pet, "point": [1, "a"], "note": null, "spare": pet, "json": "{}"});
    let invalid = [
        json!({"pet": {"kind": "cat", "n": "a"}, "point": [1, "a"]}),
        json!({"pet": pet, "point": ["a", 1]}),
        json!({"pet": pet, "point": [1, "a"], "note": 1}),
        json!({"pet": pet, "point": [1, "a"], "spare": {"kind": "dog", "n": "a"}}),
    ];
    works(&owner, &warnings, &valid, &invalid);
}

#[test]
fn msgspec() {
    let document = json!({
        "$ref": "#/$defs/M",
        "$defs": {
            "M": {
                "title": "M", "type": "object", "required": ["u"],
                "properties": {
                    "u": {"anyOf": [{"$ref": "#/$defs/A"}, {"type": "null"}]},
                    "n": {"x-order": 1, "type": "integer", "exclusiveMinimum": 0},
                    "b": {"type": "string", "contentEncoding": "base64"},
                    "next": {"anyOf": [{"$ref": "#/$defs/M"}, {"type": "null"}], "default": null},
                },
            },
            "A": {"title": "A", "type": "array", "prefixItems": [{"enum": ["a"]}, {"type": "integer"}], "minItems": 1, "items": false},
        },
    });
    let warnings = ["'contentEncoding' at 'schema.$defs.M.properties.b' does nothing; "];
    let invalid = [json!({}), json!({"u": ["a", "b"]}), json!({"u": ["a", 1, 2]}), json!({"u": null, "next": {}})];
    works(&document, &warnings, &json!({"u": ["a", 1], "next": {"u": null}}), &invalid);
}

#[test]
fn typebox() {
    let tree = json!({
        "$id": "T0", "type": "object", "required": ["nodes"],
        "properties": {"nodes": {"type": "array", "items": {"$ref": "T0"}}},
    });
    works(&tree, &[], &json!({"nodes": [{"nodes": []}]}), &[json!({"nodes": [{}]})]);
    let tuple = json!({
        "type": "object",
        "properties": {"t": {"type": "array", "items": [{"type": "number"}], "additionalItems": false, "minItems": 1, "maxItems": 1}},
    });
    works(&tuple, &[], &json!({"t": [1]}), &[json!({"t": ["a"]}), json!({"t": [1, 2]})]);
    // Both keywords say the same, so it is reported once.
    assert_eq!(accepted(&tuple).schema.plan().explain(&json!({"t": [1, 2]}), "data").len(), 1);
    let nested = json!({"type": "object", "properties": {"tree": tree}});
    let errors = refused(&nested);
    assert!(errors[0].contains("remove it, and refer to this schema by its path"), "{errors:?}");
}

#[test]
fn go_and_quicktype() {
    let document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://github.com/a/b/user",
        "$ref": "#/$defs/User",
        "$defs": {"User": {
            "properties": {"id": {"type": "integer"}, "friends": {"items": {"$ref": "#/$defs/User"}, "type": "array"}, "meta": true},
            "additionalProperties": false, "type": "object", "required": ["id"],
        }},
    });
    works(
        &document,
        &[],
        &json!({"id": 1, "friends": [{"id": 2}], "meta": null}),
        &[json!({"id": 1, "friends": [{}]})],
    );
    let document = json!({
        "$schema": "http://json-schema.org/draft-06/schema#",
        "$ref": "#/definitions/Welcome",
        "definitions": {"Welcome": {
            "type": "object", "additionalProperties": false, "required": ["url"], "title": "Welcome",
            "properties": {"url": {"type": "string", "format": "uri", "qt-uri-protocols": ["https"]}},
        }},
    });
    let warnings = ["'qt-uri-protocols' at 'schema.definitions.Welcome.properties.url' is not a keyword"];
    works(&document, &warnings, &json!({"url": "https://a.b/"}), &[json!({}), json!({"url": "a"})]);
}

#[test]
fn c_sharp_and_openapi() {
    let mut document = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "title": "Person", "type": "object", "additionalProperties": false, "required": ["gender"],
        "properties": {
            "gender": {"oneOf": [{"$ref": "#/definitions/Gender"}]},
            "age": {"type": "integer", "minimum": 0, "exclusiveMinimum": true},
            "name": {"type": "string", "nullable": true, "example": "Ann"},
        },
        "definitions": {"Gender": {"type": "string", "x-enumNames": ["Male"], "enum": ["m"]}},
    });
    assert!(refused(&document)[0].starts_with("schema.$schema: Expected JSON Schema draft-07, 2019-09 or 2020-12"));
    document["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    let warnings = [
        "'exclusiveMinimum' at 'schema.properties.age' does nothing as a boolean; write \"exclusiveMinimum\": 0 ",
        "'example' at 'schema.properties.name' does nothing; ",
        "'nullable' at 'schema.properties.name' does nothing; to allow null, write \"type\": [\"string\", \"null\"]",
    ];
    works(
        &document,
        &warnings,
        &json!({"gender": "m", "age": 0}),
        &[json!({"gender": "f"}), json!({"gender": "m", "name": null})],
    );
}
