use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn a_deleted_widget_is_not_found() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    assert_snapshot!(app.delete(&widget_path(&id)).await, @r#"
    200
    {
      "success": true,
      "message": "Widget deleted successfully"
    }
    "#);
    for response in [app.get(&widget_path(&id)).await, app.delete(&widget_path(&id)).await] {
        assert_eq!(response.expect(404).code(), "widget_not_found");
    }
    let message = app.post(&messages_path("conv_1"), message("card")).await.expect(404);
    assert_eq!(message.code(), "widget_not_found");
}

#[tokio::test]
async fn the_key_of_a_deleted_widget_is_free_again() {
    let app = spawn_app().await;
    let first = app.create_widget("card").await;
    app.delete(&widget_path(&first)).await.expect(200);
    let second = app.create_widget("card").await;
    assert_ne!(first, second);
    assert_eq!(app.get(&widget_path(&second)).await.data()["version"], 1);
}

#[tokio::test]
async fn a_widget_in_use_by_three_peers_is_refused_as_in_the_reference() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for peer in ["peer_789", "peer_123", "peer_456"] {
        app.bind(peer, &id).await;
    }
    assert_snapshot!(app.delete(&widget_path(&id)).await, @r#"
    409
    {
      "success": false,
      "error": "Cannot delete widget",
      "code": "widget_in_use",
      "details": {
        "reason": "Widget is currently used by 3 peers",
        "peers": [
          "peer_123",
          "peer_456",
          "peer_789"
        ]
      }
    }
    "#);
    app.get(&widget_path(&id)).await.expect(200);
}

#[tokio::test]
async fn one_peer_is_enough_to_refuse_a_deletion() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let binding = app.bind_with("peer_1", &id, json!({"enabled": false})).await;
    let details = app.delete(&widget_path(&id)).await.expect(409).details();
    assert_eq!(details, json!({"reason": "Widget is currently used by 1 peer", "peers": ["peer_1"]}));
    app.delete(&binding_path("peer_1", &binding)).await.expect(200);
    app.delete(&widget_path(&id)).await.expect(200);
}

#[tokio::test]
async fn messages_of_a_deleted_widget_stay_readable() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let sent = app.send("conv_1", message("card")).await;
    app.delete(&widget_path(&id)).await.expect(200);
    app.create_widget("card").await;
    assert_eq!(app.messages("conv_1").await, [sent.data()]);
    assert_eq!(app.get(&message_path("conv_1", &sent.id())).await.expect(200).data(), sent.data());
}

#[tokio::test]
async fn if_match_guards_a_deletion() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = widget_path(&id);
    let stale = app.get(&path).await.header("etag").to_owned();
    let fresh = app.put(&path, json!({"name": "Other"})).await.expect(200);
    assert_eq!(app.delete(&path).header("if-match", &stale).await.expect(412).code(), "precondition_failed");
    app.delete(&path).header("if-match", "nonsense").await.expect(400);
    app.delete(&path).header("if-match", fresh.header("etag")).await.expect(200);
}

#[tokio::test]
async fn another_workspaces_widget_is_not_found_and_stays() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    assert_eq!(app.delete(&widget_path(&id)).role(Role::Stranger).await.expect(404).code(), "widget_not_found");
    app.get(&widget_path(&id)).await.expect(200);
}
