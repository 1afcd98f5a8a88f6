//! Drafts: which ones are accepted, what keywords of later drafts mean, and which members do nothing.

use serde_json::{Value, json};

use super::{accepted, of_x, refused};
use crate::{Schema, json::JsonText};

const DRAFT_07: &str = "http://json-schema.org/draft-07/schema#";
const DRAFT_2019: &str = "https://json-schema.org/draft/2019-09/schema";
const DRAFT_2020: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema with this `$schema` at its root.
fn of_draft(uri: &str, mut schema: Value) -> Value {
    schema["$schema"] = json!(uri);
    schema
}

/// The number of errors in `{"x": …}`.
fn errors(schema: &Schema, x: &Value) -> usize {
    schema.plan().explain(&json!({"x": x}), "data").len()
}

#[track_caller]
fn fits(schema: &Value, valid: &[Value], invalid: &[Value]) {
    let schema = accepted(schema).schema;
    valid.iter().for_each(|x| assert_eq!(errors(&schema, x), 0, "{x}"));
    invalid.iter().for_each(|x| assert_ne!(errors(&schema, x), 0, "{x}"));
}

#[test]
fn drafts_from_06_to_2020_are_accepted() {
    for uri in [
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2019-09/schema#",
        "https://json-schema.org/draft/2020-12/schema",
        "http://json-schema.org/draft/2020-12/schema#",
    ] {
        accepted(&json!({"$schema": uri, "type": "object"}));
    }
    for uri in ["http://json-schema.org/draft-04/schema#", "https://spec.openapis.org/oas/3.1/dialect/base", ""] {
        let expected = format!(
            "schema.$schema: Expected JSON Schema draft-07, 2019-09 or 2020-12 (\"{DRAFT_2020}\"), received '{uri}'"
        );
        assert_eq!(refused(&json!({"$schema": uri, "type": "object"})), [expected]);
    }
    assert_eq!(refused(&json!({"$schema": 7, "type": "object"})), ["schema.$schema: Expected string, received number"]);
    assert_eq!(
        refused(&of_x(&json!({"$schema": DRAFT_07}))),
        ["schema.properties.x.$schema: '$schema' is allowed at the root only"]
    );
}

#[test]
fn prefix_items_are_the_first_items() {
    let pair = of_x(&json!({"prefixItems": [{"type": "number"}, {"type": "string"}], "items": false}));
    let open = of_x(&json!({"prefixItems": [{"type": "number"}]}));
    let rest = of_x(&json!({"prefixItems": [{"type": "number"}], "items": {"type": "null"}}));
    fits(&of_x(&json!({"prefixItems": [], "items": false})), &[json!([])], &[json!([1])]);
    for uri in [None, Some(DRAFT_2019), Some(DRAFT_2020)] {
        let of = |schema: &Value| uri.map_or(schema.clone(), |uri| of_draft(uri, schema.clone()));
        fits(&of(&pair), &[json!([]), json!([1]), json!([1, "a"])], &[json!(["a"]), json!([1, "a", 2])]);
        fits(&of(&open), &[json!([1, "a"])], &[json!(["a"])]);
        fits(&of(&rest), &[json!([1, null])], &[json!([1, 2])]);
    }
}

#[test]
fn a_list_of_items_has_the_name_of_its_draft() {
    let list = of_x(&json!({"items": [{"type": "number"}], "additionalItems": false}));
    fits(&list, &[json!([1])], &[json!([1, 2])]);
    fits(&of_draft(DRAFT_2019, list.clone()), &[json!([1])], &[json!([1, 2])]);
    assert_eq!(
        refused(&of_draft(DRAFT_2020, list)),
        [
            "schema.properties.x.items: Expected object or boolean, received array; in 2020-12 the list is called 'prefixItems'"
        ]
    );
    assert_eq!(
        refused(&of_x(&json!({"prefixItems": [true], "items": [true]}))),
        ["schema.properties.x.items: Expected the schema of the items after those of 'prefixItems', received array"]
    );
    assert_eq!(
        refused(&of_x(&json!({"prefixItems": [1]}))),
        ["schema.properties.x.prefixItems[0]: Expected object or boolean, received number"]
    );
    let both = of_x(&json!({"prefixItems": [true], "additionalItems": false}));
    fits(&both, &[json!([1, 2])], &[]);
    assert_eq!(
        accepted(&both).warnings,
        [
            "'additionalItems' at 'schema.properties.x' does nothing next to 'prefixItems'; write the schema of the other items as 'items' next to 'prefixItems'",
            "Property 'schema.properties.x' has no type",
        ]
    );
}

#[test]
fn dependent_keywords_are_dependencies() {
    let schema = of_x(&json!({
        "dependentRequired": {"a": ["b"]},
        "dependentSchemas": {"a": {"maxProperties": 3}, "c": false},
        "dependencies": {"a": ["d"]},
    }));
    for schema in [schema.clone(), of_draft(DRAFT_2019, schema.clone()), of_draft(DRAFT_2020, schema)] {
        fits(
            &schema,
            &[json!({}), json!({"b": 1}), json!({"a": 1, "b": 1, "d": 1})],
            &[
                json!({"a": 1, "b": 1}),
                json!({"a": 1, "d": 1}),
                json!({"a": 1, "b": 1, "d": 1, "e": 1}),
                json!({"c": 1}),
            ],
        );
    }
    assert_eq!(
        refused(&of_x(&json!({"dependentRequired": {"a": "b"}, "dependentSchemas": {"a": ["b"]}}))),
        [
            "schema.properties.x.dependentRequired.a: Expected array, received string",
            "schema.properties.x.dependentSchemas.a: Expected object or boolean, received array",
        ]
    );
}

#[test]
fn definitions_are_schemas_under_both_names() {
    let with = |definition: Value| json!({"type": "object", "$defs": {"d": definition}});
    accepted(&with(json!({"type": "string"})));
    assert!(refused(&with(json!({"type": "strng"})))[0].starts_with("schema.$defs.d.type: "));
    assert_eq!(refused(&json!({"type": "object", "$defs": []})), ["schema.$defs: Expected object, received array"]);
}

#[test]
fn anchors_name_schemas_of_the_document() {
    let schema = json!({
        "type": "object",
        "$defs": {"tree": {"$anchor": "tree", "type": "object", "properties": {"x": {"$ref": "#tree"}}}},
        "properties": {"x": {"$ref": "#tree"}},
    });
    for schema in [schema.clone(), of_draft(DRAFT_2019, schema.clone()), of_draft(DRAFT_2020, schema.clone())] {
        fits(&schema, &[json!({"x": {"x": {}}})], &[json!({"x": {"x": 1}}), json!(1)]);
    }
    assert!(refused(&of_draft(DRAFT_07, schema))[0].contains("is neither a JSON pointer"));
    assert_eq!(
        refused(&json!({"type": "object", "$anchor": "a", "properties": {"x": {"$anchor": "a"}}})),
        ["schema.properties.x.$anchor: Another schema has the '$anchor' 'a' too"]
    );
    assert!(refused(&of_x(&json!({"$anchor": "#a"})))[0].starts_with("schema.properties.x.$anchor: Expected a letter"));
    // An `enum` holds values.
    assert!(
        refused(&of_x(&json!({"enum": [{"$anchor": "a"}], "not": {"$ref": "#a"}})))[0].contains("nor the '$anchor'")
    );
}

#[test]
fn keywords_next_to_a_reference_count_in_later_drafts() {
    let schema = json!({
        "type": "object",
        "$defs": {"n": {"type": "number"}},
        "properties": {"x": {"$ref": "#/$defs/n", "minimum": 3, "description": "an annotation"}},
    });
    for uri in [DRAFT_2019, DRAFT_2020] {
        let schema = of_draft(uri, schema.clone());
        fits(&schema, &[json!(3)], &[json!(2), json!("a")]);
        assert_eq!(accepted(&schema).warnings, [""; 0]);
    }
    for schema in [schema.clone(), of_draft(DRAFT_07, schema)] {
        fits(&schema, &[json!(2)], &[json!("a")]);
        let warning = "Keywords next to '$ref' at 'schema.properties.x' are ignored; write the '$ref' into 'allOf'";
        assert_eq!(accepted(&schema).warnings, [warning]);
    }
    // At the root, and next to an `allOf`.
    let root = json!({
        "$schema": DRAFT_2020,
        "$ref": "#/$defs/base",
        "allOf": [{"required": ["x"]}],
        "$defs": {"base": {"type": "object", "properties": {"x": {"type": "string"}}}},
    });
    fits(&root, &[json!("a")], &[json!(1)]);
    assert_eq!(accepted(&root).schema.plan().explain(&json!({}), "data").len(), 1);
    // A reference that leads nowhere is reported at its own path, a cycle at the schema's.
    let nowhere = of_draft(DRAFT_2020, of_x(&json!({"$ref": "#/$defs/n", "minimum": 3})));
    assert_eq!(refused(&nowhere), ["schema.properties.x.$ref: Reference '#/$defs/n' leads nowhere"]);
    let cycle = of_draft(DRAFT_2020, of_x(&json!({"$ref": "#/properties/x", "minimum": 3})));
    assert_eq!(refused(&cycle), ["schema.properties.x: Leads back to itself without going into the data"]);
}

#[test]
fn keywords_that_draft_07_cannot_say_are_refused_with_a_remedy() {
    for (keyword, remedy) in [
        ("unevaluatedProperties", "'additionalProperties'"),
        ("unevaluatedItems", "'items' next to 'prefixItems'"),
        ("minContains", "'contains' asks for at least one"),
        ("maxContains", "'contains' asks for at least one"),
        ("$dynamicRef", "'$ref'"),
        ("$recursiveRef", "'$ref'"),
        ("$dynamicAnchor", "'$anchor'"),
        ("$recursiveAnchor", "as '#'"),
        ("$vocabulary", "remove it"),
    ] {
        let schema = of_x(&json!({keyword: 2, "type": "null"}));
        for schema in [schema.clone(), of_draft(DRAFT_2019, schema.clone()), of_draft(DRAFT_2020, schema.clone())] {
            let [error] = &refused(&schema)[..] else { panic!("{keyword}") };
            assert!(
                error.starts_with(&format!("schema.properties.x.{keyword}: '{keyword}' is not supported; ")),
                "{error}"
            );
            assert!(error.contains(remedy), "{error}");
        }
        // Draft-07 ignores what it does not know.
        let [warning] = &accepted(&of_draft(DRAFT_07, schema)).warnings[..] else { panic!("{keyword}") };
        assert!(
            warning.starts_with(&format!("'{keyword}' at 'schema.properties.x' does nothing in draft-07; ")),
            "{warning}"
        );
    }
}

#[test]
fn draft_07_knows_no_later_keywords() {
    let schema = of_draft(
        DRAFT_07,
        of_x(
            &json!({"type": "array", "prefixItems": 1, "dependentRequired": 1, "dependentSchemas": 1, "$anchor": 1, "$defs": 1}),
        ),
    );
    fits(&schema, &[json!([1, 2])], &[json!(1)]);
    assert_eq!(
        accepted(&schema).warnings,
        [
            "'$anchor' at 'schema.properties.x' does nothing in draft-07; refer to the schema by its path, such as '#/definitions/x', or name 2020-12 in '$schema'",
            "'dependentRequired' at 'schema.properties.x' does nothing in draft-07; write it as 'dependencies', or name 2020-12 in '$schema'",
            "'dependentSchemas' at 'schema.properties.x' does nothing in draft-07; write it as 'dependencies', or name 2020-12 in '$schema'",
            "'prefixItems' at 'schema.properties.x' does nothing in draft-07; write the list as 'items', or name 2020-12 in '$schema'",
        ]
    );
}

#[test]
fn members_that_do_nothing_are_warnings_with_an_equivalent() {
    for (schema, warning) in [
        (
            json!({"type": "string", "nullable": true}),
            r#"'nullable' at 'schema.properties.x' does nothing; to allow null, write "type": ["string", "null"]"#,
        ),
        (
            json!({"$ref": "#", "nullable": true}),
            r#"'nullable' at 'schema.properties.x' does nothing; to allow null, write "anyOf": [{…}, {"type": "null"}]"#,
        ),
        (
            json!({"type": "number", "minimum": 2.5, "exclusiveMinimum": true}),
            r#"'exclusiveMinimum' at 'schema.properties.x' does nothing as a boolean; write "exclusiveMinimum": 2.5 instead of 'minimum'"#,
        ),
        (
            json!({"type": "number", "exclusiveMaximum": true}),
            "'exclusiveMaximum' at 'schema.properties.x' does nothing as a boolean; remove it",
        ),
        (
            json!({"type": "number", "minimum": 0, "exclusiveMinimum": false}),
            "'exclusiveMinimum' at 'schema.properties.x' does nothing as a boolean; remove it",
        ),
        (
            json!({"type": "string", "enum": ["a"], "nullable": true}),
            r#"'nullable' at 'schema.properties.x' does nothing; to allow null, write "type": ["string", "null"], and null in 'enum'"#,
        ),
        (
            json!({"type": ["string", "null"], "enum": ["a"], "nullable": true}),
            "'nullable' at 'schema.properties.x' does nothing; to allow null, write null in 'enum'",
        ),
        (
            json!({"type": "string", "const": "a", "nullable": true}),
            r#"'nullable' at 'schema.properties.x' does nothing; to allow null, write "anyOf": [{…}, {"type": "null"}]"#,
        ),
        (
            json!({"oneOf": [{"type": "null"}], "discriminator": {"propertyName": "kind"}}),
            "'discriminator' at 'schema.properties.x' does nothing; a property with another 'const' in each alternative tells them apart",
        ),
        (
            json!({"type": "string", "contentEncoding": "base64"}),
            "'contentEncoding' at 'schema.properties.x' does nothing; the text is not decoded; write a 'pattern' for it, or describe it in 'description'",
        ),
        (
            json!({"type": "string", "example": "a"}),
            "'example' at 'schema.properties.x' does nothing; write a list of them as 'examples'",
        ),
        (
            json!({"type": "string", "minLenght": 3}),
            "'minLenght' at 'schema.properties.x' is not a keyword of JSON Schema, so it does nothing",
        ),
    ] {
        assert_eq!(accepted(&of_x(&schema)).warnings, [warning]);
    }
    let root = "'nullable' at 'schema' does nothing; data is always an object; remove it";
    assert_eq!(accepted(&json!({"type": "object", "nullable": true})).warnings, [root]);
}

#[test]
fn members_with_a_purpose_are_silent() {
    for schema in [
        json!({"type": "string", "x-order": 1, "deprecated": true, "$comment": "c", "id": "a"}),
        // The pattern is checked instead of the format.
        json!({"type": "string", "format": "uuid", "pattern": "^[0-9a-f-]{36}$"}),
        json!({"type": "string", "contentEncoding": "base64", "pattern": "^[0-9a-zA-Z+/=]*$"}),
        json!({"type": "string", "nullable": false}),
        json!({"type": ["string", "null"], "nullable": true}),
        json!({"enum": ["a", null], "nullable": true}),
        json!({"type": "array", "contains": {"type": "null"}, "minContains": 1, "unevaluatedItems": true}),
        json!({"type": "object", "unevaluatedProperties": true}),
        json!({
            "oneOf": [{"properties": {"kind": {"const": "a"}}}, {"properties": {"kind": {"enum": ["b"]}}}],
            "discriminator": {"propertyName": "kind"},
        }),
    ] {
        assert_eq!(accepted(&of_x(&schema)).warnings, [""; 0], "{schema}");
    }
    let components = json!({
        "type": "object",
        "components": {"schemas": {"A": {"type": "string"}}},
        "properties": {"x": {"$ref": "#/components/schemas/A"}},
    });
    assert_eq!(accepted(&components).warnings, [""; 0]);
}

#[test]
fn a_schema_of_an_earlier_build_keeps_its_meaning() {
    let text = of_x(&json!({
        "type": ["array", "object"],
        "prefixItems": [{"type": "number"}],
        "items": {"type": "string"},
        "dependentRequired": {"a": ["b"]},
    }))
    .to_string();
    let saved_now = Schema::parse(JsonText::from_stored(text.clone())).unwrap().schema;
    assert_eq!((errors(&saved_now, &json!([1, "a"])), errors(&saved_now, &json!({"a": 1}))), (0, 1));
    // Earlier builds ignored both keywords. Their digest was that of the text alone.
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&text).into();
    let saved_then = Schema::from_stored(text.clone(), digest);
    assert_eq!((errors(&saved_then, &json!([1, "a"])), errors(&saved_then, &json!({"a": 1}))), (1, 0));
    assert_ne!(saved_now, saved_then);
    let stored = Schema::from_stored(text, saved_now.digest().0);
    assert_eq!(errors(&stored, &json!([1, "a"])), 0);
    // Other schemas have the digest that they always had.
    let text = r#"{"type":"object"}"#;
    let digest: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(text).into();
    assert_eq!(Schema::from_accepted(JsonText::from_stored(text.into())).digest().0, digest);
}
