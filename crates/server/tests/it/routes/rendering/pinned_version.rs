//! A message always renders with the version it was sent with.

use serde_json::{Value, json};

use crate::harness::*;

/// A message of a widget's first version, and its rendering.
async fn sent(app: &TestApp) -> (String, String, Value) {
    let widget = app.create_widget("card").await;
    let message = app.send("c", message("card")).await.id();
    let payload = app.render("c", &message).await;
    assert_eq!(payload["version"], 1);
    (widget, message, payload)
}

/// All members but the title, which may be the widget's current name.
fn untitled(payload: &Value) -> Value {
    without(payload.clone(), "title")
}

#[tokio::test]
async fn an_edit_does_not_change_how_a_message_renders() {
    let app = spawn_app().await;
    let (widget, message, before) = sent(&app).await;
    let module = app.module(&before).await;
    app.edit(&widget, json!({"component": component_of("two"), "schema": {"type": "object", "title": "Two"}})).await;
    assert_eq!(app.render("c", &message).await, before);
    assert_eq!(app.module(&before).await, module);
    app.edit(&widget, json!({"name": "Renamed"})).await;
    let after = app.render("c", &message).await;
    assert_eq!((untitled(&after), &after["title"]), (untitled(&before), &json!("Renamed")));
}

#[tokio::test]
async fn a_restoration_does_not_change_how_a_message_renders() {
    let app = spawn_app().await;
    let (widget, first, before) = sent(&app).await;
    app.edit(&widget, json!({"component": component_of("two")})).await;
    let second = app.send("c", message("card")).await.id();
    let of_second = app.render("c", &second).await;
    app.request("POST", &restore_path(&widget, 1)).await.expect(200);
    let third = app.send("c", message("card")).await.id();
    assert_eq!(app.render("c", &first).await, before);
    assert_eq!(app.render("c", &second).await, of_second);
    let of_third = app.render("c", &third).await;
    assert_eq!((&of_third["version"], &of_third["module"]), (&json!(3), &before["module"]));
}

#[tokio::test]
async fn a_message_renders_after_its_widget_is_deleted_and_the_key_reused() {
    let app = spawn_app().await;
    let (widget, message, before) = sent(&app).await;
    app.delete(&widget_path(&widget)).await.expect(200);
    assert_eq!(app.render("c", &message).await, before);
    app.create_widget_with("card", json!({"component": component_of("another"), "name": "Another"})).await;
    assert_eq!(app.render("c", &message).await, before);
    assert!(app.module(&before).await.contains("data.title"));
}

#[tokio::test]
async fn a_pre_built_widget_renders_like_an_own_one() {
    let app = spawn_app().await;
    let prebuilt = app.get(&format!("{PREBUILT}/task-kanban")).await.data();
    let message = json!({"type": "widget", "widgetKey": "task-kanban", "data": prebuilt["exampleData"]});
    let id = app.send("c", message).await.id();
    let payload = app.render("c", &id).await;
    assert_eq!((&payload["widgetId"], &payload["data"]), (&prebuilt["id"], &prebuilt["exampleData"]));
    assert!(app.module(&payload).await.contains("react/jsx-runtime"));
}
