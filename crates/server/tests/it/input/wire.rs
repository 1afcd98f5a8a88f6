//! Bytes that are not HTTP, or only a part of a request.

use crate::harness::*;

#[tokio::test]
async fn bytes_that_are_not_http_get_a_400_or_a_closed_connection() {
    let app = spawn_app().await;
    for bytes in [
        &b"\0\0\0\0\r\n\r\n"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"get nothing\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost widgetd\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"POST /api/v1/widget HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/v1/widget HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut connection = app.connect();
        let _ = connection.write(bytes);
        connection.finish_writing();
        if let Ok(response) = connection.try_read() {
            assert!((400..500).contains(&response.status), "{:?}: {}", String::from_utf8_lossy(bytes), response.status);
        }
    }
    app.get("/health/ready").await.expect(200);
}

#[tokio::test]
async fn a_body_that_ends_early_creates_nothing() {
    let app = spawn_app().await;
    let body = widget("card").to_string();
    for how in [
        format!("Content-Length: {}\r\n\r\n{body}", body.len() + 1),
        format!("Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}", body.len()),
    ] {
        let mut connection = app.connect();
        connection.write(app.head("POST", WIDGETS, &how)).unwrap();
        connection.finish_writing();
        if let Ok(response) = connection.try_read() {
            assert_eq!(response.failure(400), "invalid_json");
        }
    }
    assert_eq!(app.get(WIDGETS).await.data()["pagination"]["total"], 0);
}

#[tokio::test]
async fn invalid_chunks_are_refused() {
    let app = spawn_app().await;
    let mut connection = app.connect();
    connection.write(app.head("POST", WIDGETS, "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")).unwrap();
    if let Ok(response) = connection.try_read() {
        assert_eq!(response.failure(400), "invalid_json");
    }
    app.get("/health/ready").await.expect(200);
}

#[tokio::test]
async fn requests_on_one_connection_are_answered_in_order() {
    let app = spawn_app().await;
    let mut connection = app.connect();
    let request = |target: &str| app.head("GET", target, "\r\n");
    connection.write([request("/health/live"), request("/nothing"), request(WIDGETS)].concat()).unwrap();
    assert_eq!(connection.read().status, 200);
    assert_eq!(connection.read().failure(404), "route_not_found");
    assert_eq!(connection.read().json()["data"]["pagination"]["total"], 0);
}

#[tokio::test]
async fn a_refused_body_is_not_read_as_the_next_request() {
    let app = spawn_app().await;
    let smuggled = app.head("DELETE", "/api/v1/widget/x", "\r\n");
    let mut connection = app.connect();
    let head = format!("POST {WIDGETS} HTTP/1.1\r\nHost: widgetd\r\nContent-Length: {}\r\n\r\n", smuggled.len());
    connection.write(format!("{head}{smuggled}")).unwrap();
    assert_eq!(connection.read().failure(401), "unauthorized");
    assert!(connection.try_read().is_err(), "the body was taken for a request");
}

#[tokio::test]
async fn a_client_that_expects_100_continue_receives_it() {
    let app = spawn_app().await;
    let body = widget("card").to_string();
    let mut connection = app.connect();
    connection
        .write(app.head("POST", WIDGETS, &format!("Expect: 100-continue\r\nContent-Length: {}\r\n\r\n", body.len())))
        .unwrap();
    assert_eq!(connection.read().status, 100);
    connection.write(body).unwrap();
    assert_eq!(connection.read().status, 201);
}
