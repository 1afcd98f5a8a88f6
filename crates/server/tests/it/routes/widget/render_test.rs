//! The render test: asked for by `validate`, and with the examples of a saved schema.

use serde_json::{Value, json};

use crate::harness::*;

const TITLE: &str = "export default ({ data }) => <p>{data.title.toUpperCase()}</p>;\n";

fn schema_with(example: &Value) -> Value {
    json!({"type": "object", "properties": {"title": {"type": ["string", "null"]}}, "examples": [example]})
}

async fn rendered(app: &TestApp, members: Value) -> Value {
    let mut body = json!({"schema": schema_with(&json!({"title": "example"})), "component": TITLE, "render": true});
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    app.post(VALIDATE, body).await.expect(200).data()
}

#[tokio::test]
async fn a_component_is_rendered_with_data_or_with_the_schemas_example() {
    let app = spawn_app().await;
    let found = rendered(&app, json!({})).await;
    assert_eq!((&found["valid"], &found["rendered"]), (&json!(true), &json!({"text": "EXAMPLE", "truncated": false})));
    let found = rendered(&app, json!({"data": {"title": "sent"}})).await;
    assert_eq!(found["rendered"]["text"], "SENT");
    assert_eq!(rendered(&app, json!({"render": false})).await.get("rendered"), None);
    let found = rendered(&app, json!({"schema": {"type": "object"}})).await;
    assert!(
        found["valid"] == true && found["warnings"][0].as_str().unwrap().starts_with("The component was not rendered")
    );
}

#[tokio::test]
async fn what_a_component_throws_is_an_error_at_its_place() {
    let app = spawn_app().await;
    let found = rendered(&app, json!({"data": {"title": null}})).await;
    assert_eq!((&found["valid"], &found["componentValid"]), (&json!(false), &json!(false)));
    let error = &found["errors"][0];
    assert_eq!(
        (&error["type"], &error["code"], &error["line"], &error["column"]),
        (&json!("component"), &json!("render"), &json!(1), &json!(34))
    );
    let found = rendered(&app, json!({"render": "yes", "data": [1]})).await;
    assert_eq!((&found["errors"][0]["field"], found.get("rendered")), (&json!("render"), None));
    let found = rendered(&app, json!({"data": {"title": 1}})).await;
    assert_eq!((&found["errors"][0]["type"], &found["errors"][0]["field"]), (&json!("data"), &json!("data.title")));
}

#[tokio::test]
async fn saving_warns_of_what_a_component_throws_with_an_example() {
    let app = spawn_app().await;
    let body = widget_with("card", json!({"schema": schema_with(&json!({"title": null})), "component": TITLE}));
    let created = app.post(WIDGETS, body).await.expect(201);
    let warning = created.data()["warnings"][0].as_str().unwrap().to_owned();
    assert!(warning.starts_with("Line 1, column 34: throws when it is rendered: TypeError"), "{warning}");
    let edited = app.edit(&created.id(), json!({"component": format!("{TITLE}// again\n")})).await;
    assert_eq!(edited["warnings"][0], warning.as_str());
    assert_eq!(app.edit(&created.id(), json!({"component": component_of("x")})).await.get("warnings"), None);
    assert_eq!(app.get(&widget_path(&created.id())).await.data().get("warnings"), None);
}
