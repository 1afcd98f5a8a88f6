//! What is pasted around a schema is named, with the part to send.

use serde_json::json;

use super::refused;

#[test]
fn a_wrapper_is_named_with_its_inner_schema() {
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    for (document, received) in [
        (json!({"name": "a", "description": "b", "inputSchema": schema}), "an MCP tool; send its 'inputSchema'"),
        (json!({"name": "a", "inputSchema": {}, "outputSchema": schema}), "an MCP tool; send its 'outputSchema'"),
        (json!([{"name": "a", "inputSchema": schema}]), "a list of tools; send its '[0].inputSchema'"),
        (
            json!({"tools": [{"toolSpec": {"name": "a", "inputSchema": {"json": schema}}}]}),
            "a list of tools; send its 'tools[0].toolSpec.inputSchema.json'",
        ),
        (
            json!({"functionDeclarations": [{"name": "a", "parameters": schema}]}),
            "a list of functions; send its 'functionDeclarations[0].parameters'",
        ),
        (json!({"mimeType": "a", "responseSchema": schema}), "a response format; send its 'responseSchema'"),
        (json!({"tools": [{"name": "a", "inputSchema": schema}]}), "a list of tools; send its 'tools[0].inputSchema'"),
        (json!({"name": "a", "input_schema": schema}), "a tool; send its 'input_schema'"),
        (json!({"name": "a", "parameters": schema}), "a function; send its 'parameters'"),
        (json!({"type": "function", "name": "a", "parameters": schema}), "a function; send its 'parameters'"),
        (
            json!({"type": "function", "function": {"name": "a", "strict": true, "parameters": schema}}),
            "a function; send its 'function.parameters'",
        ),
        (
            json!({"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}),
            "a response format; send its 'json_schema.schema'",
        ),
        (
            json!({"response_format": {"type": "json_schema", "json_schema": {"schema": schema}}}),
            "a response format; send its 'response_format.json_schema.schema'",
        ),
        (
            json!({"format": {"type": "json_schema", "name": "a", "schema": schema}}),
            "a response format; send its 'format.schema'",
        ),
        (json!({"name": "a", "strict": true, "schema": schema}), "a wrapper around a schema; send its 'schema'"),
        (json!({"name": "a", "schema": {"$ref": "#/$defs/x"}}), "a wrapper around a schema; send its 'schema'"),
    ] {
        let expected = format!("schema: Expected a JSON Schema, received {received} alone");
        assert_eq!(refused(&document), [expected], "{document}");
    }
    for name in ["text", "format", "tools", "parameters", "schema", "amount"] {
        let map = json!({"title": {"type": "string"}, name: {"type": "string"}});
        let expected = "schema: Expected a JSON Schema, received a map of properties; write them into \"properties\" of {\"type\": \"object\"}";
        assert_eq!(refused(&map), [expected], "{name}");
    }
    assert_eq!(refused(&json!([1])), ["schema: Expected object, received array"]);
    // A schema may have members with these names, which are no keywords.
    assert_eq!(refused(&json!({"properties": {}, "schema": schema})), ["schema: Required field 'type' is missing"]);
    assert_eq!(refused(&json!({"schema": {"parameters": {"text": {"format": schema}}}})).len(), 1);
}
