use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn the_references_example_gets_exactly_its_documented_fields() {
    let app = spawn_app().await;
    let id = app.create_widget_with("sales-dashboard", json!({"name": "Sales Dashboard"})).await;
    app.bind_with("peer_123", &id, json!({"config": {"defaultProps": {"theme": "dark"}, "allowCustomData": true}}))
        .await;
    assert_snapshot!(app.get(&peer_path("peer_123")).role(Role::Messenger).await, @r#"
    200
    {
      "success": true,
      "data": {
        "widgets": [
          {
            "id": "peer_widget_…",
            "widgetId": "widget_…",
            "widgetKey": "sales-dashboard",
            "widgetName": "Sales Dashboard",
            "enabled": true,
            "config": {
              "defaultProps": {
                "theme": "dark"
              },
              "allowCustomData": true
            },
            "addedAt": "2025-10-20T10:00:00.000Z"
          }
        ]
      }
    }
    "#);
}

#[tokio::test]
async fn an_unknown_peer_has_no_widgets() {
    let app = spawn_app().await;
    assert_eq!(
        app.get(&peer_path("nobody")).await.expect(200).json(),
        json!({"success": true, "data": {"widgets": []}})
    );
    assert_eq!(
        app.get(&peer_path("a%0Ab")).await.expect(400).errors(),
        ["peerId: Must not contain control characters"]
    );
}

#[tokio::test]
async fn disabled_widgets_are_listed_too_and_the_oldest_comes_first() {
    let app = spawn_app().await;
    for key in ["a", "b", "c"] {
        let id = app.create_widget(key).await;
        app.bind_with("peer_1", &id, json!({"enabled": key != "b"})).await;
    }
    let data = app.get(&peer_path("peer_1")).await.data();
    let shown: Vec<_> = data["widgets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| (b["widgetKey"].as_str().unwrap(), b["enabled"] == true))
        .collect();
    assert_eq!(shown, [("a", true), ("b", false), ("c", true)]);
}

#[tokio::test]
async fn widgets_are_listed_with_their_current_names() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.bind("peer_1", &id).await;
    app.put(&widget_path(&id), json!({"name": "Renamed"})).await.expect(200);
    assert_eq!(app.get(&peer_path("peer_1")).await.data()["widgets"][0]["widgetName"], "Renamed");
}

#[tokio::test]
async fn peers_with_one_name_in_two_workspaces_are_separate() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.bind("peer_1", &id).await;
    assert_eq!(app.get(&peer_path("peer_1")).role(Role::Stranger).await.data()["widgets"], json!([]));
}
