use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn a_binding_is_shown_as_in_the_list() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let binding = app.bind_with("peer_1", &id, json!({"config": {"defaultProps": {"theme": "dark"}}})).await;
    let shown = app.get(&binding_path("peer_1", &binding)).role(Role::Messenger).await.expect(200);
    assert_eq!(shown.data(), app.get(&peer_path("peer_1")).await.data()["widgets"][0]);
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let binding = app.bind("peer_1", &id).await;
    let not_found = app.get(&binding_path("peer_1", "peer_widget_01h455vb4pex5vsknk084sn02q")).await;
    assert_snapshot!(not_found, @r#"
    404
    {
      "success": false,
      "error": "Peer widget not found",
      "code": "peer_widget_not_found"
    }
    "#);
    for (peer, id, role) in [
        ("peer_2", binding.as_str(), Role::Owner),
        ("peer_1", binding.as_str(), Role::Stranger),
        ("peer_1", "x", Role::Owner),
        ("peer_1", id.as_str(), Role::Owner),
        ("peer_1", "%ff", Role::Owner),
    ] {
        let response = app.get(&binding_path(peer, id)).role(role).await.expect(404);
        assert_eq!(response.json(), not_found.json(), "{peer} {id}");
    }
}
