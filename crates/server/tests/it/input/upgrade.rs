//! Offers to switch to another protocol, which any server may ignore.

use std::fmt::Write as _;

use crate::harness::*;

/// The offers, as header lines: that of Java's `java.net.http` to every `http://` address, that of browsers, and others.
const OFFERS: [&str; 7] = [
    "Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\nUpgrade: h2c\r\n",
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEC==\r\n",
    "Upgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n",
    "Upgrade: websocket\r\n",
    "connection:upgrade\r\n",
    "Connection: keep-alive\r\nConnection: UPGRADE\r\nUpgrade: TLS/1.0, websocket\r\n",
    "Connection: upgrade\r\nUpgrade: foo/2\r\n",
];

fn send(app: &TestApp, offer: &str, body: &str) -> String {
    app.head("POST", &messages_path("c"), &format!("{offer}Content-Length: {}\r\n\r\n{body}", body.len()))
}

/// A message whose data looks like an offer.
fn message_with_offer(number: usize) -> String {
    let text = format!("{number}: GET / HTTP/1.1\\r\\n\nConnection: Upgrade\nUpgrade: websocket\n\n");
    let mut message = message("card");
    message["text"] = text.into();
    message.to_string()
}

#[tokio::test]
async fn an_upgrade_offer_is_ignored_and_the_connection_stays_open() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    for offer in OFFERS {
        let mut connection = app.connect();
        for number in 0..5 {
            connection.write(send(&app, offer, &message_with_offer(number))).unwrap();
            let response = connection.read();
            assert_eq!(response.status, 201, "{offer}: {}", String::from_utf8_lossy(&response.body));
            assert_eq!((response.header("connection"), response.header("upgrade")), ("", ""), "{offer}");
            connection.write(app.head("GET", "/health/live", &format!("{offer}\r\n"))).unwrap();
            assert_eq!(connection.read().status, 200, "{offer}");
        }
    }
}

#[tokio::test]
async fn a_body_that_looks_like_an_upgrade_offer_is_read_unchanged() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    let mut connection = app.connect();
    // All at once, in one piece or cut anywhere, with a length or in chunks.
    let mut requests = String::new();
    for number in 0..10 {
        let body = message_with_offer(number);
        requests += &send(&app, OFFERS[number % OFFERS.len()], &body);
        let (first, second) = body.split_at(body.len() / 2);
        let mut chunks = String::new();
        for chunk in [first, second, ""] {
            write!(chunks, "{:x}\r\n{chunk}\r\n", chunk.len()).unwrap();
        }
        let head = format!("{}Transfer-Encoding: chunked\r\n\r\n", OFFERS[0]);
        requests += &app.head("POST", &messages_path("c"), &format!("{head}{chunks}"));
    }
    for part in requests.as_bytes().chunks(4_099) {
        connection.write(part).unwrap();
    }
    let mut sent = Vec::new();
    for _ in 0..20 {
        let response = connection.read();
        assert_eq!(response.status, 201, "{}", String::from_utf8_lossy(&response.body));
        sent.push(response.json()["data"]["messageId"].as_str().unwrap().to_owned());
    }
    for (place, id) in sent.iter().enumerate() {
        let found = app.get(&message_path("c", id)).await.expect(200).json();
        let expected: serde_json::Value = serde_json::from_str(&message_with_offer(place / 2)).unwrap();
        assert_eq!(found["data"]["text"], expected["text"]);
    }
}

#[tokio::test]
async fn an_upgrade_offer_with_close_is_answered_and_the_connection_closed() {
    let app = spawn_app().await;
    for close in ["Connection: close, Upgrade\r\n", "Connection: Upgrade\r\nConnection: close\r\n"] {
        let mut connection = app.connect();
        connection.write(app.head("GET", "/health/live", &format!("{close}Upgrade: h2c\r\n\r\n"))).unwrap();
        let answer = connection.read_to_end();
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("\r\nconnection: close\r\n"), "{answer}");
    }
}
