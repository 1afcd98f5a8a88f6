//! The reference's rate limits.

use std::future::ready;

use domain::rate_limit::RateLimit;
use futures_util::StreamExt as _;
use insta::assert_snapshot;
use serde_json::json;
use server::config::Limits;

use crate::harness::*;

async fn limited_app() -> TestApp {
    spawn_with(Options { limits: Limits::default(), ..Options::default() }).await
}

/// Sends `count` requests and returns how many were not refused with a 429.
async fn count_accepted(
    app: &TestApp,
    count: usize,
    request: impl Fn(usize) -> (&'static str, String, Option<&'static str>),
) -> usize {
    let requests = (0..count).map(|number| {
        let (method, path, body) = request(number);
        let request = app.request(method, &path);
        if let Some(body) = body { request.body(body) } else { request }.into_future()
    });
    // Fewer than a key may have in flight.
    let answers = futures_util::stream::iter(requests).buffer_unordered(64);
    answers.filter(|answer| ready(answer.status != 429)).count().await
}

#[tokio::test]
async fn a_key_gets_exactly_30_creations_and_updates_an_hour() {
    let app = limited_app().await;
    let path = widget_path(NO_WIDGET);
    let request = |number: usize| match number % 2 {
        0 => ("POST", WIDGETS.to_owned(), Some("{}")),
        _ => ("PUT", path.clone(), Some("{}")),
    };
    assert_eq!(count_accepted(&app, 48, request).await, 30);
    assert_eq!(count_accepted(&app, 4, request).await, 0);
}

#[tokio::test]
async fn a_key_gets_exactly_300_lists_an_hour() {
    let app = limited_app().await;
    assert_eq!(count_accepted(&app, 330, |_| ("GET", WIDGETS.to_owned(), None)).await, 300);
}

#[tokio::test]
async fn a_key_gets_exactly_100_messages_an_hour() {
    let app = limited_app().await;
    assert_eq!(count_accepted(&app, 130, |_| ("POST", messages_path("conv_1"), Some("{}"))).await, 100);
}

#[tokio::test]
async fn headers_count_down_and_a_refusal_says_when_to_retry() {
    let limits = Limits { list: Some(RateLimit::per_hour(2)), ..Limits::default() };
    let app = spawn_with(Options { limits, ..Options::default() }).await;
    let shown = |response: &Response| {
        [
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
        ]
        .map(|name| response.header(name).to_owned())
    };
    let reset = (START_SECONDS + 3_600).to_string();
    assert_eq!(shown(&app.get(WIDGETS).await), ["2", "1", &reset, "\"list\";r=1;t=3600", "\"list\";q=2;w=3600", ""]);
    app.clock.advance(600);
    assert_eq!(shown(&app.get(WIDGETS).await), ["2", "0", &reset, "\"list\";r=0;t=3000", "\"list\";q=2;w=3600", ""]);
    app.clock.advance_micros(1);
    assert_snapshot!(app.get(WIDGETS).await, @r#"
    429
    ratelimit: "list";r=0;t=3000
    ratelimit-policy: "list";q=2;w=3600
    retry-after: 3000
    x-ratelimit-limit: 2
    x-ratelimit-remaining: 0
    x-ratelimit-reset: 1760958000
    {
      "success": false,
      "error": "Rate limit exceeded: 2 requests per hour",
      "code": "rate_limited",
      "details": {
        "limit": 2
      }
    }
    "#);
    app.clock.advance(2_999);
    assert_eq!(app.get(WIDGETS).await.expect(429).header("retry-after"), "1");
}

#[tokio::test]
async fn a_client_that_waits_for_retry_after_is_accepted() {
    let limits = Limits { list: Some(RateLimit { requests: 1, window_seconds: 60 }), ..Limits::default() };
    let app = spawn_with(Options { limits, ..Options::default() }).await;
    app.get(WIDGETS).await.expect(200);
    app.clock.advance_micros(12_345_678);
    let wait = app.get(WIDGETS).await.expect(429).header("retry-after").parse().unwrap();
    app.clock.advance(wait);
    let next = app.get(WIDGETS).await.expect(200);
    // A window begins with its first request.
    let reset: i64 = next.header("x-ratelimit-reset").parse().unwrap();
    assert_eq!(reset, START_SECONDS + 12 + wait + 60 + 1);
}

#[tokio::test]
async fn refused_requests_have_the_headers_too() {
    let app = limited_app().await;
    app.create_widget("card").await;
    for (response, remaining) in [
        (app.post(WIDGETS, "{}").await.expect(400), "28"),
        (app.post(WIDGETS, widget("card")).await.expect(409), "27"),
        (app.put(&widget_path(NO_WIDGET), "{}").await.expect(404), "26"),
        (app.post(WIDGETS, "{}").header("content-type", "text/plain").await.expect(415), "25"),
        (app.get(&format!("{WIDGETS}?page=0")).await.expect(400), "299"),
        (app.post(&messages_path("conv_1"), message("nothing")).await.expect(404), "99"),
    ] {
        assert_eq!(response.header("x-ratelimit-remaining"), remaining, "{response}");
    }
}

#[tokio::test]
async fn keys_and_kinds_of_requests_are_counted_separately() {
    let once = Some(RateLimit::per_hour(1));
    let app = spawn_with(Options {
        limits: Limits { write: once, list: once, message: once, preview: once },
        ..Options::default()
    })
    .await;
    for role in [Role::Owner, Role::Manager, Role::Stranger] {
        app.post(WIDGETS, widget(&format!("{role:?}").to_lowercase())).role(role).await.expect(201);
        app.post(WIDGETS, widget("other")).role(role).await.expect(429);
        app.get(WIDGETS).role(role).await.expect(200);
        app.get(WIDGETS).role(role).await.expect(429);
    }
    app.send("conv_1", message("owner")).await;
    app.post(&messages_path("conv_1"), message("owner")).await.expect(429);
    app.post(&messages_path("conv_1"), message("owner")).role(Role::Messenger).await.expect(201);
    let preview = preview_path("widget_01k80gzf86f3er2ftstyz3pnv4");
    app.get(&preview).await.expect(200);
    app.get(&preview).await.expect(429);
    app.post(&preview, json!({"data": {}})).await.expect(429);
    app.get(&preview).role(Role::Messenger).await.expect(200);
}

#[tokio::test]
async fn other_routes_have_no_limit() {
    let once = Some(RateLimit::per_hour(1));
    let app = spawn_with(Options {
        limits: Limits { write: once, list: once, message: once, preview: once },
        ..Options::default()
    })
    .await;
    let id = app.create_widget("card").await;
    app.send("conv_1", message("card")).await;
    for number in 0..3 {
        let peer = format!("peer_{number}");
        for response in [
            app.get(&widget_path(&id)).await.expect(200),
            app.get(PREBUILT).await.expect(200),
            app.post(VALIDATE, json!({"schema": schema(), "component": COMPONENT})).await.expect(200),
            app.post(&peer_path(&peer), json!({"widgetId": id})).await.expect(201),
            app.get(&peer_path(&peer)).await.expect(200),
            app.get(&messages_path("conv_1")).await.expect(200),
            app.delete(&widget_path(NO_WIDGET)).await.expect(404),
        ] {
            assert_eq!(response.header("x-ratelimit-limit"), "", "{response}");
        }
    }
}

#[tokio::test]
async fn disabled_limits_refuse_nothing_and_set_no_header() {
    let app = spawn_app().await;
    for _ in 0..40 {
        let response = app.post(WIDGETS, "{}").await.expect(400);
        assert_eq!((response.header("x-ratelimit-limit"), response.header("ratelimit")), ("", ""));
    }
}
