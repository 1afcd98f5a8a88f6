use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::*;

/// Sends numbered messages, some with the same timestamp.
async fn send_numbered(app: &TestApp, count: usize) {
    app.create_widget_with("any", json!({"schema": {"type": "object"}})).await;
    for number in 0..count {
        app.send("conv_1", json!({"type": "widget", "widgetKey": "any", "data": {"number": number}})).await;
        if number % 3 == 0 {
            app.clock.advance(1);
        }
    }
}

fn numbers(part: &Value) -> Vec<u64> {
    part["messages"].as_array().unwrap().iter().map(|message| message["data"]["number"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn a_conversation_is_shown_field_by_field() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.bind("peer_1", &id).await;
    app.send("conv_1", with(message("card"), json!({"peerId": "peer_1", "text": "Look"}))).await;
    assert_snapshot!(app.get(&messages_path("conv_1")).role(Role::Messenger).await, @r#"
    200
    {
      "success": true,
      "data": {
        "messages": [
          {
            "messageId": "msg_…",
            "conversationId": "conv_1",
            "type": "widget",
            "widgetKey": "card",
            "widgetId": "widget_…",
            "widgetVersion": 1,
            "peerId": "peer_1",
            "data": {
              "title": "Hello"
            },
            "text": "Look",
            "timestamp": "2025-10-20T10:00:00.000Z"
          }
        ],
        "nextCursor": null,
        "resumeCursor": "msg_…"
      }
    }
    "#);
}

#[tokio::test]
async fn a_conversation_without_messages_is_empty() {
    let app = spawn_app().await;
    let response = app.get(&messages_path("nobody")).await.expect(200);
    assert_eq!(response.text(), r#"{"success":true,"data":{"messages":[],"nextCursor":null,"resumeCursor":null}}"#);
}

#[tokio::test]
async fn the_oldest_come_first_and_pages_have_no_gap_or_overlap() {
    let app = spawn_app().await;
    send_numbered(&app, 7).await;
    for limit in 1..=8 {
        let (mut seen, mut query) = (Vec::new(), format!("?limit={limit}"));
        loop {
            let part = app.get(&format!("{}{query}", messages_path("conv_1"))).await.expect(200).data();
            assert!(part["messages"].as_array().unwrap().len() <= limit);
            seen.extend(numbers(&part));
            match part["nextCursor"].as_str() {
                Some(cursor) => query = format!("?limit={limit}&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6], "in parts of {limit}");
    }
}

#[tokio::test]
async fn a_cursor_continues_with_messages_sent_meanwhile() {
    let app = spawn_app().await;
    send_numbered(&app, 2).await;
    let part = app.get(&format!("{}?limit=1", messages_path("conv_1"))).await.data();
    let cursor = part["nextCursor"].as_str().unwrap();
    app.send("conv_1", json!({"type": "widget", "widgetKey": "any", "data": {"number": 2}})).await;
    let rest = app.get(&format!("{}?cursor={cursor}", messages_path("conv_1"))).await.data();
    assert_eq!((numbers(&rest), &rest["nextCursor"]), (vec![1, 2], &json!(null)));
}

/// Reads on from `cursor`. Returns the numbers and the next cursor.
async fn go_on(app: &TestApp, cursor: &Value) -> (Vec<u64>, Value) {
    let (mut seen, mut cursor) = (Vec::new(), cursor.clone());
    loop {
        let query = cursor.as_str().map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
        let part = app.get(&format!("{}?limit=2{query}", messages_path("conv_1"))).await.expect(200).data();
        seen.extend(numbers(&part));
        assert!(part["nextCursor"].is_null() || part["resumeCursor"].is_null(), "{part}");
        if part["nextCursor"].is_null() {
            return (seen, part["resumeCursor"].clone());
        }
        cursor = part["nextCursor"].clone();
    }
}

/// As with two processes whose clocks differ, or one of which commits slowly.
#[tokio::test]
async fn a_reader_misses_no_message_of_a_process_whose_ids_are_4_seconds_behind() {
    let [ahead, behind] = spawn_pair().await;
    behind.clock.advance(-4);
    ahead.create_widget_with("any", json!({"schema": {"type": "object"}})).await;
    let send = async |app: &TestApp, number: u64| {
        app.send("conv_1", json!({"type": "widget", "widgetKey": "any", "data": {"number": number}})).await;
    };
    let (mut seen, mut cursor) = (Vec::new(), Value::Null);
    for round in 0..5 {
        send(&ahead, 2 * round).await;
        let (numbers, resume) = go_on(&ahead, &cursor).await;
        seen.extend(numbers);
        // Its id is before that of the last message that was read.
        send(&behind, 2 * round + 1).await;
        cursor = resume;
        for app in [&ahead, &behind] {
            app.clock.advance(3);
        }
    }
    let (numbers, resume) = go_on(&behind, &cursor).await;
    seen.extend(numbers);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, (0..10).collect::<Vec<_>>());

    // Older messages are not read again, and an empty page returns the same cursor.
    for app in [&ahead, &behind] {
        app.clock.advance(60);
    }
    send(&ahead, 10).await;
    let (_, resume) = go_on(&ahead, &resume).await;
    let (numbers, again) = go_on(&ahead, &resume).await;
    assert_eq!((numbers, &again), (vec![10], &resume));
    ahead.clock.advance(3_600);
    let future = ahead.send("conv_2", json!({"type": "widget", "widgetKey": "any", "data": {}})).await.data();
    let (numbers, from_nothing) = go_on(&ahead, &future["messageId"]).await;
    assert_eq!(numbers, Vec::<u64>::new());
    assert_eq!(go_on(&ahead, &from_nothing).await, (vec![], from_nothing));
}

#[tokio::test]
async fn a_message_from_a_clock_a_day_ahead_hides_no_later_message() {
    let app = spawn_app().await;
    send_numbered(&app, 1).await;
    app.clock.advance(86_400);
    app.send("conv_1", json!({"type": "widget", "widgetKey": "any", "data": {"number": 1}})).await;
    app.clock.advance(-86_400);
    let (numbers, resume) = go_on(&app, &Value::Null).await;
    assert_eq!(numbers, [0, 1]);
    app.clock.advance(60);
    app.send("conv_1", json!({"type": "widget", "widgetKey": "any", "data": {"number": 2}})).await;
    assert!(go_on(&app, &resume).await.0.contains(&2));
}

#[tokio::test]
async fn a_page_has_50_messages_unless_a_limit_is_given() {
    let app = spawn_app().await;
    send_numbered(&app, 51).await;
    let part = app.get(&messages_path("conv_1")).await.data();
    assert_eq!(numbers(&part).len(), 50);
    assert_eq!(part["nextCursor"], part["messages"][49]["messageId"]);
    assert_eq!(numbers(&app.get(&format!("{}?limit=100", messages_path("conv_1"))).await.data()).len(), 51);
}

#[tokio::test]
async fn conversations_are_separate_even_with_one_name_in_two_workspaces() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    app.post(WIDGETS, widget("card")).role(Role::Stranger).await.expect(201);
    let ours = app.send("conv_1", message("card")).await.data();
    app.send("conv_2", message("card")).await;
    let theirs = app.post(&messages_path("conv_1"), message("card")).role(Role::Stranger).await.expect(201).data();
    assert_eq!(app.messages("conv_1").await, [ours]);
    let seen = app.get(&messages_path("conv_1")).role(Role::Stranger).await.data();
    assert_eq!(seen["messages"], json!([theirs]));
}

#[tokio::test]
async fn all_wrong_parameters_are_reported_together() {
    let app = spawn_app().await;
    let errors =
        async |query: &str| app.get(&format!("{}?{query}", messages_path("conv_1"))).await.expect(400).errors();
    assert_eq!(
        errors("limit=0&cursor=x&page=1").await,
        [
            "cursor: Expected the 'nextCursor' or 'resumeCursor' of an earlier answer",
            "limit: Expected a whole number from 1 to 100",
            "page: Unknown parameter",
        ]
    );
    for query in ["limit=101", "limit=abc", "limit=", "limit=-1"] {
        assert_eq!(errors(query).await, ["limit: Expected a whole number from 1 to 100"], "{query}");
    }
    for query in ["cursor=%00", &format!("cursor={NO_WIDGET}")] {
        assert_eq!(
            errors(query).await,
            ["cursor: Expected the 'nextCursor' or 'resumeCursor' of an earlier answer"],
            "{query}"
        );
    }
    assert_eq!(
        app.get(&messages_path("a%0Ab")).await.expect(400).errors(),
        ["conversationId: Must not contain control characters"]
    );
}
