//! A body may have up to 1 MiB. A longer one gets a 413, which reaches a client that is still sending.

use std::{thread, time::Duration};

use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

const LIMIT: usize = 1024 * 1024;

/// A JSON object of exactly this number of bytes, refused for its one member.
fn object(bytes: usize) -> String {
    let frame = r#"{"x":""}"#;
    frame.replace("\"\"", &format!("\"{}\"", "x".repeat(bytes - frame.len())))
}

/// Bytes as chunks of a chunked body, without the last one.
fn chunks(bytes: &[u8]) -> Vec<u8> {
    bytes
        .chunks(64 * 1024)
        .flat_map(|chunk| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())
        .collect()
}

#[track_caller]
fn assert_too_large(response: &RawResponse) {
    assert_eq!(response.failure(413), "body_too_large");
    assert_eq!(response.json()["details"], json!({"maxBytes": LIMIT}));
}

#[tokio::test]
async fn every_route_reads_a_body_of_the_maximum_size_and_refuses_one_byte_more() {
    let app = spawn_app().await;
    for route in ROUTES.into_iter().filter(Route::takes_body) {
        let send = async |bytes| app.request(route.method, &route.path()).body(object(bytes)).await;
        let errors = send(LIMIT).await.expect(400).errors();
        assert!(errors.contains(&"x: Unknown field".to_owned()), "{route:?}: {errors:?}");
        assert_eq!(send(LIMIT + 1).await.expect(413).code(), "body_too_large", "{route:?}");
    }
    assert_snapshot!(app.post(WIDGETS, object(LIMIT + 1)).await, @r#"
    413
    {
      "success": false,
      "error": "The request body is too large",
      "code": "body_too_large",
      "details": {
        "maxBytes": 1048576
      }
    }
    "#);
}

#[tokio::test]
async fn a_chunked_body_is_measured_while_it_arrives() {
    let app = spawn_app().await;
    for (bytes, status) in [(LIMIT, 400), (LIMIT + 1, 413)] {
        let mut connection = app.connect();
        connection.write(app.head("POST", WIDGETS, "Transfer-Encoding: chunked\r\n\r\n")).unwrap();
        connection.write(chunks(object(bytes).as_bytes())).unwrap();
        let _ = connection.write("0\r\n\r\n");
        assert_eq!(connection.read().status, status, "{bytes} bytes");
    }
}

#[tokio::test]
async fn an_announced_length_over_the_limit_is_refused_before_the_body_arrives() {
    let app = spawn_app().await;
    for length in ["1048577", "99999999999", "9223372036854775807"] {
        assert_too_large(&app.raw(app.head("POST", WIDGETS, &format!("Content-Length: {length}\r\n\r\n"))));
    }
}

#[tokio::test]
async fn a_client_that_continues_to_send_receives_the_answer() {
    let app = spawn_app().await;
    let body = vec![b'x'; 4 * LIMIT];
    for chunked in [false, true] {
        let mut connection = app.connect();
        let how =
            if chunked { "Transfer-Encoding: chunked".to_owned() } else { format!("Content-Length: {}", body.len()) };
        connection.write(app.head("POST", WIDGETS, &format!("{how}\r\n\r\n"))).unwrap();
        let sent = if chunked { chunks(&body) } else { body.clone() };
        for piece in sent.chunks(256 * 1024) {
            // Slowly, so that the answer is sent long before the last byte: a reset would lose it.
            thread::sleep(Duration::from_millis(5));
            connection.write(piece).expect("what is still sent is read and dropped");
        }
        assert_too_large(&connection.read());
    }
}

#[tokio::test]
async fn a_client_that_stops_halfway_receives_the_answer() {
    let app = spawn_app().await;
    let mut connection = app.connect();
    connection.write(app.head("POST", WIDGETS, &format!("Content-Length: {}\r\n\r\n", 4 * LIMIT))).unwrap();
    connection.write(vec![b'x'; 2 * LIMIT]).unwrap();
    assert_too_large(&connection.read());
    let mut connection = app.connect();
    connection.write(app.head("POST", WIDGETS, "Transfer-Encoding: chunked\r\n\r\n")).unwrap();
    connection.write(chunks(&vec![b'x'; 2 * LIMIT])).unwrap();
    assert_too_large(&connection.read());
}

#[tokio::test]
async fn a_client_that_is_still_sending_receives_the_refusal_of_its_key() {
    let app = spawn_app().await;
    let mut connection = app.connect();
    let head = format!("POST {WIDGETS} HTTP/1.1\r\nHost: widgetd\r\nContent-Type: application/json\r\n");
    connection.write(format!("{head}Content-Length: {}\r\n\r\n", 4 * LIMIT)).unwrap();
    for _ in 0..16 {
        thread::sleep(Duration::from_millis(5));
        connection.write(vec![b'x'; 256 * 1024]).expect("what is still sent is read and dropped");
    }
    assert_eq!(connection.read().failure(401), "unauthorized");
}

#[tokio::test]
async fn an_unexpected_body_is_not_read() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.get(&widget_path(&id)).body("not JSON").await.expect(200);
    app.delete(&widget_path(&id)).body("{\"x\":1}").header("content-type", "text/plain").await.expect(200);
}
