//! `$ref`: a JSON pointer to a schema within the document.

use serde_json::json;

use super::{accepted, of_x, refused};

#[test]
fn pointers_follow_rfc_6901() {
    let with = |reference: &str| {
        json!({
            "type": "object",
            "definitions": {"a/b": {"m~n": {}}, "": {}, " é%": {}, "list": {"items": [{}, true]}},
            "properties": {"x": {"$ref": reference}},
        })
    };
    for reference in [
        "#/definitions/a~1b",
        "#/definitions/a~1b/m~0n",
        "#/definitions/",
        "#/definitions/%20%C3%A9%25",
        "#/definitions/list/items/1",
    ] {
        accepted(&with(reference));
    }
    for (reference, message) in [
        ("#/definitions/none", "Reference '#/definitions/none' leads nowhere"),
        ("#/definitions/a/b", "Reference '#/definitions/a/b' leads nowhere"),
        ("#/definitions/list/items/01", "Reference '#/definitions/list/items/01' leads nowhere"),
        ("#/definitions/list/items/-", "Reference '#/definitions/list/items/-' leads nowhere"),
        ("#/definitions/a~2b", "Reference '#/definitions/a~2b' leads nowhere"),
        ("#/definitions/%zz", "Reference '#/definitions/%zz' leads nowhere"),
        ("#/type", "Reference '#/type' leads to something that is no schema"),
        (
            "#name",
            "Reference '#name' is neither a JSON pointer such as '#/definitions/x' nor the '$anchor' of a schema",
        ),
        (
            "other.json",
            "Reference 'other.json' leads out of the schema; only '#…' is allowed: copy what it names into '$defs', and refer to '#/$defs/…'",
        ),
        (
            "http://json-schema.org/draft-07/schema#",
            "Reference 'http://json-schema.org/draft-07/schema#' leads out of the schema; only '#…' is allowed: copy what it names into '$defs', and refer to '#/$defs/…'",
        ),
        (
            "file:///etc/passwd",
            "Reference 'file:///etc/passwd' leads out of the schema; only '#…' is allowed: copy what it names into '$defs', and refer to '#/$defs/…'",
        ),
        (
            "",
            "Reference '' leads out of the schema; only '#…' is allowed: copy what it names into '$defs', and refer to '#/$defs/…'",
        ),
    ] {
        assert_eq!(refused(&with(reference)), [format!("schema.properties.x.$ref: {message}")]);
    }
    assert_eq!(refused(&of_x(&json!({"$ref": 1}))), ["schema.properties.x.$ref: Expected string, received number"]);
}

#[test]
fn a_target_outside_of_keywords_is_checked_like_any_schema() {
    let with = |target: serde_json::Value| json!({"type": "object", "$defs": {"t": target}, "properties": {"x": {"$ref": "#/$defs/t"}}});
    accepted(&with(json!({"type": "string"})));
    assert_eq!(refused(&with(json!({"type": "x"}))).len(), 1);
    assert!(refused(&with(json!({"type": "x"})))[0].starts_with("schema.$defs.t.type: "));
    assert!(refused(&with(json!({"not": {"$ref": "#/$defs/t"}})))[0].contains("Leads back to itself"));
    // A value of `enum` is read as a schema only when a reference leads to it.
    accepted(&of_x(&json!({"enum": [{"type": "x"}]})));
    let referred = json!({"type": "object", "properties": {"x": {"enum": [{"type": "x"}]}, "y": {"$ref": "#/properties/x/enum/0"}}});
    assert!(refused(&referred)[0].starts_with("schema.properties.x.enum[0].type: "));
}

#[test]
fn a_cycle_that_does_not_go_into_the_data_is_refused() {
    let with = |node: serde_json::Value| json!({"type": "object", "definitions": {"n": node}});
    let again = json!({"$ref": "#/definitions/n"});
    for node in [
        again.clone(),
        json!({"allOf": [again]}),
        json!({"anyOf": [true, again]}),
        json!({"oneOf": [again]}),
        json!({"not": again}),
        json!({"if": again}),
        json!({"if": true, "then": again}),
        json!({"if": true, "else": {"allOf": [{"not": again}]}}),
        json!({"dependencies": {"a": again}}),
    ] {
        assert_eq!(
            refused(&with(node.clone())),
            ["schema.definitions.n: Leads back to itself without going into the data"],
            "{node}"
        );
    }
    for node in [
        json!({"properties": {"a": again}}),
        json!({"items": again}),
        json!({"additionalProperties": again}),
        json!({"not": {"contains": again}}),
        json!({"propertyNames": again}),
    ] {
        accepted(&with(node));
    }
}

#[test]
fn recursion_into_the_data_is_accepted_in_any_form() {
    let with = |node: serde_json::Value| json!({"type": "object", "definitions": {"n": node}, "properties": {"x": {"$ref": "#/definitions/n"}}});
    let again = json!({"$ref": "#/definitions/n"});
    for node in [
        json!({"allOf": [{"properties": {"a": again}}, {"properties": {"a": again}}]}),
        json!({"properties": {"a": {"allOf": [again, again]}}}),
        json!({"properties": {"a": again}, "patternProperties": {"b": again}}),
        json!({"allOf": [{"properties": {"a": again}}, {"additionalProperties": again}]}),
        json!({"items": again, "contains": again}),
        json!({"allOf": [{"items": [again]}, {"items": again}]}),
        json!({"patternProperties": {"a": again, "b": again}}),
        json!({"anyOf": [{"properties": {"a": again}}, {"properties": {"a": {"anyOf": [{"type": "null"}, again]}}}]}),
        json!({"properties": {"a": again, "b": again}, "additionalProperties": again, "items": again}),
        json!({"items": [again, again], "additionalItems": again}),
        json!({"allOf": [{"properties": {"a": again}}, {"properties": {"b": again}}]}),
        json!({"patternProperties": {"a": again}, "additionalProperties": again}),
        json!({"allOf": [{"properties": {"a": again}}, {"properties": {"a": {"type": "object"}}}]}),
        json!({"anyOf": [{"type": "string"}, {"items": again}, {"additionalProperties": again}]}),
    ] {
        accepted(&with(node));
    }
}

#[test]
fn the_document_may_be_named_by_its_id() {
    let with =
        |id: &str, reference: &str| json!({"type": "object", "$id": id, "properties": {"x": {"$ref": reference}}});
    for (id, reference) in [
        ("Node", "Node"),
        ("Node", "Node#"),
        ("https://a.b/c#", "https://a.b/c"),
        ("https://a.b/c", "https://a.b/c#/properties/y"),
    ] {
        let mut schema = with(id, reference);
        schema["properties"]["y"] = json!({"type": "string"});
        accepted(&schema);
    }
    for (id, reference) in [("Node", "Nodes"), ("", ""), ("https://a.b/c", "c")] {
        assert!(refused(&with(id, reference))[0].contains("leads out of the schema"), "{id}");
    }
}

#[test]
fn a_reference_at_the_root_leads_to_an_object() {
    let with = |node: serde_json::Value| json!({"$ref": "#/definitions/n", "definitions": {"n": node, "o": {"type": "object"}}});
    for node in [
        json!({"type": "object"}),
        json!({"$ref": "#/definitions/o"}),
        json!({"allOf": [{"$ref": "#/definitions/o"}]}),
        json!({"type": "object", "properties": {"again": {"$ref": "#/definitions/n"}, "root": {"$ref": "#"}}}),
    ] {
        assert_eq!(accepted(&with(node.clone())).warnings, [""; 0], "{node}");
    }
    for node in
        [json!({}), json!(true), json!({"type": ["object", "null"]}), json!({"oneOf": [{"$ref": "#/definitions/o"}]})]
    {
        assert_eq!(
            refused(&with(node.clone())),
            [r#"schema.$ref: Reference '#/definitions/n' leads to a schema without "type": "object"; write it there"#],
            "{node}"
        );
    }
    // The type may be repeated at the root. Next to a reference draft-07 ignores it.
    accepted(&json!({"type": "object", "$ref": "#/definitions/n", "definitions": {"n": {"type": "object"}}}));
    let untyped = json!({"type": "object", "$ref": "#/definitions/n", "definitions": {"n": {}}});
    assert!(refused(&untyped)[0].starts_with("schema.$ref: "));
    assert_eq!(refused(&json!({"$ref": "#"})), ["schema: Leads back to itself without going into the data"]);
    assert_eq!(refused(&json!({"$ref": "#/none"})), ["schema.$ref: Reference '#/none' leads nowhere"]);
}
