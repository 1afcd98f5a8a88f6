//! Messages for a peer whose binding has `allowCustomData: false`.

use serde_json::{Value, json};

use crate::harness::*;

/// A widget bound to `peer_1` without custom data.
async fn bound(app: &TestApp, default_props: Value) -> String {
    let id = app.create_widget("card").await;
    let config = json!({"config": {"allowCustomData": false, "defaultProps": default_props}});
    binding_path("peer_1", &app.bind_with("peer_1", &id, config).await)
}

fn for_peer() -> Value {
    without(with(message("card"), json!({"peerId": "peer_1"})), "data")
}

#[tokio::test]
async fn the_bindings_data_is_sent_digit_for_digit() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let data = "{\"title\" : \"x\", \"b\":1e2,\"a\":12345678901234567890123}";
    let body = format!(
        r#"{{"widgetId":"{id}","config":{{"allowCustomData":false,"defaultProps":{{"data":{data},"theme":"dark"}}}}}}"#
    );
    app.post(&peer_path("peer_1"), body).await.expect(201);
    let sent = app.send("conv_1", for_peer()).await;
    assert!(sent.text().contains(&format!("\"data\":{data},\"text\"")), "{}", sent.text());
    assert!(app.get(&messages_path("conv_1")).await.text().contains(data));
}

#[tokio::test]
async fn a_message_with_data_is_refused() {
    let app = spawn_app().await;
    bound(&app, json!({"data": {"title": "Fixed"}})).await;
    for data in [json!({"title": "Mine"}), json!({"title": "Fixed"}), json!({})] {
        let refused = app.post(&messages_path("conv_1"), with(for_peer(), json!({"data": data}))).await.expect(400);
        assert_eq!(refused.errors(), ["data: Must be absent: the peer's widget allows no custom data"]);
    }
}

#[tokio::test]
async fn without_default_data_sending_is_refused_until_it_is_set() {
    let app = spawn_app().await;
    let binding = bound(&app, json!({"theme": "dark"})).await;
    let refused = app.post(&messages_path("conv_1"), for_peer()).await.expect(400);
    assert_eq!(
        refused.errors(),
        ["data: The peer's widget allows no custom data, and its config.defaultProps has no 'data'",]
    );
    app.put(&binding, json!({"config": {"defaultProps": {"data": {"title": "Now"}}}})).await.expect(200);
    assert_eq!(app.send("conv_1", for_peer()).await.data()["data"], json!({"title": "Now"}));
}

#[tokio::test]
async fn the_setting_applies_to_that_peer_only() {
    let app = spawn_app().await;
    bound(&app, json!({"data": {"title": "Fixed"}})).await;
    assert_eq!(app.send("conv_1", message("card")).await.data()["data"], json!({"title": "Hello"}));
    app.post(&peer_path("peer_2"), json!({"widgetKey": "card"})).await.expect(201);
    let sent = app.send("conv_1", with(message("card"), json!({"peerId": "peer_2"}))).await;
    assert_eq!(sent.data()["data"], json!({"title": "Hello"}));
}

#[tokio::test]
async fn a_message_keeps_the_data_it_was_sent_with() {
    let app = spawn_app().await;
    let binding = bound(&app, json!({"data": {"title": "Then"}})).await;
    app.send("conv_1", for_peer()).await;
    app.put(&binding, json!({"config": {"defaultProps": {"data": {"title": "Now"}}}})).await.expect(200);
    assert_eq!(app.messages("conv_1").await[0]["data"], json!({"title": "Then"}));
}

#[tokio::test]
async fn default_data_that_no_longer_fits_is_refused_when_it_is_sent() {
    let app = spawn_app().await;
    bound(&app, json!({"data": {"title": "Fixed"}})).await;
    let id = app.get(WIDGETS).await.data()["widgets"][0]["id"].as_str().unwrap().to_owned();
    app.put(&widget_path(&id), json!({"schema": {"type": "object", "required": ["other"]}})).await.expect(200);
    let refused = app.post(&messages_path("conv_1"), for_peer()).await.expect(400);
    assert_eq!(
        (refused.code().as_str(), refused.errors()),
        ("widget_data_validation_failed", vec!["data: Required field 'other' is missing".to_owned()])
    );
}
