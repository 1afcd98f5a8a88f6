//! Recognizes what tools and models exchange around a schema, pasted as a whole.

use serde_json::{Map, Value};

/// Members that hold a schema or a part with one, and what has such a member.
const WRAPPERS: [(&str, &str); 20] = [
    ("inputSchema", "an MCP tool"),
    ("outputSchema", "an MCP tool"),
    ("input_schema", "a tool"),
    ("toolSpec", "a tool"),
    ("responseSchema", "a response format"),
    ("responseJsonSchema", "a response format"),
    ("functionDeclarations", "a list of functions"),
    ("function_declarations", "a list of functions"),
    ("parameters", "a function"),
    ("parametersJsonSchema", "a function"),
    ("function", "a function"),
    ("functions", "a list of functions"),
    ("tools", "a list of tools"),
    ("response_format", "a response format"),
    ("json_schema", "a response format"),
    ("text", "a response format"),
    ("format", "a response format"),
    ("schema", "a wrapper around a schema"),
    ("jsonSchema", "a wrapper around a schema"),
    ("json", "a wrapper around a schema"),
];

/// Of these, the names that properties of data have too. Next to another schema, such a member is a property.
const COMMON_NAMES: [&str; 9] =
    ["parameters", "function", "functions", "tools", "response_format", "text", "format", "schema", "json"];

/// Maximum number of members around a schema: `tools[0].toolSpec.inputSchema.json`.
const MAX_DEPTH: usize = 4;

/// The error for a document that is no schema but contains one.
pub(super) fn sentence(document: &Value) -> Option<String> {
    let members = match document {
        Value::Object(members) => members,
        Value::Array(items) => {
            let (_, path) = inner(items.first()?.as_object().filter(|first| !is_schema(first))?, MAX_DEPTH)?;
            return Some(format!("Expected a JSON Schema, received a list of tools; send its '[0].{path}' alone"));
        }
        _ => return None,
    };
    if is_schema(members) {
        return None;
    }
    if let Some((kind, path)) = inner(members, MAX_DEPTH) {
        return Some(format!("Expected a JSON Schema, received {kind}; send its '{path}' alone"));
    }
    let is_map = !members.is_empty() && members.values().all(|value| value.as_object().is_some_and(is_schema));
    is_map.then(|| {
        "Expected a JSON Schema, received a map of properties; write them into \"properties\" of {\"type\": \"object\"}".into()
    })
}

/// The path of the schema in a wrapper, and what the wrapper is.
fn inner(members: &Map<String, Value>, depth: usize) -> Option<(&'static str, String)> {
    let depth = depth.checked_sub(1)?;
    WRAPPERS.iter().find_map(|(name, kind)| {
        let (object, step) = match members.get(*name)? {
            Value::Object(object) => (object, (*name).to_owned()),
            Value::Array(items) => (items.first()?.as_object()?, format!("{name}[0]")),
            _ => return None,
        };
        if is_schema(object) {
            let is_property = COMMON_NAMES.contains(name)
                && members.iter().any(|(other, value)| other != name && value.as_object().is_some_and(is_schema));
            return (!is_property).then_some((*kind, step));
        }
        inner(object, depth).map(|(_, path)| (*kind, format!("{step}.{path}")))
    })
}

fn is_schema(members: &Map<String, Value>) -> bool {
    const KEYWORDS: [&str; 9] =
        ["$schema", "$ref", "properties", "anyOf", "oneOf", "allOf", "definitions", "$defs", "additionalProperties"];
    match members.get("type") {
        Some(Value::String(name)) if crate::rule::TYPE_NAMES.contains(&name.as_str()) => true,
        Some(Value::Array(_)) => true,
        _ => KEYWORDS.iter().any(|keyword| members.contains_key(*keyword)),
    }
}
