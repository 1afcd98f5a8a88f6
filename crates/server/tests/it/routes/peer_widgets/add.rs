use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn the_references_example_gets_exactly_its_documented_fields() {
    let app = spawn_app().await;
    let id = app.create_widget("sales-dashboard").await;
    let body = json!({
        "widgetId": id,
        "enabled": true,
        "config": {"defaultProps": {"theme": "dark"}, "allowCustomData": true},
    });
    assert_snapshot!(app.post(&peer_path("peer_123"), body).role(Role::Messenger).await, @r#"
    201
    location: /api/v1/peer/peer_123/widgets/peer_widget_…
    {
      "success": true,
      "data": {
        "id": "peer_widget_…",
        "peerId": "peer_123",
        "widgetId": "widget_…",
        "enabled": true,
        "config": {
          "defaultProps": {
            "theme": "dark"
          },
          "allowCustomData": true
        },
        "addedAt": "2025-10-20T10:00:00.000Z"
      }
    }
    "#);
}

#[tokio::test]
async fn location_is_the_path_of_the_binding() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let added = app.post(&peer_path("peer:1.a-B_2"), json!({"widgetId": id})).await.expect(201);
    assert_eq!(added.header("location"), binding_path("peer:1.a-B_2", &added.id()));
    assert_eq!(app.get(added.header("location")).await.expect(200).id(), added.id());
}

#[tokio::test]
async fn a_binding_needs_only_a_widget_and_is_enabled_with_an_empty_configuration() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let data = app.post(&peer_path("peer_1"), json!({"widgetId": id})).await.expect(201).data();
    assert_eq!((&data["enabled"], &data["config"]), (&json!(true), &json!({})));
}

#[tokio::test]
async fn an_own_widget_can_be_named_by_key() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let data = app.post(&peer_path("peer_1"), json!({"widgetKey": "card"})).await.expect(201).data();
    assert_eq!(data["widgetId"], id);
}

#[tokio::test]
async fn a_widget_is_bound_to_a_peer_only_once() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let first = app.bind("peer_1", &id).await;
    assert_snapshot!(app.post(&peer_path("peer_1"), json!({"widgetKey": "card"})).await, @r#"
    409
    {
      "success": false,
      "error": "The peer already has this widget",
      "code": "widget_already_bound"
    }
    "#);
    app.bind("peer_2", &id).await;
    app.delete(&binding_path("peer_1", &first)).await.expect(200);
    app.bind("peer_1", &id).await;
}

#[tokio::test]
async fn the_widget_is_named_in_exactly_one_way() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let errors = async |body| app.post(&peer_path("peer_1"), body).await.expect(400).errors();
    assert_eq!(errors(json!({})).await, ["widgetId: Required field 'widgetId' is missing"]);
    assert_eq!(
        errors(json!({"widgetId": id, "widgetKey": "card"})).await,
        ["widgetKey: Name the widget by 'widgetId' or by 'widgetKey', not by both",]
    );
}

#[tokio::test]
async fn an_unknown_widget_is_not_found() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for body in [
        json!({"widgetId": NO_WIDGET}),
        json!({"widgetId": "x"}),
        json!({"widgetId": ""}),
        json!({"widgetKey": "nothing"}),
    ] {
        assert_eq!(app.post(&peer_path("peer_1"), body).await.expect(404).code(), "widget_not_found");
    }
    for body in [json!({"widgetId": id}), json!({"widgetKey": "card"})] {
        app.post(&peer_path("peer_1"), body).role(Role::Stranger).await.expect(404);
    }
    app.delete(&widget_path(&id)).await.expect(200);
    app.post(&peer_path("peer_1"), json!({"widgetId": id})).await.expect(404);
}

#[tokio::test]
async fn each_field_refuses_a_value_of_another_type() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for (members, error) in [
        (json!({"widgetId": 1}), "widgetId: Expected string, received number"),
        (json!({"enabled": "true"}), "enabled: Expected boolean, received string"),
        (json!({"enabled": null}), "enabled: Expected boolean, received null"),
        (json!({"config": []}), "config: Expected object, received array"),
        (json!({"config": {"defaultProps": "dark"}}), "config.defaultProps: Expected object, received string"),
        (json!({"config": {"allowCustomData": 0}}), "config.allowCustomData: Expected boolean, received number"),
        (json!({"config": {"theme": "dark"}}), "config.theme: Unknown field"),
        (json!({"colour": 1}), "colour: Unknown field"),
        (json!({"peerId": "peer_1"}), "peerId: Unknown field"),
    ] {
        let body = with(json!({"widgetId": id}), members);
        assert_eq!(app.post(&peer_path("peer_1"), body).await.expect(400).errors(), [error]);
    }
    let key = app.post(&peer_path("peer_1"), json!({"widgetKey": "a\0"})).await.expect(400).errors();
    assert!(key[0].starts_with("widgetKey: Expected lower-case letters"), "{key:?}");
}

#[tokio::test]
async fn all_errors_are_reported_together() {
    let app = spawn_app().await;
    let body = json!({"enabled": 1, "config": {"defaultProps": 1, "allowCustomData": 1, "x": 1}, "y": 1});
    assert_eq!(
        app.post(&peer_path("peer_1"), body).await.expect(400).errors(),
        [
            "widgetId: Required field 'widgetId' is missing",
            "enabled: Expected boolean, received number",
            "config.allowCustomData: Expected boolean, received number",
            "config.defaultProps: Expected object, received number",
            "config.x: Unknown field",
            "y: Unknown field",
        ]
    );
}

#[tokio::test]
async fn default_props_are_returned_unchanged() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let props = "{ \"z\" : 1e2, \"a\":[12345678901234567890123, -0.0, 1.50],\"nul\":\"\\u0000\",\"\\u0061b\":null}";
    let body = format!("{{\"widgetId\":\"{id}\",\"config\":{{\"defaultProps\":{props}}}}}");
    let added = app.post(&peer_path("peer_1"), body).await.expect(201);
    assert!(added.text().contains(&format!("\"config\":{{\"defaultProps\":{props}}}")), "{}", added.text());
    assert!(app.get(&peer_path("peer_1")).await.text().contains(props));
}

#[tokio::test]
async fn default_props_may_be_as_large_and_as_deep_as_documented_and_no_more() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let add = async |peer: &str, props: &str| {
        let body = format!("{{\"widgetId\":\"{id}\",\"config\":{{\"defaultProps\":{props}}}}}");
        app.post(&peer_path(peer), body).await
    };
    let of_size = |bytes: usize| format!("{{\"x\":\"{}\"}}", "x".repeat(bytes - 8));
    let of_depth = |depth: usize| format!("{{\"x\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    add("largest", &of_size(320 * 1024)).await.expect(201);
    assert_eq!(
        add("larger", &of_size(320 * 1024 + 1)).await.expect(400).errors(),
        ["config.defaultProps: Default props are 327681 bytes long; at most 327680 are allowed",]
    );
    add("deepest", &of_depth(64)).await.expect(201);
    let errors = add("deeper", &of_depth(65)).await.expect(400).errors();
    assert!(
        errors[0].starts_with("config.defaultProps.x[0]") && errors[0].ends_with(": Nested deeper than 64 levels"),
        "{errors:?}"
    );
    for (props, message) in [
        (r#"{"a":{"b":1,"b":2}}"#, "config.defaultProps.a: Member 'b' appears twice"),
        (r#"{"a":1,"a":2}"#, "config.defaultProps: Member 'a' appears twice"),
    ] {
        assert_eq!(add("twice", props).await.expect(400).errors(), [message]);
    }
    let errors = add("number", r#"{"a":1e400}"#).await.expect(400).errors();
    assert!(errors[0].starts_with("config.defaultProps.a: Number out of range"), "{errors:?}");
}

#[tokio::test]
async fn default_data_that_will_be_rendered_must_fit_the_schema() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let config = |allow: bool, data| json!({"widgetId": id, "config": {"allowCustomData": allow, "defaultProps": {"data": data}}});
    let refused = app.post(&peer_path("peer_1"), config(false, json!({"title": 1}))).await.expect(400);
    assert_eq!(refused.code(), "invalid_request");
    assert_eq!(refused.errors(), ["config.defaultProps.data.title: Expected string, received number"]);
    let refused = app.post(&peer_path("peer_1"), config(false, json!({}))).await.expect(400);
    assert_eq!(refused.errors(), ["config.defaultProps.data: Required field 'title' is missing"]);
    let refused = app.post(&peer_path("peer_1"), config(false, json!("text"))).await.expect(400);
    assert_eq!(refused.errors(), ["config.defaultProps.data: Expected object, received string"]);
    app.post(&peer_path("peer_1"), config(false, json!({"title": "Hello"}))).await.expect(201);
    // If messages carry data, this is only a prop.
    app.post(&peer_path("peer_2"), config(true, json!({"title": 1}))).await.expect(201);
}

#[tokio::test]
async fn fixed_data_may_be_as_large_as_that_of_a_message_and_no_larger() {
    let app = spawn_app().await;
    let schema = json!({"type": "object"});
    let widget = app.create_widget_with("large", json!({"schema": schema})).await;
    let body = |length: usize| {
        let data = json!({"x": "y".repeat(length - 8)});
        json!({"widgetId": widget, "config": {"allowCustomData": false, "defaultProps": {"data": data}}})
    };
    let refused = app.post("/api/v1/peer/p/widgets", body(256 * 1024 + 1)).await.expect(400);
    let expected = "config.defaultProps.data: Data is 262145 bytes long; at most 262144 are allowed";
    assert_eq!(refused.errors(), [expected]);
    app.post("/api/v1/peer/p/widgets", body(256 * 1024)).await.expect(201);
}
