use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn the_references_example_gets_exactly_its_documented_fields() {
    let app = spawn_app().await;
    app.post(WIDGETS, sales_dashboard()).await.expect(201);
    app.clock.advance(3_600);
    let sent = app.post(&messages_path("conv_789"), sales_message()).role(Role::Messenger).await;
    assert_snapshot!(sent, @r#"
    201
    location: /api/v1/conversation/conv_789/message/msg_…
    {
      "success": true,
      "data": {
        "messageId": "msg_…",
        "conversationId": "conv_789",
        "type": "widget",
        "widgetKey": "sales-dashboard",
        "widgetId": "widget_…",
        "widgetVersion": 1,
        "data": {
          "deals": [
            {
              "id": "deal_1",
              "status": "closed-won",
              "value": 25000
            },
            {
              "id": "deal_2",
              "status": "negotiation",
              "value": 50000
            }
          ],
          "revenue": 125000
        },
        "text": "Here's your sales dashboard for this quarter.",
        "timestamp": "2025-10-20T11:00:00.000Z"
      }
    }
    "#);
}

#[tokio::test]
async fn location_is_the_path_of_the_message() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    let sent = app.send("conv:1.a-B_2", message("card")).await;
    assert_eq!(sent.header("location"), message_path("conv:1.a-B_2", &sent.id()));
    assert_eq!(app.get(sent.header("location")).await.expect(200).data(), sent.data());
}

#[tokio::test]
async fn text_and_peer_are_optional_and_null_counts_as_absent() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.bind("peer_1", &id).await;
    for members in [json!({}), json!({"text": null, "peerId": null})] {
        let data = app.send("conv_1", with(message("card"), members)).await.data();
        assert_eq!(data["text"], json!(null));
        assert!(data.get("peerId").is_none());
    }
    let data = app.send("conv_1", with(message("card"), json!({"text": "", "peerId": "peer_1"}))).await.data();
    assert_eq!((&data["text"], &data["peerId"]), (&json!(""), &json!("peer_1")));
}

#[tokio::test]
async fn data_that_does_not_fit_is_refused_as_in_the_reference() {
    let app = spawn_app().await;
    app.post(WIDGETS, sales_dashboard()).await.expect(201);
    let mut sent = sales_message();
    sent["data"]["revenue"] = json!("125000");
    assert_snapshot!(app.post(&messages_path("conv_1"), &sent).await, @r#"
    400
    {
      "success": false,
      "error": "Widget data validation failed",
      "code": "widget_data_validation_failed",
      "details": {
        "widgetKey": "sales-dashboard",
        "errors": [
          {
            "field": "data.revenue",
            "message": "Expected number, received string"
          }
        ]
      }
    }
    "#);
    sent["data"] = json!({"deals": [{"id": "deal_1"}, {"value": "much"}]});
    let details = app.post(&messages_path("conv_1"), &sent).await.expect(400).details();
    assert_eq!(
        details["errors"],
        json!([
            {"field": "data", "message": "Required field 'revenue' is missing"},
            {"field": "data.deals[1].value", "message": "Expected number, received string"},
        ])
    );
    assert!(app.messages("conv_1").await.is_empty());
}

#[tokio::test]
async fn at_most_fifty_errors_of_data_are_listed() {
    let app = spawn_app().await;
    app.post(WIDGETS, sales_dashboard()).await.expect(201);
    let mut sent = sales_message();
    sent["data"]["deals"] = json!(vec![json!({"id": 1}); 200]);
    let details = app.post(&messages_path("conv_1"), &sent).await.expect(400).details();
    assert_eq!(details["errors"].as_array().unwrap().len(), 50);
}

#[tokio::test]
async fn each_field_refuses_a_value_of_another_type() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    for (members, error) in [
        (json!({"type": "text"}), "type: Expected 'widget'"),
        (json!({"type": 1}), "type: Expected string, received number"),
        (json!({"widgetKey": null}), "widgetKey: Expected string, received null"),
        (json!({"data": []}), "data: Expected object, received array"),
        (json!({"data": null}), "data: Expected object, received null"),
        (json!({"text": 1}), "text: Expected string, received number"),
        (json!({"text": "a\0b"}), "text: Must not contain NUL characters"),
        (json!({"peerId": []}), "peerId: Expected string, received array"),
        (json!({"peerId": ""}), "peerId: Must not be empty"),
        (json!({"peerId": "a\0"}), "peerId: Must not contain control characters"),
        (json!({"peerId": "x".repeat(257)}), "peerId: Expected at most 256 characters, received 257"),
        (json!({"widgetId": NO_WIDGET}), "widgetId: Unknown field"),
        (json!({"messageId": "msg_1"}), "messageId: Unknown field"),
    ] {
        let body = with(message("card"), members);
        let refused = app.post(&messages_path("conv_1"), body).await.expect(400);
        assert_eq!((refused.code().as_str(), refused.errors()), ("invalid_request", vec![error.to_owned()]));
    }
    assert!(app.messages("conv_1").await.is_empty());
}

#[tokio::test]
async fn missing_fields_are_named() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    assert_eq!(
        app.post(&messages_path("conv_1"), "{}").await.expect(400).errors(),
        ["type: Required field 'type' is missing", "widgetKey: Required field 'widgetKey' is missing",]
    );
    let refused = app.post(&messages_path("conv_1"), without(message("card"), "data")).await.expect(400);
    assert_eq!(refused.errors(), ["data: Required field 'data' is missing"]);
}

#[tokio::test]
async fn an_unknown_widget_is_not_found() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    assert_eq!(app.post(&messages_path("conv_1"), message("nothing")).await.expect(404).code(), "widget_not_found");
    app.post(&messages_path("conv_1"), message("card")).role(Role::Stranger).await.expect(404);
}

#[tokio::test]
async fn a_peer_must_have_the_widget_enabled() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let for_peer = with(message("card"), json!({"peerId": "peer_1"}));
    assert_snapshot!(app.post(&messages_path("conv_1"), &for_peer).await, @r#"
    409
    {
      "success": false,
      "error": "The peer does not have this widget",
      "code": "peer_lacks_widget",
      "details": {
        "peerId": "peer_1"
      }
    }
    "#);
    let binding = binding_path("peer_1", &app.bind_with("peer_1", &id, json!({"enabled": false})).await);
    assert_snapshot!(app.post(&messages_path("conv_1"), &for_peer).await, @r#"
    409
    {
      "success": false,
      "error": "This widget is disabled for the peer",
      "code": "widget_disabled_for_peer",
      "details": {
        "peerId": "peer_1"
      }
    }
    "#);
    app.put(&binding, json!({"enabled": true})).await.expect(200);
    assert_eq!(app.send("conv_1", &for_peer).await.data()["peerId"], "peer_1");
    // Without a peer no binding is needed.
    app.put(&binding, json!({"enabled": false})).await.expect(200);
    app.send("conv_1", message("card")).await;
}

#[tokio::test]
async fn a_message_pins_the_version_it_was_checked_with() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let first = app.send("conv_1", message("card")).await;
    app.put(&widget_path(&id), json!({"schema": {"type": "object", "required": ["other"]}})).await.expect(200);
    app.post(&messages_path("conv_1"), message("card")).await.expect(400);
    let second = app.send("conv_1", with(message("card"), json!({"data": {"other": 1}}))).await;
    assert_eq!((&first.data()["widgetVersion"], &second.data()["widgetVersion"]), (&json!(1), &json!(2)));
    assert_eq!(app.messages("conv_1").await, [first.data(), second.data()]);
}

#[tokio::test]
async fn data_may_be_as_large_and_as_deep_as_documented_and_no_more() {
    let app = spawn_app().await;
    app.create_widget_with("any", json!({"schema": {"type": "object"}})).await;
    let send = async |data: &str| {
        app.post(&messages_path("conv_1"), format!(r#"{{"type":"widget","widgetKey":"any","data":{data}}}"#)).await
    };
    let of_size = |bytes: usize| format!("{{\"x\":\"{}\"}}", "x".repeat(bytes - 8));
    let of_depth = |depth: usize| format!("{{\"x\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    let largest = of_size(256 * 1024);
    assert!(send(&largest).await.expect(201).text().contains(&largest));
    assert_eq!(
        send(&of_size(256 * 1024 + 1)).await.expect(400).errors(),
        ["data: Data is 262145 bytes long; at most 262144 are allowed"]
    );
    send(&of_depth(64)).await.expect(201);
    for depth in [65, 100_000] {
        let errors = send(&of_depth(depth)).await.expect(400).errors();
        assert!(
            errors[0].starts_with("data.x[0][0]") && errors[0].ends_with(": Nested deeper than 64 levels"),
            "{errors:?}"
        );
    }
}

#[tokio::test]
async fn a_text_may_be_as_long_as_documented_and_no_longer() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    let longest = "é".repeat(100_000);
    let sent = app.send("conv_1", with(message("card"), json!({"text": longest}))).await;
    assert_eq!(sent.data()["text"], longest);
    let longer = with(message("card"), json!({"text": "é".repeat(100_001)}));
    assert_eq!(
        app.post(&messages_path("conv_1"), longer).await.expect(400).errors(),
        ["text: Expected at most 100000 characters, received 100001",]
    );
}

#[tokio::test]
async fn data_that_other_parsers_would_change_is_refused_with_its_path() {
    let app = spawn_app().await;
    app.create_widget_with("any", json!({"schema": {"type": "object"}})).await;
    for (data, error) in [
        (r#"{"a":1,"a":2}"#, "data: Member 'a' appears twice"),
        (r#"{"a":[{"b":1,"\u0062":2}]}"#, "data.a[0]: Member 'b' appears twice"),
        (r#"{"a":1e400}"#, "data.a: Number out of range"),
        (r#"{"a":"\ud800"}"#, "data.a: Not a valid string: a lone surrogate"),
        (r#"{"\udfff":1}"#, "data: Not a valid string: a lone surrogate"),
    ] {
        let body = format!(r#"{{"type":"widget","widgetKey":"any","data":{data}}}"#);
        let errors = app.post(&messages_path("conv_1"), body).await.expect(400).errors();
        assert!(errors.len() == 1 && errors[0].starts_with(error), "{data}: {errors:?}");
    }
}
