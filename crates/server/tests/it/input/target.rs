//! Paths that a client library would normalize.

use crate::harness::*;

#[tokio::test]
async fn an_invalid_path_gets_a_404_or_a_400() {
    let app = spawn_app().await;
    for (target, status) in [
        ("/api/v1/widget/%", 404),
        ("/api/v1/widget/%zz", 404),
        ("/api/v1/widget/%00", 404),
        ("/api/v1/widget/%ff%fe", 404),
        ("/api/v1/widget/%c3%28", 404),
        ("/api/v1/widget/..", 404),
        ("/api/v1/widget/%2e%2e", 404),
        ("/api/v1/widget/%2f", 404),
        ("/api/v1/widget//", 404),
        ("/api/v1//widget", 404),
        ("/api/v1/widget/prebuilt/%00", 404),
        ("/api/v1/widget/\u{e9}", 400),
        ("/api/v1/peer/%/widgets", 400),
        ("/api/v1/peer/%zz/widgets", 400),
        ("/api/v1/peer/%ff/widgets", 400),
        // A client library would normalize it, so no id has this name.
        ("/api/v1/peer/../widgets", 400),
        ("/api/v1/peer/./widgets", 400),
        ("/api/v1/peer/%2e%2E/widgets", 400),
        ("/api/v1/peer/%252e/widgets", 200),
        ("/api/v1/peer/%2f/widgets", 200),
        ("/api/v1/peer/;/widgets", 200),
        ("/api/v1/peer/a/b/widgets", 404),
        ("/api/v1/conversation/%00/message", 400),
        ("/api/v1/conversation/%ed%a0%80/message", 400),
        ("/api/v1/conversation/%f0%9f%92%a5/message", 200),
        ("/api/v1/widget?%", 400),
        ("/api/v1/widget?page=%ff", 400),
        ("/api/v1/widget?=1", 400),
        ("/api/v1/widget?search=%f0%28%8c%28", 400),
        ("/api/v1/widget?&&&", 200),
        ("/%ff", 404),
    ] {
        let response = app.raw_get(target);
        assert_eq!(response.status, status, "{target}: {}", String::from_utf8_lossy(&response.body));
        if status == 404 {
            response.failure(404);
        }
    }
    app.get("/health/ready").await.expect(200);
}

#[tokio::test]
async fn a_name_may_be_percent_encoded() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.bind("peer:1", &id).await;
    for target in ["/api/v1/peer/peer:1/widgets", "/api/v1/peer/peer%3A1/widgets", "/api/v1/peer/%70eer%3a1/widgets"] {
        assert_eq!(app.raw_get(target).json()["data"]["widgets"][0]["widgetId"], id, "{target}");
    }
}

#[tokio::test]
async fn a_path_that_is_too_long_is_refused_and_the_service_keeps_running() {
    let app = spawn_app().await;
    let long = "x".repeat(30_000);
    assert_eq!(app.raw_get(&widget_path(&long)).failure(404), "widget_not_found");
    assert_eq!(app.raw_get(&peer_path(&long)).failure(400), "invalid_request");
    // Beyond the maximum size of a head the server may refuse or just close.
    let mut connection = app.connect();
    let _ = connection.write(app.head("GET", &widget_path(&"x".repeat(1_000_000)), "\r\n"));
    if let Ok(response) = connection.try_read() {
        assert!((400..500).contains(&response.status), "{}", response.status);
    }
    app.get("/health/ready").await.expect(200);
}
