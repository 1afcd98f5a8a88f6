//! Headers of every answer. (The tests' client checks in every answer that they exist.)

use std::collections::HashSet;

use crate::harness::*;

#[tokio::test]
async fn a_request_id_is_returned() {
    let app = spawn_app().await;
    let longest = "x".repeat(128);
    for id in ["abc-123", "A.b:c_d-9", longest.as_str()] {
        for path in [WIDGETS, "/health/live", "/nothing", "/docs"] {
            assert_eq!(app.get(path).header("x-request-id", id).await.header("x-request-id"), id, "{path}");
        }
    }
}

#[tokio::test]
async fn a_missing_or_invalid_request_id_is_replaced() {
    let app = spawn_app().await;
    let mut made = HashSet::new();
    for sent in [None, Some(""), Some("a b"), Some("a\"b"), Some("é"), Some("x;y"), Some(&*"x".repeat(129))] {
        let request = app.get("/health/live");
        let request = if let Some(sent) = sent { request.header("x-request-id", sent) } else { request };
        let id = request.await.header("x-request-id").to_owned();
        assert!(id.len() == 36 && id.starts_with("req_"), "{id} for {sent:?}");
        assert!(made.insert(id), "an id twice");
    }
}

#[tokio::test]
async fn caches_store_only_answers_that_can_be_revalidated() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for route in ROUTES.into_iter().filter(|route| route.method == "GET") {
        let response = app.get(&route.path()).await;
        let expected = match route.template {
            "/docs/{file}" => "public, max-age=3600",
            "/embed/v1.js" | "/embed/v1/{asset}" | "/demo" => "public, no-cache",
            _ => "no-store",
        };
        assert_eq!(response.header("cache-control"), expected, "{route:?}");
    }
    assert_eq!(app.get(&widget_path(&id)).await.header("cache-control"), "private, no-cache");
    assert_eq!(app.get(&widget_path(&id)).role(Role::Anonymous).await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn answers_do_not_name_the_server() {
    let app = spawn_app().await;
    for name in ["server", "x-powered-by"] {
        assert_eq!(app.get(WIDGETS).await.header(name), "");
    }
}
