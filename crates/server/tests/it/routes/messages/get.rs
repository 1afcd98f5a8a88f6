use insta::assert_snapshot;

use crate::harness::*;

#[tokio::test]
async fn a_message_is_shown_as_it_was_sent() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    let sent = app.send("conv_1", message("card")).await;
    let shown = app.get(&message_path("conv_1", &sent.id())).role(Role::Messenger).await.expect(200);
    assert_eq!(shown.text(), sent.text());
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    let id = app.send("conv_1", message("card")).await.id();
    let not_found = app.get(&message_path("conv_1", "msg_01h455vb4pex5vsknk084sn02q")).await;
    assert_snapshot!(not_found, @r#"
    404
    {
      "success": false,
      "error": "Message not found",
      "code": "message_not_found"
    }
    "#);
    for (conversation, id, role) in [
        ("conv_2", id.as_str(), Role::Owner),
        ("conv_1", id.as_str(), Role::Stranger),
        ("conv_1", "msg_456", Role::Owner),
        ("conv_1", NO_WIDGET, Role::Owner),
        ("conv_1", "%00", Role::Owner),
    ] {
        let response = app.get(&message_path(conversation, id)).role(role).await.expect(404);
        assert_eq!(response.json(), not_found.json(), "{conversation} {id}");
    }
}
