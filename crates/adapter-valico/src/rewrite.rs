//! Rewrites a schema into a form that the crate handles correctly.
//!
//! The crate finds subschemas by URLs made of keywords and property names. It loses subschemas whose names the URL escapes: a
//! property called "`" would never be checked. It also looks for schemas inside `const` and `enum`. So names and values are
//! moved into strings, which it does not search, and subschemas into arrays.

use serde_json::{Map, Value, json};

/// Replaces `properties`, `patternProperties` and `additionalProperties`: an array of all their subschemas.
pub(crate) const FIELDS: &str = "fields";
/// The names of the first subschemas in [`FIELDS`], as JSON in a string.
pub(crate) const FIELD_NAMES: &str = "fieldNames";
/// The patterns of those that follow. A last one is that of `additionalProperties`.
pub(crate) const FIELD_PATTERNS: &str = "fieldPatterns";
/// Replaces `enum`: an array of values as JSON in a string.
pub(crate) const CHOICES: &str = "choices";
/// Replaces `const`: an array of one value as JSON in a string.
pub(crate) const CONSTANT: &str = "constant";

/// The rewritten schema. `schema` must come from [`Plan::to_normalized_schema`](schema::Plan::to_normalized_schema).
pub(crate) fn rewritten(schema: Value) -> Value {
    match schema {
        Value::Object(members) => Value::Object(rewritten_members(members)),
        Value::Bool(false) => json!({"not": {}}),
        _ => json!({}),
    }
}

fn rewritten_members(mut members: Map<String, Value>) -> Map<String, Value> {
    let fields = Fields {
        named: remove_map(&mut members, "properties"),
        patterns: remove_map(&mut members, "patternProperties"),
        additional: members.remove("additionalProperties"),
    };
    let dependencies = remove_map(&mut members, "dependencies");
    let mut rewritten: Map<String, Value> =
        members.into_iter().map(|(keyword, value)| rewritten_keyword(keyword, value)).collect();
    fields.write(&mut rewritten);
    if !dependencies.is_empty() {
        let all = rewritten.entry("allOf").or_insert_with(|| json!([]));
        if let Value::Array(all) = all {
            all.extend(dependencies.into_iter().map(rewritten_dependency));
        }
    }
    rewritten
}

fn rewritten_keyword(keyword: String, value: Value) -> (String, Value) {
    match (keyword.as_str(), value) {
        ("enum", choices) => (CHOICES.into(), choices.to_string().into()),
        ("const", choice) => (CONSTANT.into(), json!([choice]).to_string().into()),
        ("definitions", Value::Object(definitions)) => {
            let definitions = definitions.into_iter().map(|(name, schema)| (name, rewritten(schema)));
            (keyword, Value::Object(definitions.collect()))
        }
        ("items" | "allOf" | "anyOf" | "oneOf", Value::Array(schemas)) => {
            (keyword, schemas.into_iter().map(rewritten).collect())
        }
        ("items" | "additionalItems" | "contains" | "propertyNames" | "not" | "if" | "then" | "else", schema) => {
            (keyword, rewritten(schema))
        }
        (_, value) => (keyword, value),
    }
}

struct Fields {
    named: Map<String, Value>,
    patterns: Map<String, Value>,
    additional: Option<Value>,
}

impl Fields {
    fn write(self, members: &mut Map<String, Value>) {
        if self.named.is_empty() && self.patterns.is_empty() && self.additional.is_none() {
            return;
        }
        let (names, named): (Vec<String>, Vec<Value>) = self.named.into_iter().unzip();
        let (patterns, matching): (Vec<String>, Vec<Value>) = self.patterns.into_iter().unzip();
        let schemas = named.into_iter().chain(matching).chain(self.additional);
        members.insert(FIELDS.into(), schemas.map(rewritten).collect());
        members.insert(FIELD_NAMES.into(), json!(names).to_string().into());
        members.insert(FIELD_PATTERNS.into(), json!(patterns).to_string().into());
    }
}

/// An entry of `dependencies` as `if` and `then`.
fn rewritten_dependency((name, dependency): (String, Value)) -> Value {
    let then = if dependency.is_array() { json!({"required": dependency}) } else { rewritten(dependency) };
    json!({"if": {"type": "object", "required": [name]}, "then": then})
}

fn remove_map(members: &mut Map<String, Value>, keyword: &str) -> Map<String, Value> {
    match members.remove(keyword) {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    }
}
