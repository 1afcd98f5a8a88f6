//! JSON that parsers read differently: refused with its path, or stored unchanged, equally on both databases.

use serde_json::json;

use crate::harness::*;

/// Sends a document as data, as default props and as part of a schema; status and errors of each.
async fn everywhere(app: &TestApp, document: &str) -> [Response; 3] {
    let data = format!(r#"{{"type":"widget","widgetKey":"any","data":{document}}}"#);
    let props = format!(r#"{{"widgetKey":"any","config":{{"defaultProps":{document}}}}}"#);
    let schema = format!(r#"{{"type":"object","default":{document}}}"#);
    let name = "w".to_owned() + &app.get(WIDGETS).await.data()["pagination"]["total"].to_string();
    let component = serde_json::to_string(COMPONENT).unwrap();
    let create = format!(r#"{{"key":"{name}","name":"n","schema":{schema},"component":{component}}}"#);
    [
        app.post(&messages_path("conv_1"), data).await,
        app.post(&peer_path(&name), props).await,
        app.post(WIDGETS, create).await,
    ]
}

async fn app_with_any() -> TestApp {
    let app = spawn_app().await;
    app.create_widget_with("any", json!({"schema": {"type": "object"}})).await;
    app
}

#[tokio::test]
async fn json_that_cannot_be_stored_is_refused_with_its_path_in_every_document() {
    let app = app_with_any().await;
    let ten_to_400 = format!(r#"{{"a":{{"b":1{}}}}}"#, "0".repeat(400));
    for (document, message) in [
        (r#"{"a":{"b":1,"b":2}}"#, "appears twice"),
        (r#"{"a":{"b":1,"\u0062":2}}"#, "appears twice"),
        (r#"{"a":{"b":[{"c":1,"c":1}]}}"#, "appears twice"),
        (r#"{"a":{"":1,"":2}}"#, "appears twice"),
        (r#"{"a":{"\ud83d\ude00":1,"😀":2}}"#, "appears twice"),
        (r#"{"a":{"b":1e400}}"#, "out of range"),
        (r#"{"a":{"b":-1e400}}"#, "out of range"),
        (&ten_to_400, "out of range"),
        (r#"{"a":{"b":"\ud800"}}"#, "lone surrogate"),
        (r#"{"a":{"b":"\udc00\ud800"}}"#, "lone surrogate"),
        (r#"{"a":{"\udfff":1}}"#, "lone surrogate"),
    ] {
        for response in everywhere(&app, document).await {
            assert_eq!(response.status, 400, "{document}: {response}");
            let text = response.text();
            assert!(text.contains(message), "{document}: {response}");
            assert!([".a", ".b"].iter().any(|place| text.contains(place)), "{document} has no place: {response}");
        }
    }
}

#[tokio::test]
async fn json_that_can_be_stored_is_returned_unchanged() {
    let app = app_with_any().await;
    for document in [
        r#"{"n":[9007199254740993,-0,-0.0,1e-400,1E400000000000000000000e]}"#.replace(",1E400000000000000000000e", "").as_str(),
        // Composed and decomposed, compatibility forms, and invisible marks.
        "{\"é\":\"e\u{301}\",\"e\u{301}\":\"é\",\"ﬁ\":\"Å\u{212b}A\u{30a}\",\"x\u{200d}\":\"\u{202e}\"}",
        r#"{"nul":"a\u0000b","\u0000":"\u001b[2J"}"#,
    ] {
        let [sent, bound, created] = everywhere(&app, document).await;
        for response in [sent.expect(201), bound.expect(201), created.expect(201)] {
            assert!(response.text().contains(document), "{document}: {}", response.text());
        }
    }
    // Two names that look the same are different names.
    for (key, name) in [("composed", "é"), ("decomposed", "e\u{301}")] {
        let id = app.create_widget_with(key, json!({"name": name})).await;
        assert_eq!(app.get(&widget_path(&id)).await.data()["name"], name);
    }
}

#[tokio::test]
async fn anything_before_or_after_the_json_of_a_body_is_refused() {
    let app = spawn_app().await;
    let body = widget("card").to_string();
    for wrong in [
        format!("\u{feff}{body}"),
        format!("{body}{body}"),
        format!("{body},"),
        format!("{body}\0"),
        format!("{body}//"),
        format!("\u{a0}{body}"),
        format!(")]}}',\n{body}"),
    ] {
        assert_eq!(app.post(WIDGETS, &wrong).await.expect(400).code(), "invalid_json", "{wrong}");
    }
    for bytes in [&b"\xff"[..], b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82"] {
        let wrong = [&body.as_bytes()[..10], bytes, &body.as_bytes()[10..]].concat();
        assert_eq!(app.post(WIDGETS, wrong).await.expect(400).code(), "invalid_json");
    }
    app.post(WIDGETS, format!(" \r\n\t{body}\n")).await.expect(201);
}

#[tokio::test]
async fn a_compressed_body_is_refused_without_decompression_and_with_the_remedy() {
    let app = spawn_app().await;
    // A gzip of 1 MiB of zeros is about a kilobyte. The service does not decompress it.
    for (name, value) in
        [("content-encoding", "gzip"), ("content-encoding", "identity, gzip"), ("content-encoding", "br")]
    {
        let response = app.post(WIDGETS, vec![0x1f, 0x8b, 8, 0]).header(name, value).await.expect(415);
        assert_eq!(response.header("accept-encoding"), "identity", "{value}");
        assert_eq!(response.code(), "unsupported_media_type");
    }
    let twice = app.raw(app.head(
        "POST",
        WIDGETS,
        "Content-Encoding: identity\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    ));
    assert_eq!(twice.failure(415), "unsupported_media_type");
    let two_types = app.raw(app.head("POST", WIDGETS, "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"));
    assert_eq!(two_types.failure(415), "unsupported_media_type");
}
