//! Limits on requests in flight, memory and connections: for each key and in total. Other clients are served.

use std::{
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::harness::*;

/// Sends the head of a request, which is then in flight until its body arrives.
fn begin(app: &TestApp, length: usize) -> Connection {
    let mut connection = app.connect();
    connection.write(app.head("POST", WIDGETS, &format!("Content-Length: {length}\r\n\r\n"))).unwrap();
    connection
}

/// Has the service cache the keys, so that a request in flight counts for its key immediately.
async fn look_up_the_keys(app: &TestApp) {
    for role in [Role::Owner, Role::Reader, Role::Stranger] {
        app.get(WIDGETS).role(role).await.expect(200);
    }
}

/// Waits until `number` requests are in flight, besides the one that reads the metrics.
async fn until_in_flight(app: &TestApp, number: u32) {
    let line = format!("widgetd_http_requests_in_flight {}", number + 1);
    let begin = Instant::now();
    while !app.get("/metrics").role(Role::Anonymous).await.text().lines().any(|other| other == line) {
        assert!(begin.elapsed() < Duration::from_secs(20), "{number} requests are not in flight");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_key_over_its_maximum_of_requests_in_flight_is_refused_and_other_keys_are_served() {
    let mut options = Options::default();
    options.http.requests_per_key = 2;
    let app = spawn_with(options).await;
    look_up_the_keys(&app).await;
    let body = widget("card").to_string();
    let mut first = begin(&app, body.len());
    let _second = begin(&app, 10);
    until_in_flight(&app, 2).await;
    for path in [WIDGETS, PREBUILT] {
        let response = app.get(path).await.expect(429);
        assert_eq!((response.code().as_str(), response.header("retry-after")), ("too_many_concurrent_requests", "1"));
    }
    for role in [Role::Reader, Role::Stranger] {
        app.get(WIDGETS).role(role).await.expect(200);
    }
    app.get("/health/ready").await.expect(200);
    first.write(&body).unwrap();
    assert_eq!(first.read().status, 201);
    app.get(WIDGETS).await.expect(200);
}

#[tokio::test]
async fn a_disconnected_client_is_no_longer_counted() {
    let mut options = Options::default();
    options.http.requests_per_key = 1;
    let app = spawn_with(options).await;
    look_up_the_keys(&app).await;
    for _ in 0..3 {
        let connection = begin(&app, 10);
        until_in_flight(&app, 1).await;
        app.get(WIDGETS).await.expect(429);
        drop(connection);
        until_in_flight(&app, 0).await;
        app.get(WIDGETS).await.expect(200);
    }
}

#[tokio::test]
async fn long_bodies_wait_for_memory_and_are_refused_in_the_end_while_short_ones_pass() {
    let mut options = Options::default();
    options.http.body_memory = 4 * 1_024 * 1_024;
    let app = spawn_with(options).await;
    app.create_widget("card").await;
    look_up_the_keys(&app).await;
    // These announce bodies of 4 MiB, which take all memory, and never send them.
    let announced: Vec<Connection> = (0..4).map(|_| begin(&app, 1_024 * 1_024)).collect();
    until_in_flight(&app, 4).await;
    let long = || json!({"key": "long", "name": "x".repeat(20_000)});
    let (own, others, short) = tokio::join!(
        async { app.post(WIDGETS, long()).await },
        async { app.post(WIDGETS, long()).role(Role::Stranger).await },
        async { app.post(&messages_path("conv_1"), message("card")).await },
    );
    assert_eq!(short.status, 201);
    assert_eq!((own.status, own.code().as_str()), (429, "too_many_concurrent_requests"));
    assert_eq!((others.status, others.code().as_str()), (503, "unavailable"));
    assert_eq!((own.header("retry-after"), others.header("retry-after")), ("1", "1"));
    drop(announced);
    app.post(WIDGETS, long()).await.expect(400);
    app.post(WIDGETS, long()).role(Role::Stranger).await.expect(400);
}

#[tokio::test]
async fn memory_is_released_however_a_request_ends() {
    let mut options = Options::default();
    options.http.body_memory = 4 * 1_024 * 1_024;
    let app = spawn_with(options).await;
    app.create_widget_with("any", json!({"schema": {"type": "object"}})).await;
    let body = |data: &str| format!(r#"{{"type":"widget","widgetKey":"any","data":{data}}}"#);
    let long = format!(r#"{{"x":"{}"}}"#, "y".repeat(200_000));
    let path = messages_path("conv_1");
    for _ in 0..30 {
        app.post(&path, body(&long)).await.expect(201);
        app.post(&path, body(&long[1..])).await.expect(400);
        let mut broken = app.connect();
        broken.write(app.head("POST", &path, "Content-Length: 1000000\r\n\r\n{")).unwrap();
        drop(broken);
        let chunks = format!("{:x}\r\n{}\r\n0\r\n\r\n", body(&long).len(), body(&long));
        let chunked = app.raw(app.head("POST", &path, &format!("Transfer-Encoding: chunked\r\n\r\n{chunks}")));
        assert_eq!(chunked.status, 201);
        app.get(&format!("{path}?limit=20")).await.expect(200);
    }
}

#[tokio::test]
async fn a_connection_over_the_maximum_waits_until_another_is_closed() {
    let mut options = Options::default();
    options.http.workers = NonZeroUsize::MIN;
    options.http.connections = NonZeroUsize::new(2).unwrap();
    let app = spawn_with(options).await;
    let live = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut connection = app.connect();
        connection.write(live).unwrap();
        assert_eq!(connection.read().status, 200);
        open.push(connection);
    }
    let mut waiting = app.connect();
    waiting.write(live).unwrap();
    assert!(waiting.is_silent_for(Duration::from_millis(300)), "a connection over the maximum is served");
    open.pop();
    assert_eq!(waiting.read().status, 200);
}
