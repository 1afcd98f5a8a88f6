//! The API for pages of other origins, as far as the operator allows them.

use domain::origin::AllowedOrigins;
use http::HttpOptions;
use serde_json::json;
use server::config::Limits;

use crate::harness::*;

const PAGE: &str = "https://app.example.com";

async fn opened() -> TestApp {
    let cors_origins = AllowedOrigins::parse_of_pages("https://app.example.com,https://*.example.org").unwrap();
    let options = Options::default();
    let limits = Limits { list: Some(domain::rate_limit::RateLimit::per_hour(1)), ..options.limits };
    spawn_with(Options { limits, http: HttpOptions { cors_origins, ..options.http }, ..options }).await
}

fn names(response: &Response) -> Vec<String> {
    let names = response.headers.keys().map(|name| name.as_str().to_owned());
    names.filter(|name| name.starts_with("access-control")).collect()
}

#[tokio::test]
async fn a_page_may_ask_which_requests_it_may_send() {
    let app = opened().await;
    for (path, methods) in [
        (WIDGETS, "GET, HEAD, POST"),
        (&*widget_path("any"), "GET, HEAD, PUT, DELETE"),
        (&*peer_path("a%2Fb"), "GET, HEAD, POST"),
    ] {
        let preflight = app.request("OPTIONS", path).role(Role::Anonymous).header("origin", PAGE);
        let preflight = preflight
            .header("access-control-request-method", "PUT")
            .header("access-control-request-headers", "authorization,content-type,idempotency-key,if-match")
            .await
            .expect(204);
        assert_eq!(preflight.header("access-control-allow-origin"), PAGE);
        assert_eq!(preflight.header("access-control-allow-methods"), methods, "{path}");
        for name in ["authorization", "content-type", "idempotency-key", "if-match", "if-none-match"] {
            assert!(preflight.header("access-control-allow-headers").contains(name), "{name}");
        }
        assert_eq!(preflight.header("access-control-max-age"), "7200");
        assert_eq!(preflight.header("access-control-allow-credentials"), "");
        assert_eq!(preflight.header("vary"), "origin");
    }
}

#[tokio::test]
async fn every_answer_of_the_api_can_be_read_by_the_page_failures_too() {
    let app = opened().await;
    let widget = app.create_widget("card").await;
    let large = format!("\"{}\"", "x".repeat(2_000_000));
    app.get(WIDGETS).await.expect(200);
    for (request, status) in [
        (app.get(&widget_path(&widget)), 200),
        (app.post(&messages_path("conv"), message("card")), 201),
        (app.get(&widget_path(&widget)).header("if-none-match", "*"), 304),
        (app.get(&peer_path("%00")), 400),
        (app.get(WIDGETS).role(Role::Anonymous), 401),
        (app.post(WIDGETS, json!({})).role(Role::Messenger), 403),
        (app.get("/api/v1/nothing"), 404),
        (app.get(&widget_path("none")), 404),
        (app.request("PATCH", WIDGETS), 405),
        (app.post(WIDGETS, large), 413),
        (app.post(WIDGETS, "x").header("content-type", "text/plain"), 415),
        (app.get(WIDGETS), 429),
    ] {
        let response = request.header("origin", PAGE).await.expect(status);
        assert_eq!(response.header("access-control-allow-origin"), PAGE, "{status}");
        assert_eq!(response.header("vary"), "origin", "{status}");
        let exposed: Vec<_> = response.header("access-control-expose-headers").split(", ").collect();
        for name in ["etag", "location", "retry-after", "x-request-id", "x-ratelimit-remaining", "ratelimit"] {
            assert!(exposed.contains(&name), "{name}");
        }
    }
}

#[tokio::test]
async fn other_origins_and_other_addresses_get_what_they_get_without_the_setting() {
    let app = opened().await;
    for origin in
        ["null", "*", "https://evil.example", "http://app.example.com", "https://app.example.com.evil.example"]
    {
        for (method, status) in [("GET", 200), ("OPTIONS", 405)] {
            let request = app.request(method, "/api/v1/widget/prebuilt").header("origin", origin);
            let response = request.header("access-control-request-method", "GET").await.expect(status);
            assert_eq!((names(&response), response.header("vary")), (vec![], "origin"), "{method} {origin}");
        }
    }
    for path in ["/health/live", "/metrics", "/demo", "/openapi.json"] {
        let response = app.get(path).header("origin", PAGE).await;
        assert!(names(&response).is_empty() && !response.header("vary").contains("origin"), "{path}: {response}");
        let preflight = app.request("OPTIONS", path).header("origin", PAGE);
        preflight.header("access-control-request-method", "GET").await.expect(405);
    }
    let frame = app.get("/embed/v1.js").header("origin", PAGE).await;
    assert_eq!(frame.header("access-control-allow-origin"), "*");
}
