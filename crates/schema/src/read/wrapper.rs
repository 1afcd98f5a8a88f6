//! Recognizes what tools and models exchange around a schema, pasted as a whole.

use serde_json::{Map, Value};

/// Members that hold a schema or a part with one, and what has such a member.
const WRAPPERS: [(&str, &str); 13] = [
    ("inputSchema", "an MCP tool"),
    ("input_schema", "a tool"),
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
];

/// Maximum number of members around a schema: `tools[0].function.parameters`.
const MAX_DEPTH: usize = 3;

/// The error for a document that is no schema but contains one.
pub(super) fn sentence(document: &Map<String, Value>) -> Option<String> {
    if is_schema(document) {
        return None;
    }
    let (kind, path) = inner(document, MAX_DEPTH)?;
    Some(format!("Expected a JSON Schema, received {kind}; send its '{path}' alone"))
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
            return Some((*kind, step));
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
