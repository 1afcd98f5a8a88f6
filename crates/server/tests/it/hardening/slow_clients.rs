//! Slow clients: each part of an exchange has a deadline, after which its memory is released.

use std::{
    io::Read as _,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use http::Timeouts;
use serde_json::json;

use crate::harness::*;

/// A server whose timeouts are a fiftieth of the usual.
async fn impatient() -> TestApp {
    let timeouts = Timeouts {
        head: Duration::from_millis(200),
        idle: Duration::from_millis(1_500),
        body: Duration::from_millis(200),
        answer: Duration::from_millis(600),
    };
    let mut options = Options::default();
    options.http.timeouts = timeouts;
    spawn_with(options).await
}

/// Writes a byte every 20 ms until the server closes.
fn trickle(connection: &mut Connection, bytes: &[u8]) {
    for byte in bytes {
        if connection.write([*byte]).is_err() {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn a_slow_head_gets_a_408_on_the_first_request_and_on_later_ones() {
    let app = impatient().await;
    for requests_before in [0, 1, 3] {
        let mut connection = app.connect();
        for _ in 0..requests_before {
            connection.write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
            assert_eq!(connection.read().status, 200);
        }
        trickle(&mut connection, "GET /health/live HTTP/1.1\r\nX: ".repeat(2).as_bytes());
        let response = connection.read();
        assert_eq!((response.status, response.header("connection")), (408, "close"), "after {requests_before}");
        assert!(connection.try_read().is_err());
    }
}

#[tokio::test]
async fn a_head_that_began_with_the_previous_request_has_a_deadline_too() {
    let app = impatient().await;
    let mut connection = app.connect();
    connection.write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\nG").unwrap();
    assert_eq!(connection.read().status, 200);
    assert_eq!(connection.read_to_end(), "");
}

#[tokio::test]
async fn a_silent_connection_is_closed() {
    let app = impatient().await;
    assert_eq!(app.connect().read_to_end(), "");
    let mut connection = app.connect();
    connection.write("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    assert_eq!(connection.read().status, 200);
    assert_eq!(connection.read_to_end(), "");
}

#[tokio::test]
async fn a_body_that_is_too_slow_gets_a_408_and_the_connection_is_closed() {
    let app = impatient().await;
    for how in ["Content-Length: 1000", "Content-Length: 1000000", "Transfer-Encoding: chunked"] {
        let mut connection = app.connect();
        connection.write(app.head("POST", WIDGETS, &format!("{how}\r\n\r\n"))).unwrap();
        let bytes = if how.starts_with("Transfer") { "1\r\n{\r\n".repeat(20) } else { "{".repeat(100) };
        let mut reader = connection.try_clone();
        let answered = thread::spawn(move || (reader.read(), reader.read_to_end()));
        trickle(&mut connection, bytes.as_bytes());
        let (response, rest) = answered.join().unwrap();
        assert_eq!(response.failure(408), "request_timeout", "{how}");
        assert_eq!(response.header("connection"), "close", "{how}");
        assert!(!rest.contains("200 OK"), "{how}: {rest}");
    }
}

#[tokio::test]
async fn a_slow_body_that_makes_progress_is_read() {
    let app = impatient().await;
    let body = widget("card").to_string() + &" ".repeat(30_000);
    let mut connection = app.connect();
    connection.write(app.head("POST", WIDGETS, &format!("Content-Length: {}\r\n\r\n", body.len()))).unwrap();
    for part in body.as_bytes().chunks(3_000) {
        connection.write(part).unwrap();
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(connection.read().status, 201);
}

#[tokio::test]
async fn a_refused_slow_body_does_not_keep_the_connection_open() {
    let app = impatient().await;
    for how in ["Content-Length: 1000000", "Transfer-Encoding: chunked"] {
        let mut connection = app.connect();
        let head = format!("POST {WIDGETS} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{how}\r\n\r\n");
        connection.write(head).unwrap();
        assert_eq!(connection.read().failure(401), "unauthorized");
        let mut writer = connection.try_clone();
        let closed = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !closed.load(Ordering::Relaxed) && writer.write("1\r\nx\r\n").is_ok() {
                    thread::sleep(Duration::from_millis(20));
                }
            });
            let rest = connection.read_to_end();
            closed.store(true, Ordering::Relaxed);
            assert!(!rest.contains("HTTP/1.1 2"), "{how}: {rest}");
        });
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_its_answer_is_disconnected_and_its_memory_released() {
    let mut options = Options::default();
    options.http.timeouts.head = Duration::from_millis(200);
    options.http.timeouts.answer = Duration::from_millis(600);
    // Enough memory for one answer.
    options.http.body_memory = 4 * 1_024 * 1_024;
    let app = spawn_with(options).await;
    app.create_widget_with("any", json!({"schema": {"type": "object"}})).await;
    let long = json!({"type": "widget", "widgetKey": "any", "data": {"x": "y".repeat(250_000)}});
    for _ in 0..16 {
        app.send("conv_1", long.clone()).await;
    }
    let mut connection = app.connect();
    // More than the sockets' own buffers hold.
    let requests = app.head("GET", &format!("{}?limit=100", messages_path("conv_1")), "\r\n").repeat(8);
    connection.write(requests).unwrap();
    // Waits for the memory that the client holds, at most 5 seconds.
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(app.get(&messages_path("conv_1")).await.status);
    }
    assert_eq!(statuses.last(), Some(&200), "{statuses:?}");
    let mut taken = 0;
    let mut buffer = [0; 65_536];
    while let Ok(read @ 1..) = connection.stream().read(&mut buffer) {
        taken += read;
    }
    assert!(taken < 8 * 4_000_000, "{taken} bytes: the server never closed");
}
