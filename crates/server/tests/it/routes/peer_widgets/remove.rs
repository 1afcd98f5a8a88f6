use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn a_removed_widget_is_not_found_and_cannot_be_removed_again() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = binding_path("peer_1", &app.bind("peer_1", &id).await);
    assert_snapshot!(app.delete(&path).role(Role::Messenger).await, @r#"
    200
    {
      "success": true,
      "message": "Widget removed from peer successfully"
    }
    "#);
    for response in [app.delete(&path).await, app.get(&path).await, app.put(&path, json!({"enabled": true})).await] {
        assert_eq!(response.expect(404).code(), "peer_widget_not_found");
    }
    assert_eq!(app.get(&peer_path("peer_1")).await.data()["widgets"], json!([]));
}

#[tokio::test]
async fn another_peers_or_workspaces_binding_is_not_found_and_stays() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let binding = app.bind("peer_1", &id).await;
    app.delete(&binding_path("peer_2", &binding)).await.expect(404);
    app.delete(&binding_path("peer_1", &binding)).role(Role::Stranger).await.expect(404);
    app.get(&binding_path("peer_1", &binding)).await.expect(200);
}

#[tokio::test]
async fn messages_sent_for_the_peer_stay() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let binding = app.bind("peer_1", &id).await;
    let sent = app.send("conv_1", with(message("card"), json!({"peerId": "peer_1"}))).await;
    app.delete(&binding_path("peer_1", &binding)).await.expect(200);
    assert_eq!(app.messages("conv_1").await, [sent.data()]);
}
