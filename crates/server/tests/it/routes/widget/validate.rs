use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::*;

/// A component that causes exactly the reference's warning.
const STYLED: &str =
    "export default function Card({ data }) {\n  return <p style={{ color: 'red' }}>{data.title}</p>;\n}\n";

async fn validate(app: &TestApp, schema: Value, component: &str) -> Value {
    app.post(VALIDATE, json!({"schema": schema, "component": component})).await.expect(200).data()
}

#[tokio::test]
async fn the_references_example_gets_exactly_its_answer() {
    let app = spawn_app().await;
    let response = app.post(VALIDATE, json!({"schema": schema(), "component": STYLED})).role(Role::Manager).await;
    assert_snapshot!(response, @r#"
    200
    {
      "success": true,
      "data": {
        "valid": true,
        "schemaValid": true,
        "componentValid": true,
        "errors": [],
        "warnings": [
          "Component uses inline styles which may not be optimal"
        ],
        "language": "jsx"
      }
    }
    "#);
}

#[tokio::test]
async fn the_references_own_widget_is_valid_without_a_warning() {
    let app = spawn_app().await;
    let widget = sales_dashboard();
    let found = validate(&app, widget["schema"].clone(), SALES_COMPONENT).await;
    assert_eq!(
        found,
        json!({"valid": true, "schemaValid": true, "componentValid": true, "errors": [], "warnings": [], "language": "jsx"})
    );
}

#[tokio::test]
async fn errors_of_both_parts_say_which_part_they_are_of() {
    let app = spawn_app().await;
    let body = json!({
        "schema": {"type": "object", "properties": {"a": {"type": "strin"}}},
        "component": "export default function Card() {\n  return <p>;\n}\n",
    });
    assert_snapshot!(app.post(VALIDATE, body).await, @r#"
    200
    {
      "success": true,
      "data": {
        "valid": false,
        "schemaValid": false,
        "componentValid": false,
        "errors": [
          {
            "type": "schema",
            "field": "schema.properties.a.type",
            "message": "Expected one of array, boolean, integer, null, number, object, string, received 'strin'"
          },
          {
            "type": "component",
            "line": 3,
            "column": 1,
            "message": "Syntax error: Unexpected token. Did you mean `{'}'}` or `&rbrace;`?",
            "code": "syntax"
          }
        ],
        "warnings": []
      }
    }
    "#);
}

#[tokio::test]
async fn a_wrong_schema_leaves_the_component_valid() {
    let app = spawn_app().await;
    let found = validate(&app, json!({}), STYLED).await;
    assert_eq!(
        found,
        json!({
            "valid": false,
            "schemaValid": false,
            "componentValid": true,
            "errors": [{"type": "schema", "field": "schema", "message": "Required field 'type' is missing"}],
            "warnings": ["Component uses inline styles which may not be optimal"], "language": "jsx"
        })
    );
}

#[tokio::test]
async fn a_wrong_component_leaves_the_schema_valid() {
    let app = spawn_app().await;
    let found = validate(&app, schema(), "const a = 1;\n").await;
    assert_eq!(
        (&found["valid"], &found["schemaValid"], &found["componentValid"]),
        (&json!(false), &json!(true), &json!(false))
    );
    assert_eq!(found["errors"][0]["type"], "component");
    assert_eq!(found["errors"][0]["code"], "no-default-export");
}

#[tokio::test]
async fn a_property_without_a_type_is_a_warning() {
    let app = spawn_app().await;
    let found =
        validate(&app, json!({"type": "object", "properties": {"a": {"description": "anything"}}}), COMPONENT).await;
    assert_eq!(found["valid"], true);
    let warnings = found["warnings"].as_array().unwrap();
    assert_eq!(warnings.len(), 1, "{found}");
    assert!(warnings[0].as_str().unwrap().contains("schema.properties.a"), "{found}");
}

#[tokio::test]
async fn a_missing_part_or_one_of_another_type_is_reported_as_an_error() {
    let app = spawn_app().await;
    let missing = app.post(VALIDATE, "{}").await.expect(200).data();
    assert_eq!(
        missing["errors"],
        json!([
            {"type": "schema", "field": "schema", "message": "Required field 'schema' is missing"},
            {"type": "component", "line": 1, "column": 1, "message": "Required field 'component' is missing", "code": "source"},
        ])
    );
    let wrong = app.post(VALIDATE, r#"{"schema":"{}","component":null}"#).await.expect(200).data();
    assert_eq!(
        wrong["errors"],
        json!([
            {"type": "schema", "field": "schema", "message": "Expected object, received string"},
            {"type": "component", "line": 1, "column": 1, "message": "Expected string, received null", "code": "source"},
        ])
    );
    let surrogate = app.post(VALIDATE, r#"{"schema":{"type":"object"},"component":"\ud800"}"#).await.expect(200).data();
    assert_eq!(surrogate["errors"][0]["message"], "Not a valid string: a lone surrogate");
}

#[tokio::test]
async fn unknown_fields_and_bodies_that_are_not_objects_are_a_400() {
    let app = spawn_app().await;
    let body = json!({"schema": schema(), "component": COMPONENT, "key": "card"});
    assert_eq!(app.post(VALIDATE, body).await.expect(400).errors(), ["key: Unknown field"]);
    app.post(VALIDATE, "[]").await.expect(400);
}

#[tokio::test]
async fn validating_saves_nothing() {
    let app = spawn_app().await;
    validate(&app, schema(), COMPONENT).await;
    assert_eq!(app.get(WIDGETS).await.data()["pagination"]["total"], 0);
}

#[tokio::test]
async fn at_most_fifty_errors_of_a_part_are_listed() {
    let app = spawn_app().await;
    let properties: Value = (0..80)
        .map(|number| (format!("p{number}"), json!({"type": "nonsense"})))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let component = format!("export default () => <p>{}</p>;\n", "{eval('1')}".repeat(80));
    let found = validate(&app, json!({"type": "object", "properties": properties}), &component).await;
    let of = |kind: &str| found["errors"].as_array().unwrap().iter().filter(|error| error["type"] == kind).count();
    assert_eq!((of("schema"), of("component")), (50, 50));
}
