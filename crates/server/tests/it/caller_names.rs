//! Names that other systems have given to peers and conversations, through every route that has them.

use serde_json::json;

use crate::harness::*;

/// A name, and the segment of a path that it is.
fn names() -> Vec<(String, String)> {
    let named = |name: &str, segment: &str| (name.to_owned(), segment.to_owned());
    let (longest, segment) = ("\u{10ffff}".repeat(256), "%F4%8F%BF%BF".repeat(256));
    vec![
        named("19:abc_DEF@thread.tacv2", "19:abc_DEF%40thread.tacv2"),
        named("!room:server.example", "%21room:server.example"),
        named("@user:server.example", "%40user:server.example"),
        named("#room:server.example", "%23room:server.example"),
        named("a+b@example.com", "a%2Bb%40example.com"),
        named("+49 170 1234567", "%2B49%20170%201234567"),
        named("<CA+x=y/z@mail.example>", "%3CCA%2Bx%3Dy%2Fz%40mail.example%3E"),
        named("a/b?c#d", "a%2Fb%3Fc%23d"),
        named("a%2Fb", "a%252Fb"),
        named(" a ", "%20a%20"),
        named("/../", "%2F..%2F"),
        named("...", "..."),
        named("é", "%C3%A9"),
        named("e\u{301}", "e%CC%81"),
        named("\"}\u{2028}\u{202e}{${x}", "%22%7D%E2%80%A8%E2%80%AE%7B%24%7Bx%7D"),
        (longest, segment),
    ]
}

#[tokio::test]
async fn a_peer_is_found_by_the_name_that_it_was_given() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for (name, segment) in names() {
        let added = app.post(&peer_path(&segment), json!({"widgetId": id})).await.expect(201);
        assert_eq!(added.data()["peerId"], name);
        assert_eq!(added.header("location"), binding_path(&segment, &added.id()));
        let path = added.header("location");
        assert_eq!(app.get(path).await.expect(200).id(), added.id());
        assert_eq!(app.put(path, json!({"enabled": true})).await.expect(200).data()["peerId"], name);
        let listed = app.get(&peer_path(&segment)).await.expect(200).data();
        assert_eq!(listed["widgets"].as_array().unwrap().len(), 1, "{name}");
        assert_eq!(listed["widgets"][0]["id"], added.id());

        let sent = app.send("conv_1", with(message("card"), json!({"peerId": name}))).await;
        assert_eq!(sent.data()["peerId"], name);
        app.put(path, json!({"enabled": false})).await.expect(200);
        let refused = app.post(&messages_path("conv_1"), with(message("card"), json!({"peerId": name}))).await;
        assert_eq!(refused.expect(409).details()["peerId"], name);
    }
    let mut in_use: Vec<_> = names().into_iter().map(|(name, _)| name).collect();
    in_use.sort();
    assert_eq!(app.delete(&widget_path(&id)).await.expect(409).details()["peers"], json!(in_use));
    for (name, segment) in names() {
        let path = peer_path(&segment);
        let binding = app.get(&path).await.data()["widgets"][0]["id"].as_str().unwrap().to_owned();
        app.delete(&binding_path(&segment, &binding)).await.expect(200);
        assert_eq!(app.get(&path).await.data()["widgets"], json!([]), "{name}");
    }
}

#[tokio::test]
async fn a_conversation_is_found_by_the_name_that_it_was_given() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    for (row, (name, segment)) in names().into_iter().enumerate() {
        let mut sent = Vec::new();
        for n in 0..3 {
            let key = format!("{row}-{n}");
            let send = async |path: &str| app.post(path, message("card")).header("idempotency-key", &key).await;
            let first = send(&messages_path(&segment)).await.expect(201);
            if n == 0 {
                // The same address, with other characters escaped than before.
                let escaped: String = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
                let again = send(&messages_path(&escaped)).await.expect(201);
                assert_eq!((again.id(), again.header("idempotency-replayed")), (first.id(), "true"), "{name}");
            }
            assert_eq!(first.data()["conversationId"], name);
            assert_eq!(first.header("location"), message_path(&segment, &first.id()));
            assert_eq!(app.get(first.header("location")).await.expect(200).data(), first.data());
            assert_eq!(app.get(&render_path(&segment, &first.id())).await.expect(200).data()["messageId"], first.id());
            sent.push(first.id());
        }
        let page = app.get(&format!("{}?limit=2", messages_path(&segment))).await.expect(200).data();
        let cursor = page["nextCursor"].as_str().unwrap();
        let next = app.get(&format!("{}?cursor={cursor}", messages_path(&segment))).await.expect(200).data();
        let listed = page["messages"].as_array().unwrap().iter().chain(next["messages"].as_array().unwrap());
        assert!(listed.map(|message| &message["messageId"]).eq(&sent), "{name}");
    }
}

#[tokio::test]
async fn what_no_system_can_have_given_is_refused_with_the_reason() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let too_long = "%C3%A9".repeat(257);
    for (segment, reason) in [
        ("a%00b", "Must not contain control characters"),
        ("a%0D%0Aset-cookie:%20x", "Must not contain control characters"),
        ("%7F", "Must not contain control characters"),
        ("%C2%85", "Must not contain control characters"),
        ("%ff", "Not valid percent-encoded UTF-8: its bytes are not UTF-8; encode the name with encodeURIComponent"),
        (
            "%ED%A0%80",
            "Not valid percent-encoded UTF-8: its bytes are not UTF-8; encode the name with encodeURIComponent",
        ),
        (&too_long, "Expected at most 256 characters, received 257"),
    ] {
        let refused = app.post(&peer_path(segment), json!({"widgetId": id})).await.expect(400);
        assert_eq!(refused.errors(), [format!("peerId: {reason}")], "{segment}");
        let refused = app.post(&messages_path(segment), message("card")).await.expect(400);
        assert_eq!(refused.errors(), [format!("conversationId: {reason}")], "{segment}");
    }
}
