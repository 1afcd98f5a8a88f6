//! Schemas and components are reviewed before they are saved. Creating, updating and validating use the same review.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::*;

#[tokio::test]
async fn a_refusal_has_the_errors_of_both_parts() {
    let app = spawn_app().await;
    let sent = widget_with(
        "card",
        json!({
            "schema": {"properties": {"a": {"type": "nonsense"}}},
            "component": "export default function Card() {\n  return <p>;\n}\n",
        }),
    );
    assert_snapshot!(app.post(WIDGETS, &sent).await, @r#"
    400
    {
      "success": false,
      "error": "Widget validation failed",
      "code": "widget_validation_failed",
      "details": {
        "schemaErrors": [
          {
            "field": "schema",
            "message": "Required field 'type' is missing"
          },
          {
            "field": "schema.properties.a.type",
            "message": "Expected one of array, boolean, integer, null, number, object, string, received 'nonsense'"
          }
        ],
        "componentErrors": [
          {
            "line": 3,
            "column": 1,
            "message": "Syntax error: Unexpected token. Did you mean `{'}'}` or `&rbrace;`?",
            "code": "syntax"
          }
        ]
      }
    }
    "#);
    let id = app.create_widget("card").await;
    let updated = app.put(&widget_path(&id), json!({"schema": sent["schema"], "component": sent["component"]})).await;
    assert_eq!(updated.expect(400).json(), app.post(WIDGETS, &sent).await.json());
}

#[tokio::test]
async fn the_list_of_errors_of_a_valid_part_is_empty() {
    let app = spawn_app().await;
    let details = app.post(WIDGETS, widget_with("card", json!({"schema": {}}))).await.expect(400).details();
    assert_eq!(details["schemaErrors"], json!([{"field": "schema", "message": "Required field 'type' is missing"}]));
    assert_eq!(details["componentErrors"], json!([]));
    let details =
        app.post(WIDGETS, widget_with("card", json!({"component": "const a = 1;"}))).await.expect(400).details();
    assert_eq!(details["schemaErrors"], json!([]));
    assert_eq!(details["componentErrors"][0]["code"], "no-default-export");
}

/// The body of a creation with this text as its schema.
fn create_with_schema(key: &str, text: &str) -> String {
    widget(key).to_string().replacen(&schema().to_string(), text, 1)
}

/// The errors of a schema in creating and validating, which must be equal.
async fn schema_errors(app: &TestApp, schema: &str) -> Vec<Value> {
    let refused = app.post(WIDGETS, create_with_schema("card", schema)).await.expect(400);
    assert_eq!(refused.code(), "widget_validation_failed");
    let errors = refused.details()["schemaErrors"].as_array().unwrap().clone();
    let found = app.post(VALIDATE, format!("{{\"schema\":{schema},\"component\":{}}}", json!(COMPONENT))).await.data();
    assert_eq!(
        (&found["valid"], &found["schemaValid"], &found["componentValid"]),
        (&json!(false), &json!(false), &json!(true))
    );
    let of_validation: Vec<Value> =
        found["errors"].as_array().unwrap().iter().map(|error| without(error.clone(), "type")).collect();
    assert_eq!(of_validation, errors);
    errors
}

#[tokio::test]
async fn an_invalid_schema_is_refused_with_the_path_of_its_error() {
    let app = spawn_app().await;
    for (schema, field) in [
        (r#"{"type":"array"}"#, "schema.type"),
        (r#"{"type":"object","properties":{"a":{"type":"strin"}}}"#, "schema.properties.a.type"),
        (r#"{"type":"object","required":"title"}"#, "schema.required"),
        (r#"{"type":"object","properties":{"a":{"minLength":-1}}}"#, "schema.properties.a.minLength"),
        (r#"{"$schema":"http://json-schema.org/draft-04/schema#","type":"object"}"#, "schema.$schema"),
        (r#"{"name":"card","inputSchema":{"type":"object"}}"#, "schema"),
        (r##"{"type":"object","properties":{"a":{"$ref":"#/definitions/none"}}}"##, "schema.properties.a.$ref"),
        (r#"{"type":"object","properties":{"a":{"$ref":"https://example.com/a.json"}}}"#, "schema.properties.a.$ref"),
        (r#"{"type":"object","properties":{"a":{"pattern":"(?=a)"}}}"#, "schema.properties.a.pattern"),
        (r#"{"type":"object","type":"object"}"#, "schema"),
        (r#"{"type":"object","properties":{"a":{},"a":{}}}"#, "schema.properties"),
    ] {
        let errors = schema_errors(&app, schema).await;
        assert_eq!(errors[0]["field"], field, "{schema}: {errors:?}");
    }
}

#[tokio::test]
async fn a_schema_of_2020_12_is_checked_and_comes_back_as_sent() {
    let app = spawn_app().await;
    let text = r##"{ "$schema":"https://json-schema.org/draft/2020-12/schema", "$ref":"#/$defs/Card", "$defs":{"Card":{"type":"object",
        "properties":{"pair":{"type":"array","prefixItems":[{"type":"number"}],"items":false}}}}}"##;
    let created = app.post(WIDGETS, create_with_schema("card", text)).await.expect(201);
    assert!(created.text().contains(text));
    for (pair, status) in [("[1]", 201), ("[1,2]", 400), (r#"["a"]"#, 400)] {
        let message = format!(r#"{{"type":"widget","widgetKey":"card","data":{{"pair":{pair}}}}}"#);
        app.post(&messages_path("conv_1"), message).await.expect(status);
    }
}

#[tokio::test]
async fn a_schema_may_be_as_large_and_as_deep_as_documented_and_no_more() {
    let app = spawn_app().await;
    let of_size = |bytes: usize| {
        let frame = r#"{"type":"object","description":""}"#;
        frame.replace("\"\"", &format!("\"{}\"", "x".repeat(bytes - frame.len())))
    };
    let largest = of_size(128 * 1024);
    let created = app.post(WIDGETS, create_with_schema("largest", &largest)).await.expect(201);
    assert!(created.text().contains(&largest));
    assert_eq!(schema_errors(&app, &of_size(128 * 1024 + 1)).await[0]["field"], "schema");

    // The root is a level, and each `default` array one more.
    let of_depth =
        |depth: usize| format!(r#"{{"type":"object","default":{}{}}}"#, "[".repeat(depth - 1), "]".repeat(depth - 1));
    app.post(WIDGETS, create_with_schema("deepest", &of_depth(64))).await.expect(201);
    for depth in [65, 60_000] {
        let errors = schema_errors(&app, &of_depth(depth)).await;
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0]["message"], "Nested deeper than 64 levels");
    }
}

#[tokio::test]
async fn a_component_may_be_as_large_as_documented_and_no_larger() {
    let app = spawn_app().await;
    let of_size = |bytes: usize| format!("{COMPONENT}//{}", "x".repeat(bytes - COMPONENT.len() - 2));
    let largest = of_size(256 * 1024);
    let created = app.post(WIDGETS, widget_with("largest", json!({"component": largest}))).await.expect(201);
    assert_eq!(created.data()["component"], largest);
    let details = app
        .post(WIDGETS, widget_with("larger", json!({"component": of_size(256 * 1024 + 1)})))
        .await
        .expect(400)
        .details();
    assert_eq!(
        details["componentErrors"],
        json!([{
            "line": 1, "column": 1, "code": "source",
            "message": "Component is 262145 bytes long; at most 262144 are allowed",
        }])
    );
}

#[tokio::test]
async fn an_empty_component_or_one_with_nul_is_refused() {
    let app = spawn_app().await;
    for (component, message) in
        [("a\0b", "Must not contain NUL characters"), ("", "Must not be empty"), (" \n", "Must not be empty")]
    {
        let details =
            app.post(WIDGETS, widget_with("card", json!({"component": component}))).await.expect(400).details();
        assert_eq!(details["componentErrors"][0]["message"], message);
    }
}

#[tokio::test]
async fn a_component_that_breaks_a_rule_is_refused_with_line_and_column() {
    let app = spawn_app().await;
    for (component, line, column, code) in [
        ("export default function Card() {\n  return <p>;\n}\n", 3, 1, "syntax"),
        ("export default function Card() {\n  return eval('1');\n}\n", 2, 10, "no-eval"),
        ("enum X { Y }\nexport default () => <p>{X.Y}</p>;\n", 1, 1, "typescript"),
        ("import x from 'lodash';\nexport default () => <p>{x}</p>;\n", 1, 15, "no-import"),
        ("export default () => <p dangerouslySetInnerHTML={{__html: ''}} />;\n", 1, 25, "no-dangerous-html"),
    ] {
        let details =
            app.post(WIDGETS, widget_with("card", json!({"component": component}))).await.expect(400).details();
        let error = &details["componentErrors"][0];
        assert_eq!(
            (&error["line"], &error["column"], &error["code"]),
            (&json!(line), &json!(column), &json!(code)),
            "{component}: {details}"
        );
    }
}

#[tokio::test]
async fn a_component_that_would_crash_a_parser_is_refused_and_the_service_keeps_running() {
    let app = spawn_app().await;
    for hostile in ["(".repeat(100_000), "!".repeat(200_000), "a=>".repeat(80_000), "[".repeat(250_000)] {
        let response = app.post(WIDGETS, widget_with("card", json!({"component": hostile}))).await.expect(400);
        assert_eq!(response.code(), "widget_validation_failed");
    }
    app.create_widget("card").await;
}
