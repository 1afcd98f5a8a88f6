use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use super::process::{Home, Service, client};

/// Waits until this holds, for 10 seconds at most.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !holds() {
        assert!(begin.elapsed() < Duration::from_secs(10), "not within 10 s: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Whether the service is handling a request besides the one that asks.
fn has_request_in_flight(service: &Service) -> bool {
    let mut connection = TcpStream::connect(service.address).unwrap();
    connection.write_all(b"GET /metrics HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer.lines().any(|line| line == "widgetd_http_requests_in_flight 2")
}

/// A connection on which half of a request was sent, and the other half. The service has read the head.
fn half_sent(service: &Service, key: &str) -> (TcpStream, &'static str) {
    const BODY: &str = r#"{"type":"widget","widgetKey":"sales-funnel-progress","data":{"stages":[]}}"#;
    let mut connection = TcpStream::connect(service.address).unwrap();
    let (first, rest) = BODY.split_at(20);
    let length = BODY.len();
    write!(
        connection,
        "POST /api/v1/conversation/c/message HTTP/1.1\r\nHost: w\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{first}"
    )
    .unwrap();
    until("the service handles the request", || has_request_in_flight(service));
    (connection, rest)
}

/// The child processes of a process, from Linux's `/proc`.
fn children_of(process: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let children = tasks.map(|task| std::fs::read_to_string(task.unwrap().path().join("children")).unwrap_or_default());
    children.flat_map(|list| list.split_whitespace().map(|id| id.parse().unwrap()).collect::<Vec<_>>()).collect()
}

/// Whether a process runs; one that ended and was not waited for does not.
fn is_alive(process: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("State:") && !line.contains('Z'))
}

#[test]
fn sigterm_and_sigint_end_an_idle_service_with_success() {
    for signal in ["TERM", "INT"] {
        let home = Home::new();
        let mut service = home.start();
        let begin = Instant::now();
        service.signal(signal);
        assert_eq!(service.wait().code(), Some(0), "{signal}: {}", home.log());
        assert!(begin.elapsed() < Duration::from_secs(10), "{signal}: {:?}", begin.elapsed());
        assert!(home.log().contains("stopped"), "{}", home.log());
    }
}

#[test]
fn a_signal_right_after_the_start_is_not_lost() {
    let home = Home::new();
    for _ in 0..5 {
        let mut service = home.start();
        service.signal("TERM");
        assert_eq!(service.wait().code(), Some(0), "{}", home.log());
    }
}

#[test]
fn a_request_in_flight_is_answered_and_no_new_one_is_accepted() {
    let home = Home::migrated();
    let key = home.new_key();
    let mut service = home.start();
    let (mut connection, rest) = half_sent(&service, &key);
    service.signal("TERM");
    until("new connections are refused while it drains", || TcpStream::connect(service.address).is_err());
    connection.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    assert_eq!(service.wait().code(), Some(0), "{}", home.log());
}

#[test]
fn an_idle_connection_does_not_delay_the_shutdown() {
    let home = Home::new();
    let mut service = home.start();
    let mut connection = TcpStream::connect(service.address).unwrap();
    connection.write_all(b"GET /health/live HTTP/1.1\r\nHost: w\r\n\r\n").unwrap();
    let read = connection.read(&mut [0; 1_024]).unwrap();
    assert!(read > 0);
    let begin = Instant::now();
    service.signal("TERM");
    assert_eq!(service.wait().code(), Some(0), "{}", home.log());
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
}

#[test]
fn a_second_signal_ends_the_requests_in_flight() {
    let home = Home::migrated();
    let key = home.new_key();
    let mut service = home.start();
    let (_connection, _) = half_sent(&service, &key);
    let begin = Instant::now();
    service.signal("TERM");
    until("it drains", || TcpStream::connect(service.address).is_err());
    service.signal("TERM");
    assert_eq!(service.wait().code(), Some(0), "{}", home.log());
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn no_worker_process_outlives_the_service() {
    let home = Home::migrated();
    let key = home.new_key();
    let mut service = home.start();
    let widget = serde_json::json!({"component": "export default () => null", "schema": {"type": "object"}});
    let validate = client().post(service.url("/api/v1/widget/validate")).bearer_auth(key).json(&widget);
    assert_eq!(validate.send().await.unwrap().status(), 200);
    let workers = children_of(service.id());
    assert!(!workers.is_empty(), "a component was checked");
    service.signal("KILL");
    service.wait();
    until("the workers have ended", || !workers.iter().any(|worker| is_alive(*worker)));
}
