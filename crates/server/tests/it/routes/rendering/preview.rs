use serde_json::{Value, json};

use crate::harness::*;

/// The data in the preview of a widget with this schema.
async fn example(app: &TestApp, key: &str, schema: Value) -> Value {
    let id = app.create_widget_with(key, json!({"schema": schema})).await;
    let payload = app.get(&preview_path(&id)).role(Role::Reader).await.expect(200).data();
    assert_eq!((&payload["messageId"], &payload["widgetKey"]), (&json!(null), &json!(key)));
    payload["data"].clone()
}

#[tokio::test]
async fn every_pre_built_widget_is_previewed_with_its_schemas_example_or_its_example_data() {
    let app = spawn_app().await;
    for widget in app.get(PREBUILT).await.data()["widgets"].as_array().unwrap() {
        let payload = app.get(&preview_path(widget["id"].as_str().unwrap())).await.expect(200).data();
        let example = widget["schema"]["examples"].get(0).unwrap_or(&widget["exampleData"]);
        assert_eq!((&payload["data"], &payload["widgetKey"]), (example, &widget["key"]));
        assert!(app.module(&payload).await.contains("export"), "{payload}");
    }
}

#[tokio::test]
async fn an_own_widget_is_previewed_with_the_first_example_that_fits() {
    let app = spawn_app().await;
    let with = |members: Value| with(schema(), members);
    let (good, bad) = (json!({"title": "Shown"}), json!({"title": 7}));
    assert_eq!(example(&app, "a", with(json!({"examples": [good], "default": {"title": "x"}}))).await, good);
    assert_eq!(example(&app, "b", with(json!({"examples": [bad, 1, good]}))).await, good);
    assert_eq!(example(&app, "c", with(json!({"examples": [bad], "default": good}))).await, good);
    assert_eq!(example(&app, "d", with(json!({"examples": [bad], "default": bad}))).await, json!(null));
    assert_eq!(example(&app, "e", schema()).await, json!(null));
}

/// Checking each example takes a thousand alternatives over a long name, wrapped 16 times: seconds, if it was done.
#[tokio::test]
async fn examples_that_are_expensive_to_check_are_skipped_and_the_author_is_warned() {
    let app = spawn_app().await;
    let shapes = json!({"anyOf": vec![json!({"additionalProperties": {"type": "string"}}); 1_000]});
    let nested = (0..16).fold(shapes, |inner, _| json!({"anyOf": [inner]}));
    let name = "\"".repeat(3_900);
    let schema = json!({"type": "object", "properties": {"x": nested}, "examples": [{"x": {name: 1}}, {"y": 1}]});
    let body = json!({"schema": schema, "component": COMPONENT});
    let review = app.post(VALIDATE, body).await.expect(200).data();
    assert_eq!((&review["schemaValid"], &review["errors"]), (&json!(true), &json!([])));
    let warning = "Previews skip 1 of the 2 examples in the schema: checking them takes more than a millisecond";
    assert_eq!(review["warnings"][0], warning);
    assert_eq!(example(&app, "card", schema).await, json!({"y": 1}));
}

#[tokio::test]
async fn any_version_can_be_previewed() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.edit(&id, json!({"component": component_of("two")})).await;
    let preview = |query: &str| app.get(&format!("{}{query}", preview_path(&id)));
    let (first, second) = (preview("?version=1").await.data(), preview("").await.data());
    assert_eq!((&first["version"], &second["version"]), (&json!(1), &json!(2)));
    assert!(app.module(&first).await.contains("data.title") && app.module(&second).await.contains("two"));
    assert_eq!(preview("?version=3").await.expect(404).code(), "widget_version_not_found");
    assert_eq!(preview("?version=0").await.expect(400).errors(), ["version: Expected a whole number of at least 1"]);
}

#[tokio::test]
async fn data_from_the_caller_is_checked_and_previewed() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = preview_path(&id);
    let body = json!({"data": {"title": "Mine"}, "props": {"tone": "calm", "data": 1}});
    let payload = app.post(&path, body).role(Role::Messenger).await.expect(200).data();
    assert_eq!((&payload["data"], &payload["props"]), (&json!({"title": "Mine"}), &json!({"tone": "calm"})));
    let refused = app.post(&path, json!({"data": {"title": 7}})).await.expect(400);
    assert_eq!(refused.code(), "widget_data_validation_failed");
    assert_eq!(refused.errors(), ["data.title: Expected string, received number"]);
    let refused = app.post(&path, json!({"props": []})).await.expect(400);
    assert_eq!(refused.errors(), ["data: Required field 'data' is missing", "props: Expected object, received array"]);
    assert_eq!(app.post(&path, json!({"data": {}})).role(Role::Reader).await.expect(403).code(), "forbidden");
    assert_eq!(app.get(&messages_path("c")).await.data()["messages"], json!([]));
}

#[tokio::test]
async fn an_unknown_widget_or_version_has_no_preview() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.get(&preview_path(&id)).role(Role::Stranger).await.expect(404);
    app.delete(&widget_path(&id)).await.expect(200);
    for id in [&*id, NO_WIDGET, "x"] {
        assert_eq!(app.get(&preview_path(id)).await.expect(404).code(), "widget_not_found");
        assert_eq!(app.post(&preview_path(id), json!({"data": {}})).await.expect(404).code(), "widget_not_found");
    }
}
