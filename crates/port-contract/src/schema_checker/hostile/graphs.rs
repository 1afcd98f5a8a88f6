//! Schemas that refer to themselves and to each other.

use serde_json::{Map, Value, json};

use super::{super::of_x, Hostile, Outcome, case, nested_x};

pub(super) fn recursion() -> Vec<Hostile> {
    let wrapped = |times: usize, schema: Value| (0..times).fold(schema, |inner, _| json!({"allOf": [inner]}));
    let tree = |with: Value| {
        let mut tree = json!({"type": "object", "properties": {"x": {"$ref": "#/definitions/node"}}});
        tree["definitions"] = json!({"node": with});
        tree
    };
    let again = json!({"type": "object", "properties": {"x": {"$ref": "#/definitions/node"}}});
    vec![
        case(
            "a reference to itself aborts valico",
            json!({"type": "object", "allOf": [{"$ref": "#"}]}),
            "{}",
            Outcome::SchemaRefused,
        ),
        case(
            "40 nested allOf around a recursion overflow the stack",
            tree(wrapped(25, again.clone())),
            nested_x(64),
            Outcome::SchemaRefused,
        ),
        case("5 nested allOf around a recursion do not", tree(wrapped(5, again.clone())), nested_x(64), Outcome::Fits),
        case(
            "two recursive arms double the work at each level",
            tree(json!({"allOf": [again, again]})),
            nested_x(64),
            Outcome::Answered,
        ),
        case(
            "so do a name and a pattern that matches it",
            tree(json!({
                "properties": {"x": {"$ref": "#/definitions/node"}},
                "patternProperties": {"^x$": {"$ref": "#/definitions/node"}},
            })),
            nested_x(64),
            Outcome::Answered,
        ),
        case(
            "and items with contains",
            tree(json!({
                "items": {"$ref": "#/definitions/node"}, "contains": {"$ref": "#/definitions/node"},
            })),
            "{}",
            Outcome::Fits,
        ),
        case("an honest tree of the deepest nesting", tree(again), nested_x(64), Outcome::Fits),
        case("a cycle of not", tree(json!({"not": {"$ref": "#/definitions/node"}})), "{}", Outcome::SchemaRefused),
        case(
            "a cycle through if",
            tree(json!({"if": {"allOf": [{"$ref": "#/definitions/node"}]}})),
            "{}",
            Outcome::SchemaRefused,
        ),
    ]
}

pub(super) fn references() -> Vec<Hostile> {
    let chain = |length: usize| {
        let mut definitions = Map::new();
        for link in 0..length {
            definitions.insert(format!("d{link}"), json!({"$ref": format!("#/definitions/d{}", link + 1)}));
        }
        definitions.insert(format!("d{length}"), json!({"type": "string"}));
        json!({"type": "object", "definitions": definitions, "properties": {"x": {"$ref": "#/definitions/d0"}}})
    };
    // Each level uses the next twice, for the same value, or for two members of it, or for the same member.
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
        case("a chain of 100 references", chain(100), r#"{"x":"a"}"#, Outcome::SchemaRefused),
        case("a chain of 15 references", chain(14), r#"{"x":"a"}"#, Outcome::Fits),
        case("a billion laughs", laughs, r#"{"x":{}}"#, Outcome::Answered),
        case("a schema that unfolds to 2^60 subschemas, data that meets 60", members, nested_x(62), Outcome::Fits),
        case(
            "a schema that applies 2^60 subschemas to the innermost value",
            same_member,
            nested_x(62),
            Outcome::Answered,
        ),
        case("a remote reference", of_x(&json!({"$ref": "http://127.0.0.1:9/x"})), "{}", Outcome::SchemaRefused),
        case("a file", of_x(&json!({"$ref": "file:///etc/passwd"})), "{}", Outcome::SchemaRefused),
    ]
}
