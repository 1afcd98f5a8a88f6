//! A pre-built widget is bound and sent like an own one.

use serde_json::{Value, json};

use crate::harness::*;

async fn kanban(app: &TestApp) -> Value {
    app.get(&format!("{PREBUILT}/task-kanban")).await.data()
}

#[tokio::test]
async fn it_is_bound_by_key_and_by_id() {
    let app = spawn_app().await;
    let id = kanban(&app).await["id"].clone();
    for (peer, body) in [("peer_1", json!({"widgetKey": "task-kanban"})), ("peer_2", json!({"widgetId": id}))] {
        assert_eq!(app.post(&peer_path(peer), body).await.expect(201).data()["widgetId"], id);
        let listed = app.get(&peer_path(peer)).await.data()["widgets"][0].clone();
        assert_eq!((&listed["widgetKey"], &listed["widgetName"]), (&json!("task-kanban"), &kanban(&app).await["name"]));
    }
}

#[tokio::test]
async fn it_is_sent_by_its_key_and_pins_its_version() {
    let app = spawn_app().await;
    let widget = kanban(&app).await;
    app.bind("peer_1", widget["id"].as_str().unwrap()).await;
    let message =
        json!({"type": "widget", "widgetKey": "task-kanban", "data": widget["exampleData"], "peerId": "peer_1"});
    let sent = app.send("conv_1", message).await.data();
    assert_eq!((&sent["widgetId"], &sent["widgetVersion"]), (&widget["id"], &widget["version"]));
}

#[tokio::test]
async fn its_schema_checks_the_data() {
    let app = spawn_app().await;
    let message = json!({"type": "widget", "widgetKey": "task-kanban", "data": {"columns": 1}});
    let details = app.post(&messages_path("conv_1"), message).await.expect(400).details();
    assert_eq!(details["widgetKey"], "task-kanban");
    assert_eq!(details["errors"][0]["field"], "data.columns");
}

#[tokio::test]
async fn an_own_widget_with_the_same_key_takes_precedence() {
    let app = spawn_app().await;
    let own = app.create_widget("task-kanban").await;
    let sent = app.send("conv_1", message("task-kanban")).await.data();
    assert_eq!(sent["widgetId"], own);
    let bound = app.post(&peer_path("peer_1"), json!({"widgetKey": "task-kanban"})).await.expect(201);
    assert_eq!(bound.data()["widgetId"], own);
    // Only in its workspace, and only until it is deleted.
    let theirs =
        app.post(&peer_path("peer_1"), json!({"widgetKey": "task-kanban"})).role(Role::Stranger).await.expect(201);
    assert_eq!(theirs.data()["widgetId"], kanban(&app).await["id"]);
    app.delete(&binding_path("peer_1", &bound.id())).await.expect(200);
    app.delete(&widget_path(&own)).await.expect(200);
    app.post(&messages_path("conv_1"), message("task-kanban")).await.expect(400);
}
