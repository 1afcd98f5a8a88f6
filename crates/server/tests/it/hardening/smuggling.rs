//! Requests that two servers in a chain may parse differently: refused, and the connection closed, so that no part of them
//! is read as another client's request.

use crate::harness::*;

/// The bytes after the ambiguous request on the same connection: they must never be answered.
const SMUGGLED: &str = "GET /health/live HTTP/1.1\r\nHost: a\r\nX-Request-Id: smuggled\r\n\r\n";

/// The response up to the close, as text.
fn exchange(app: &TestApp, request: &[u8]) -> String {
    let mut connection = app.connect();
    let _ = connection.write(request);
    connection.read_to_end()
}

#[tokio::test]
async fn an_ambiguous_request_is_refused_and_the_connection_closed() {
    let app = spawn_app().await;
    let post = "POST /api/v1/widget HTTP/1.1\r\nHost: a\r\n";
    for ambiguous in [
        // Two lengths.
        format!("{post}Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        format!("{post}Content-Length: 0\r\nContent-Length: 5\r\n\r\n"),
        format!("{post}Content-Length: 0\r\nContent-Length: 0\r\n\r\n"),
        format!("{post}Content-Length: 0, 0\r\n\r\n"),
        // Invalid lengths.
        format!("{post}Content-Length: -1\r\n\r\n"),
        format!("{post}Content-Length: +0\r\n\r\n"),
        format!("{post}Content-Length: 0x0\r\n\r\n"),
        format!("{post}Content-Length: 1e1\r\n\r\n"),
        format!("{post}Content-Length: 18446744073709551616\r\n\r\n"),
        format!("{post}Content-Length: \r\n\r\n"),
        // Invalid or disguised encodings.
        format!("{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: identity\r\n\r\n"),
        format!("{post}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        format!("{post}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n"),
        "POST /api/v1/widget HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(),
        // Fields that end where they should not.
        format!("{post}Content-Length : 0\r\n\r\n"),
        format!("{post}X: a\r\n b\r\n\r\n"),
        format!("{post}X: a\r\n\tTransfer-Encoding: chunked\r\n\r\n"),
        format!("{post} X: a\r\n\r\n"),
        format!("{post}X\r\n\r\n"),
        format!("{post}: a\r\n\r\n"),
        format!("{post}X: a\rb\r\n\r\n"),
        format!("{post}X: a\0b\r\n\r\n"),
        // No host, or two.
        "GET /health/live HTTP/1.1\r\n\r\n".to_owned(),
        "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".to_owned(),
        // Invalid lines.
        "GET /health/live HTTP/1.1 \r\nHost: a\r\n\r\n".to_owned(),
        "GET  /health/live HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
        "GET /health/live\r\nHost: a\r\n\r\n".to_owned(),
        "GET /health/live HTTP/1.1\rHost: a\r\n\r\n".to_owned(),
    ] {
        let answer = exchange(&app, format!("{ambiguous}{SMUGGLED}").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400 "), "{ambiguous:?}: {answer}");
        assert!(answer.contains("connection: close"), "{ambiguous:?}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{ambiguous:?}: {answer}");
        assert!(!answer.contains("smuggled"), "{ambiguous:?}: {answer}");
    }
    app.get("/health/ready").await.expect(200);
}

#[tokio::test]
async fn a_body_in_broken_chunks_is_refused_and_the_connection_closed() {
    let app = spawn_app().await;
    for chunks in [
        "zz\r\n{}\r\n0\r\n\r\n",
        "-1\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "+2\r\n{}\r\n0\r\n\r\n",
        "2 2\r\n{}\r\n0\r\n\r\n",
        "fffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}x0\r\n\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "2;a\n{}\r\n0\r\n\r\n",
        "\r\n{}\r\n0\r\n\r\n",
    ] {
        let head = app.head("POST", WIDGETS, "Transfer-Encoding: chunked\r\n\r\n");
        let answer = exchange(&app, format!("{head}{chunks}{SMUGGLED}").as_bytes());
        // The parser may close before the handler answers.
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{chunks:?}: {answer}");
        assert!(!answer.contains("smuggled"), "{chunks:?}: {answer}");
        assert!(answer.matches("\"success\":").count() <= 1, "{chunks:?}: {answer}");
    }
    // The largest possible size, and a body that never arrives.
    let mut connection = app.connect();
    connection.write(app.head("POST", WIDGETS, "Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n{")).unwrap();
    connection.finish_writing();
    assert_eq!(connection.read().failure(400), "invalid_json");
    app.get("/health/ready").await.expect(200);
}

#[tokio::test]
async fn an_unusual_but_unambiguous_request_is_accepted() {
    let app = spawn_app().await;
    let body = widget("card").to_string();
    let length = body.len();
    for (request, status) in [
        // Extensions and trailers of chunks mean nothing.
        (app.head("POST", WIDGETS, &format!("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{length:x};a=b;c=\"d\"\r\n{body}\r\n0\r\nX: y\r\n\r\n")), 201),
        // Lines that end in LF alone are those of many clients (RFC 9112, 2.2), and end nowhere else.
        ("GET /health/live HTTP/1.1\nHost: a\nConnection: close\n\n".to_owned(), 200),
        ("\r\nGET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".to_owned(), 200),
        ("GET http://a/health/live HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n".to_owned(), 200),
        ("GET /health/live HTTP/1.0\r\n\r\n".to_owned(), 200),
    ] {
        let answer = exchange(&app, request.as_bytes());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")) || answer.starts_with(&format!("HTTP/1.0 {status} ")), "{request:?}: {answer}");
        assert_eq!(answer.matches("\"success\":").count(), 1, "{request:?}: {answer}");
    }
}
