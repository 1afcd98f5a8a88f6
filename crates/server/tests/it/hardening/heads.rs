//! Limits on the head of a request.

use crate::harness::*;

/// A head by the owner for a list, with these header lines.
fn list(app: &TestApp, headers: &str) -> String {
    app.head("GET", WIDGETS, &format!("{headers}Connection: close\r\n\r\n"))
}

#[tokio::test]
async fn a_request_line_over_32_kib_is_refused() {
    let app = spawn_app().await;
    for (bytes, status) in [(8_000, 400), (30_000, 400), (60_000, 414), (1_000_000, 414)] {
        let mut connection = app.connect();
        let _ = connection.write(app.head("GET", &peer_path(&"x".repeat(bytes)), "Connection: close\r\n\r\n"));
        let response = connection.read();
        assert_eq!((response.status, response.header("connection")), (status, "close"), "{bytes} bytes");
        if status == 400 {
            assert_eq!(response.failure(400), "invalid_request");
        }
    }
}

#[tokio::test]
async fn more_than_96_headers_or_32_kib_are_refused() {
    let app = spawn_app().await;
    let many = |number: usize| (0..number).map(|number| format!("X-{number}: y\r\n")).collect::<String>();
    let long = |bytes: usize| format!("X: {}\r\n", "y".repeat(bytes));
    for (headers, status) in [
        (many(90), 200),
        (many(100), 431),
        (many(5_000), 431),
        (long(30_000), 200),
        (long(60_000), 431),
        (long(1_000_000), 431),
    ] {
        let mut connection = app.connect();
        let _ = connection.write(list(&app, &headers));
        let response = connection.read();
        assert_eq!((response.status, response.header("connection")), (status, "close"), "{} bytes", headers.len());
    }
    app.get("/health/ready").await.expect(200);
}

#[tokio::test]
async fn many_pipelined_requests_are_all_answered_in_order() {
    let app = spawn_app().await;
    let mut connection = app.connect();
    let requests: String =
        (0..2_000).map(|n| format!("GET /n{n} HTTP/1.1\r\nHost: a\r\nX-Request-Id: id-{n}\r\n\r\n")).collect();
    let mut writer = connection.try_clone();
    let sent = std::thread::spawn(move || writer.write(requests));
    for number in 0..2_000 {
        let response = connection.read();
        assert_eq!((response.status, response.header("x-request-id")), (404, format!("id-{number}").as_str()));
    }
    sent.join().unwrap().unwrap();
}
