use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn the_answer_has_all_that_a_browser_needs() {
    let app = spawn_app().await;
    app.post(WIDGETS, sales_dashboard()).await.expect(201);
    let id = app.send("conv_1", sales_message()).await.id();
    let response = app.get(&render_path("conv_1", &id)).role(Role::Messenger).await.expect(200);
    let payload = response.data();
    assert_eq!((&payload["messageId"], &payload["data"]), (&json!(id), &sales_message()["data"]));
    assert_eq!((&payload["title"], &payload["props"]), (&json!("Sales Dashboard"), &json!({})));
    assert_eq!((&payload["widgetKey"], &payload["version"]), (&json!("sales-dashboard"), &json!(1)));
    assert_eq!(payload["text"], sales_message()["text"]);
    let module = payload["module"].as_str().unwrap();
    let digest = module.strip_prefix("/assets/widget/").and_then(|name| name.strip_suffix(".js")).unwrap();
    assert!(digest.len() == 64 && app.module(&payload).await.contains("Revenue: $"), "{module}");
    let members = ["messageId", "widgetId", "widgetKey", "version", "module", "data", "props", "text", "title"];
    let (_, text) = response.text().split_once("\"data\":").unwrap();
    let places = members.map(|member| text.find(&format!("\"{member}\":")).unwrap());
    assert!(places.is_sorted(), "{response}");
}

#[tokio::test]
async fn data_is_returned_byte_for_byte_and_the_title_is_the_schemas() {
    let app = spawn_app().await;
    let schema = json!({"type": "object", "title": "Sales of the \"quarter\""});
    app.create_widget_with("card", json!({"schema": schema})).await;
    let data = r#"{"z":1e2,"a":[1.0,  {"é":"\u0000"}]}"#;
    let id = app.send("c", format!(r#"{{"type":"widget","widgetKey":"card","data":{data}}}"#)).await.id();
    let response = app.get(&render_path("c", &id)).await.expect(200);
    assert!(response.text().contains(&format!("\"data\":{data},")), "{response}");
    assert_eq!(response.data()["title"], "Sales of the \"quarter\"");
    assert_eq!(response.data()["text"], json!(null));
}

#[tokio::test]
async fn props_are_the_current_ones_of_the_peer_without_its_data() {
    let app = spawn_app().await;
    let widget = app.create_widget("card").await;
    let props = r#"{"tone":"calm","data":{"title":"never"},"n":1e2}"#;
    let binding = format!(r#"{{"widgetId":"{widget}","config":{{"defaultProps":{props}}}}}"#);
    let binding = app.post(&peer_path("peer_1"), binding).await.expect(201).id();
    let id = app.send("c", with(message("card"), json!({"peerId": "peer_1"}))).await.id();
    let other = app.send("c", message("card")).await.id();
    let response = app.get(&render_path("c", &id)).await.expect(200);
    assert!(response.text().contains(r#""props":{"tone":"calm","n":1e2}"#), "{response}");
    assert_eq!(response.data()["data"], json!({"title": "Hello"}));
    assert_eq!(app.render("c", &other).await["props"], json!({}), "no peer was named");

    let path = binding_path("peer_1", &binding);
    app.put(&path, json!({"enabled": false, "config": {"defaultProps": {"tone": "loud"}}})).await.expect(200);
    assert_eq!(app.render("c", &id).await["props"], json!({"tone": "loud"}));
    app.delete(&path).await.expect(200);
    assert_eq!(app.render("c", &id).await["props"], json!({}));
}

#[tokio::test]
async fn a_message_without_data_renders_with_the_bindings_data() {
    let app = spawn_app().await;
    let widget = app.create_widget("card").await;
    let config = json!({"defaultProps": {"data": {"title": "Bound"}, "tone": "calm"}, "allowCustomData": false});
    app.bind_with("peer_1", &widget, json!({"config": config})).await;
    let message = json!({"type": "widget", "widgetKey": "card", "peerId": "peer_1"});
    let id = app.send("c", message).await.id();
    let payload = app.render("c", &id).await;
    assert_eq!((&payload["data"], &payload["props"]), (&json!({"title": "Bound"}), &json!({"tone": "calm"})));
}

#[tokio::test]
async fn a_message_that_cannot_be_read_cannot_be_rendered() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    let id = app.send("c", message("card")).await.id();
    for (conversation, id, role) in [
        ("other", &*id, Role::Owner),
        ("c", &*id, Role::Stranger),
        ("c", "msg_01h455vb4pex5vsknk084sn02q", Role::Owner),
        ("c", "x", Role::Owner),
    ] {
        let response = app.get(&render_path(conversation, id)).role(role).await.expect(404);
        assert_eq!(response.code(), "message_not_found");
    }
    assert_eq!(app.get(&render_path("c", &id)).role(Role::Reader).await.expect(403).code(), "forbidden");
}
