//! Secrets never reach the log, at any level and wherever a client sends them. Client input never adds a log line.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use super::process::{Home, Service, run_to_its_end};

/// Sends a request and reads until the server closes; the status, or 0 for none.
fn exchange(service: &Service, request: &[u8]) -> u16 {
    let mut connection = TcpStream::connect(service.address).unwrap();
    connection.write_all(request).unwrap();
    let mut answer = Vec::new();
    let _ = connection.read_to_end(&mut answer);
    let text = String::from_utf8_lossy(&answer);
    text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
}

/// A POST with this body.
fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let common = "Host: a\r\nConnection: close\r\nContent-Type: application/json";
    format!("POST {path} HTTP/1.1\r\n{common}\r\nContent-Length: {length}\r\n{headers}\r\n\r\n{body}").into_bytes()
}

fn get(path: &str, headers: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n\r\n").into_bytes()
}

#[test]
fn a_key_is_never_logged_wherever_it_is_sent() {
    let home = Home::migrated();
    let key = home.new_key();
    let mut mistyped = key.clone();
    mistyped.replace_range(30.., "zz");
    let escaped = key.replace('_', "%5F");
    let escape = |percent: &str| key.bytes().map(|byte| format!("{percent}{byte:02x}")).collect::<String>();
    let (once, twice) = (escape("%"), escape("%25"));
    let mut service = home.start_with(&[("RUST_LOG", "trace,actix_http=trace")]);
    let auth = format!("Authorization: Bearer {key}");
    let message = format!(r#"{{"type":"widget","widgetKey":"{key}","data":{{"{key}":"{key}"}},"text":"{key}"}}"#);
    for request in [
        get("/api/v1/widget", &auth),
        get("/api/v1/widget", &format!("Authorization: Bearer {mistyped}")),
        get("/api/v1/widget", &format!("Authorization: Basic {key}")),
        get("/api/v1/widget", &format!("{auth}\r\n{auth}")),
        get("/api/v1/widget", &format!("Authorization {key}")),
        get(
            "/api/v1/widget",
            &format!("{auth}\r\nX-Request-Id: {key}\r\nUser-Agent: {key}\r\nReferer: http://a/{key}"),
        ),
        get(&format!("/api/v1/widget/{key}"), &auth),
        get(&format!("/api/v1/widget?search={key}&{key}={key}"), &auth),
        get(&format!("/api/v1/conversation/{escaped}/message"), &auth),
        get(&format!("/{key}"), &auth),
        get(&format!("/api/v1/peer/{once}/widgets"), &auth),
        get(&format!("/api/v1/widget?search={once}&{twice}={once}"), &auth),
        get(&format!("/{twice}"), &auth),
        post(&format!("/api/v1/conversation/{key}/message"), &format!("{auth}\r\nIdempotency-Key: {key}"), &message),
        post("/api/v1/conversation/c/message", &auth, &key),
        post(
            "/api/v1/widget",
            &auth,
            &format!(r#"{{"key":"x","name":"{key}","schema":{{"{key}":1}},"component":"{key}"}}"#),
        ),
        post(
            &format!("/api/v1/peer/{key}/widgets"),
            &auth,
            &format!(r#"{{"widgetKey":"task-kanban","config":{{"defaultProps":{{"a":"{key}"}}}}}}"#),
        ),
    ] {
        assert_ne!(exchange(&service, &request), 500, "{}", String::from_utf8_lossy(&request));
    }
    service.signal("TERM");
    service.wait();
    let log = home.log();
    assert!(log.lines().count() > 50 && log.contains("wgt_…"), "more is logged of these requests: {log}");
    for secret in [&key[4..], &mistyped[4..], &key[4..].to_lowercase(), &once[12..60], &twice[20..100]] {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "{line:?}");
    }
    assert!(!service.printed.iter().any(|line| line.contains(&key)));
}

#[test]
fn the_database_password_is_never_logged() {
    for url in [
        "postgres://me:hunter2hunter2@127.0.0.1:1/w",
        "postgres://me:hunter2%68unter2@127.0.0.1:1/w",
        "postgres://me:hunter2hunter2@no-such-host.invalid/w",
        "postgres://me@127.0.0.1:1/w?password=hunter2hunter2",
        "postgres://me:hunter2hunter2@127.0.0.1:1/w?sslmode=nonsense",
        "postgres://me:hunter2hunter2@127.0.0.1:port/w",
    ] {
        for filter in ["info", "trace"] {
            let home = Home::on(url);
            let output = run_to_its_end(home.command(&["serve"]).env("RUST_LOG", filter));
            assert!(!output.status.success(), "{url}");
            let told =
                [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
            assert!(!told.is_empty() && !told.contains("hunter2"), "{url}: {told}");
        }
    }
}

#[test]
fn client_input_adds_no_log_line_and_no_terminal_command() {
    let home = Home::migrated();
    let key = home.new_key();
    let mut service = home.start_with(&[("RUST_LOG", "trace,actix_http=trace")]);
    let auth = format!("Authorization: Bearer {key}");
    let forged = "%0d%0a%7b%22level%22%3a%22ERROR%22%2c%22message%22%3a%22forged%22%7d%1b%5b2J";
    for request in [
        get(&format!("/api/v1/conversation/{forged}/message"), &auth),
        get(&format!("/api/v1/widget?search={forged}&{forged}=1"), &auth),
        get(&format!("/{forged}"), &auth),
        get("/a\x1b[2J", &auth),
        get("/a", &format!("{auth}\r\nUser-Agent: \x1b[2J\u{9b}2J")),
        get("/a", &format!("{auth}\r\nX-Request-Id: {forged}\r\nUser-Agent: \u{85}\u{2028}\u{9b}2J")),
        get("/a\u{9b}2J\u{85}", &auth),
        post("/api/v1/widget", &auth, "{\"\\u001b[2J\\n{\\\"level\\\"\":1,\"key\":\"\\n\\u001b[2J\"}"),
        post(
            "/api/v1/conversation/c/message",
            &auth,
            r#"{"type":"widget","widgetKey":"task-kanban","text":"\n\u001b[2J","data":{"\n\u001b[2J":1}}"#,
        ),
        b"GET / HTTP/1.1\r\nHost: a\r\n\x1b[2J: x\r\n\r\n".to_vec(),
        b"\x1b[2J\x1b[2J\x1b[2J\r\n\r\n".to_vec(),
    ] {
        assert_ne!(exchange(&service, &request), 500);
    }
    service.signal("TERM");
    service.wait();
    for line in home.log().lines() {
        let event: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("no event: {line:?}"));
        assert_ne!(event["message"], "forged");
        assert!(event["timestamp"].is_string() && !line.chars().any(char::is_control), "{line:?}");
    }
}
