use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::*;

#[tokio::test]
async fn the_references_example_gets_exactly_its_documented_fields() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let binding = app
        .bind_with("peer_123", &id, json!({"config": {"defaultProps": {"theme": "dark"}, "allowCustomData": true}}))
        .await;
    app.clock.advance(60);
    let change = json!({"enabled": false, "config": {"defaultProps": {"theme": "light"}}});
    assert_snapshot!(app.put(&binding_path("peer_123", &binding), change).role(Role::Messenger).await, @r#"
    200
    {
      "success": true,
      "data": {
        "id": "peer_widget_…",
        "peerId": "peer_123",
        "widgetId": "widget_…",
        "enabled": false,
        "config": {
          "defaultProps": {
            "theme": "light"
          },
          "allowCustomData": true
        },
        "addedAt": "2025-10-20T10:00:00.000Z"
      }
    }
    "#);
}

#[tokio::test]
async fn absent_members_of_the_configuration_stay() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = binding_path("peer_1", &app.bind("peer_1", &id).await);
    let mut expected = app.get(&path).await.data();
    for (change, config, enabled) in [
        (json!({"config": {"defaultProps": {"a": 1, "b": 2}}}), json!({"defaultProps": {"a": 1, "b": 2}}), true),
        (
            json!({"config": {"allowCustomData": true}}),
            json!({"defaultProps": {"a": 1, "b": 2}, "allowCustomData": true}),
            true,
        ),
        (
            json!({"config": {"defaultProps": {"c": 3}}}),
            json!({"defaultProps": {"c": 3}, "allowCustomData": true}),
            true,
        ),
        (json!({"enabled": false}), json!({"defaultProps": {"c": 3}, "allowCustomData": true}), false),
        (json!({}), json!({"defaultProps": {"c": 3}, "allowCustomData": true}), false),
        (json!({"config": {}, "enabled": true}), json!({"defaultProps": {"c": 3}, "allowCustomData": true}), true),
    ] {
        app.put(&path, change).await.expect(200);
        expected["config"] = config;
        expected["enabled"] = enabled.into();
        assert_eq!(app.get(&path).await.data(), expected);
    }
}

#[tokio::test]
async fn the_answer_of_get_can_be_sent_with_put() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path =
        binding_path("peer_1", &app.bind_with("peer_1", &id, json!({"config": {"defaultProps": {"a": 1}}})).await);
    let before = app.get(&path).await.data();
    let put = app.put(&path, &before).await.expect(200).data();
    assert_eq!(put["peerId"], "peer_1");
    assert_eq!(app.put(&path, put).await.expect(200).data()["config"], before["config"]);
    assert_eq!(app.get(&path).await.data(), before);
}

#[tokio::test]
async fn default_data_is_checked_with_the_whole_new_configuration() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = binding_path(
        "peer_1",
        &app.bind_with("peer_1", &id, json!({"config": {"defaultProps": {"data": {"title": 1}}}})).await,
    );
    // Until this edit the data was only a prop; now it would be rendered.
    let refused = app.put(&path, json!({"config": {"allowCustomData": false}})).await.expect(400);
    assert_eq!(refused.errors(), ["config.defaultProps.data.title: Expected string, received number"]);
    app.put(&path, json!({"config": {"allowCustomData": false, "defaultProps": {"data": {"title": "x"}}}}))
        .await
        .expect(200);
    app.put(&path, json!({"config": {"defaultProps": {"data": {"title": 2}}}})).await.expect(400);
    assert_eq!(app.get(&path).await.data()["config"]["defaultProps"]["data"]["title"], "x");
}

#[tokio::test]
async fn an_invalid_field_is_named_and_nothing_changes() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = binding_path("peer_1", &app.bind("peer_1", &id).await);
    let before = app.get(&path).await.data();
    for (change, error) in [
        (json!({"enabled": 1}), "enabled: Expected boolean, received number"),
        (json!({"enabled": false, "config": 1}), "config: Expected object, received number"),
        (json!({"config": {"defaultProps": null}}), "config.defaultProps: Expected object, received null"),
        (json!({"config": {"colour": 1}}), "config.colour: Unknown field"),
        (json!({"colour": 1}), "colour: Unknown field"),
    ] {
        assert_eq!(app.put(&path, change).await.expect(400).errors(), [error]);
    }
    assert_eq!(app.get(&path).await.data(), before);
}

#[tokio::test]
async fn an_unknown_id_cannot_be_edited() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let binding = app.bind("peer_1", &id).await;
    let change: Value = json!({"enabled": false});
    for (peer, id, role) in [
        ("peer_1", "peer_widget_01h455vb4pex5vsknk084sn02q", Role::Owner),
        ("peer_1", "x", Role::Owner),
        ("peer_2", binding.as_str(), Role::Owner),
        ("peer_1", binding.as_str(), Role::Stranger),
    ] {
        let response = app.put(&binding_path(peer, id), &change).role(role).await.expect(404);
        assert_eq!(response.code(), "peer_widget_not_found");
    }
    assert_eq!(app.get(&binding_path("peer_1", &binding)).await.data()["enabled"], true);
}
