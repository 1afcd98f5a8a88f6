//! Schemas that refer to themselves and to each other.

use serde_json::{Map, Value, json};

use super::{super::of_x, Expected, HostileCase, case, nested_x};

const DRAFT_2020: &str = "https://json-schema.org/draft/2020-12/schema";

pub(super) fn recursion() -> Vec<HostileCase> {
    let wrapped = |times: usize, schema: Value| (0..times).fold(schema, |inner, _| json!({"allOf": [inner]}));
    let tree = |with: Value| {
        let mut tree = json!({"type": "object", "properties": {"x": {"$ref": "#/definitions/node"}}});
        tree["definitions"] = json!({"node": with});
        tree
    };
    let again = json!({"type": "object", "properties": {"x": {"$ref": "#/definitions/node"}}});
    vec![
        case(
            "a reference to itself",
            json!({"type": "object", "allOf": [{"$ref": "#"}]}),
            "{}",
            Expected::SchemaRefused,
        ),
        case(
            "25 nested allOf around a recursion",
            tree(wrapped(25, again.clone())),
            nested_x(64),
            Expected::SchemaRefused,
        ),
        case("5 nested allOf around a recursion", tree(wrapped(5, again.clone())), nested_x(64), Expected::Valid),
        case(
            "two recursive branches, which double the work at each level",
            tree(json!({"allOf": [again, again]})),
            nested_x(64),
            Expected::AnyAnswer,
        ),
        case(
            "recursion through a name and a pattern that matches it",
            tree(json!({
                "properties": {"x": {"$ref": "#/definitions/node"}},
                "patternProperties": {"^x$": {"$ref": "#/definitions/node"}},
            })),
            nested_x(64),
            Expected::AnyAnswer,
        ),
        case(
            "recursion through items and contains",
            tree(json!({
                "items": {"$ref": "#/definitions/node"}, "contains": {"$ref": "#/definitions/node"},
            })),
            "{}",
            Expected::Valid,
        ),
        case("a plain recursion of the deepest nesting", tree(again), nested_x(64), Expected::Valid),
        case("a cycle of not", tree(json!({"not": {"$ref": "#/definitions/node"}})), "{}", Expected::SchemaRefused),
        case(
            "a cycle through if",
            tree(json!({"if": {"allOf": [{"$ref": "#/definitions/node"}]}})),
            "{}",
            Expected::SchemaRefused,
        ),
        case(
            "a cycle through dependentSchemas",
            tree(json!({"dependentSchemas": {"x": {"$ref": "#/definitions/node"}}})),
            "{}",
            Expected::SchemaRefused,
        ),
        case(
            "a cycle of an anchor, with a keyword next to the reference",
            json!({"$schema": DRAFT_2020, "type": "object", "$anchor": "a", "$ref": "#a"}),
            "{}",
            Expected::SchemaRefused,
        ),
        case(
            "a root that refers to a plain recursion of the deepest nesting",
            json!({"$schema": DRAFT_2020, "$ref": "#n", "$defs": {"n": {
                "$anchor": "n", "type": "object", "properties": {"x": {"$ref": "#n", "minProperties": 0}},
            }}}),
            nested_x(64),
            Expected::Valid,
        ),
    ]
}

pub(super) fn references() -> Vec<HostileCase> {
    let chain = |length: usize| {
        let mut definitions = Map::new();
        for link in 0..length {
            definitions.insert(format!("d{link}"), json!({"$ref": format!("#/definitions/d{}", link + 1)}));
        }
        definitions.insert(format!("d{length}"), json!({"type": "string"}));
        json!({"type": "object", "definitions": definitions, "properties": {"x": {"$ref": "#/definitions/d0"}}})
    };
    let chain_of_2020 = |length: usize| {
        let mut schema = chain(length);
        schema["$schema"] = DRAFT_2020.into();
        let definitions = schema["definitions"].as_object_mut().expect("an object");
        definitions.values_mut().for_each(|link| link["minLength"] = 1.into());
        schema
    };
    // Each level uses the next one several times: for the same value, for two members, or twice for one member.
    let doubled = |levels: usize, level: &dyn Fn(Value) -> Value| {
        let mut definitions = Map::new();
        for link in 0..levels {
            definitions.insert(format!("d{link}"), level(json!({"$ref": format!("#/definitions/d{}", link + 1)})));
        }
        definitions.insert(format!("d{levels}"), json!({"type": "object"}));
        json!({"type": "object", "definitions": definitions, "properties": {"x": {"$ref": "#/definitions/d0"}}})
    };
    let laughs = doubled(15, &|next| json!({"allOf": [next, next, next, next, next, next, next, next, next, next]}));
    let members = doubled(60, &|next| json!({"properties": {"x": next, "y": next}}));
    let same_member = doubled(60, &|next| json!({"allOf": [{"properties": {"x": next}}, {"properties": {"x": next}}]}));
    vec![
        case("a chain of 100 references", chain(100), r#"{"x":"a"}"#, Expected::SchemaRefused),
        case("a chain of 15 references", chain(14), r#"{"x":"a"}"#, Expected::Valid),
        case(
            "a chain of 100 references with keywords next to them",
            chain_of_2020(100),
            r#"{"x":"a"}"#,
            Expected::SchemaRefused,
        ),
        case("a chain of 15 references with keywords next to them", chain_of_2020(14), r#"{"x":"a"}"#, Expected::Valid),
        case("a billion laughs", laughs, r#"{"x":{}}"#, Expected::AnyAnswer),
        case("a schema that unfolds to 2^60 subschemas, data that meets 60", members, nested_x(62), Expected::Valid),
        case(
            "a schema that applies 2^60 subschemas to the innermost value",
            same_member,
            nested_x(62),
            Expected::AnyAnswer,
        ),
        case("a remote reference", of_x(&json!({"$ref": "http://127.0.0.1:9/x"})), "{}", Expected::SchemaRefused),
        case("a file", of_x(&json!({"$ref": "file:///etc/passwd"})), "{}", Expected::SchemaRefused),
    ]
}
