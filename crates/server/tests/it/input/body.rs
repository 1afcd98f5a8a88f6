use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

/// Every route that reads a body.
fn routes() -> impl Iterator<Item = Route> {
    ROUTES.into_iter().filter(Route::takes_body)
}

#[tokio::test]
async fn every_route_refuses_a_body_that_is_not_json() {
    let app = spawn_app().await;
    let bodies: [&[u8]; 20] = [
        b"",
        b" \r\n\t",
        b"{",
        b"{\"key\":",
        b"{\"key\":\"a\"",
        b"{\"key\":\"a\",}",
        b"{key:1}",
        b"{'key':1}",
        b"{} {}",
        b"{}x",
        b"NaN",
        b"{\"a\":01}",
        b"{\"a\":+1}",
        b"{\"a\":.5}",
        b"{\"a\":\"\x01\"}",
        b"{\"a\":\"\\x41\"}",
        b"// comment\n{}",
        b"\0",
        b"{\"a\":\"\xff\"}",
        b"\xff\xfe{\x00}\x00",
    ];
    for route in routes() {
        for body in bodies {
            let response = app.request(route.method, &route.path()).body(body.to_vec()).await;
            assert_eq!(
                (response.status, response.code().as_str()),
                (400, "invalid_json"),
                "{route:?} {body:?}: {response}"
            );
            assert_eq!(response.details()["errors"][0]["field"], "body");
        }
    }
    assert_snapshot!(app.post(WIDGETS, "{\n  \"key\": \"a\",\n}").await, @r#"
    400
    {
      "success": false,
      "error": "The request body is not valid JSON",
      "code": "invalid_json",
      "details": {
        "errors": [
          {
            "field": "body",
            "message": "key must be a string at line 3 column 1"
          }
        ]
      }
    }
    "#);
    assert_snapshot!(app.post(WIDGETS, "").await, @r#"
    400
    {
      "success": false,
      "error": "The request body is not valid JSON",
      "code": "invalid_json",
      "details": {
        "errors": [
          {
            "field": "body",
            "message": "Expected a JSON object, received nothing"
          }
        ]
      }
    }
    "#);
    assert_snapshot!(app.post(WIDGETS, b"{\"name\":\"\xc3\x28\"}".to_vec()).await, @r#"
    400
    {
      "success": false,
      "error": "The request body is not valid JSON",
      "code": "invalid_json",
      "details": {
        "errors": [
          {
            "field": "body",
            "message": "Not valid UTF-8 after byte 9"
          }
        ]
      }
    }
    "#);
}

#[tokio::test]
async fn a_byte_order_mark_is_not_json() {
    let app = spawn_app().await;
    let marked = format!("\u{feff}{}", widget("card"));
    let long = format!("\u{feff}{{\"key\":\"{}\"}}", "x".repeat(100_000));
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| marked.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
    for route in routes() {
        for (body, sentence) in [
            (marked.clone().into_bytes(), "Begins with a byte order mark (U+FEFF): send the JSON without it"),
            ("\u{feff}".into(), "Begins with a byte order mark (U+FEFF): send the JSON without it"),
            (long.clone().into_bytes(), "Begins with a byte order mark (U+FEFF): send the JSON without it"),
            (utf16(u16::to_le_bytes), "Encoded in UTF-16: send UTF-8"),
            (utf16(u16::to_be_bytes), "Encoded in UTF-16: send UTF-8"),
        ] {
            let response = app.request(route.method, &route.path()).body(body).await.expect(400);
            assert_eq!(response.code(), "invalid_json", "{route:?}");
            assert_eq!(response.errors(), [format!("body: {sentence}")], "{route:?}");
        }
    }
}

#[tokio::test]
async fn every_route_refuses_json_that_is_not_an_object() {
    let app = spawn_app().await;
    for route in routes() {
        for (body, kind) in [
            ("[]", "array"),
            ("null", "null"),
            ("true", "boolean"),
            ("1e2", "number"),
            ("\"{}\"", "string"),
            (" [{}] ", "array"),
        ] {
            let response = app.request(route.method, &route.path()).body(body).await.expect(400);
            assert_eq!(response.code(), "invalid_request", "{route:?} {body}");
            assert_eq!(response.errors(), [format!("body: Expected object, received {kind}")], "{route:?} {body}");
        }
    }
}

#[tokio::test]
async fn every_route_refuses_a_duplicate_member() {
    let app = spawn_app().await;
    for route in routes() {
        for body in [r#"{"key":"a","key":"b"}"#, r#"{"key":"a","name":"n","\u006bey":"a"}"#] {
            let response = app.request(route.method, &route.path()).body(body).await.expect(400);
            assert_eq!(response.errors(), ["key: Member 'key' appears twice"], "{route:?} {body}");
        }
    }
}

#[tokio::test]
async fn a_nested_duplicate_member_is_refused() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    let in_config = r#"{"widgetKey":"card","config":{"allowCustomData":true,"allowCustomData":false}}"#;
    assert_eq!(
        app.post(&peer_path("peer_1"), in_config).await.expect(400).errors(),
        ["config.allowCustomData: Member 'allowCustomData' appears twice",]
    );
}

#[tokio::test]
async fn no_depth_of_nesting_ends_a_thread() {
    let app = spawn_app().await;
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let (arrays, objects) = (deep("[", "]"), deep("{\"a\":", "}").replacen("}", "1}", 1));
    for route in routes() {
        for nested in [&arrays, &objects, &"[".repeat(1_000_000)] {
            app.request(route.method, &route.path()).body(nested).await.expect(400);
        }
    }
    for (path, member) in [
        (WIDGETS, "key"),
        (WIDGETS, "tags"),
        (WIDGETS, "schema"),
        (WIDGETS, "unknown"),
        (&peer_path("peer_1"), "config"),
        (&messages_path("conv_1"), "data"),
    ] {
        for nested in [&arrays, &objects] {
            app.post(path, format!("{{\"{member}\":{nested}}}")).await.expect(400);
        }
    }
    let body = format!("{{\"schema\":{objects},\"component\":{arrays}}}");
    assert_eq!(app.post(VALIDATE, body).await.expect(200).data()["valid"], false);
    app.get("/health/ready").await.expect(200);
}

#[tokio::test]
async fn many_or_long_members_are_refused_with_a_short_answer() {
    let app = spawn_app().await;
    let many: String = (0..60_000).map(|number| format!("\"m{number}\":1,")).collect();
    let response = app.post(WIDGETS, format!("{{{many}\"z\":1}}")).await.expect(400);
    assert_eq!(response.errors().len(), 50);
    // A name as long as a body is shortened in the answer.
    let long = "x".repeat(900_000);
    for body in [json!({long.as_str(): 1}).to_string(), format!("{{\"{long}\":1,\"{long}\":2}}")] {
        let response = app.post(WIDGETS, body).await;
        assert!([400, 413].contains(&response.status), "{}", response.status);
        assert!(response.bytes.len() < 10_000, "{} bytes", response.bytes.len());
    }
}

#[tokio::test]
async fn an_unexpected_query_is_ignored() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.get(&format!("{}?x=1&%zz&page=0", widget_path(&id))).await.expect(200);
}
