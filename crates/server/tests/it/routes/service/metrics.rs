use crate::harness::*;

async fn metrics(app: &TestApp) -> String {
    let response = app.get("/metrics").role(Role::Anonymous).await.expect(200);
    assert_eq!(response.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    response.text().to_owned()
}

/// The value of a series.
#[track_caller]
fn value(metrics: &str, series: &str) -> f64 {
    let line = metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {series} in\n{metrics}")).parse().unwrap()
}

#[tokio::test]
async fn each_request_is_counted_under_its_route_never_its_path() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for _ in 0..3 {
        app.get(&widget_path(&id)).await.expect(200);
    }
    app.get(&widget_path("x")).await.expect(404);
    app.get(WIDGETS).role(Role::Anonymous).await.expect(401);
    app.get("/secret-path").await.expect(404);
    app.get("/api/v1/secret-path").await.expect(404);
    app.request("BREW", WIDGETS).await.expect(405);
    let text = metrics(&app).await;
    for (series, count) in [
        (r#"widgetd_http_requests_total{method="GET",route="/api/v1/widget/{widgetId}",status="200"}"#, 3.0),
        (r#"widgetd_http_requests_total{method="GET",route="/api/v1/widget/{widgetId}",status="404"}"#, 1.0),
        (r#"widgetd_http_requests_total{method="POST",route="/api/v1/widget",status="201"}"#, 1.0),
        (r#"widgetd_http_requests_total{method="GET",route="/api/v1/widget",status="401"}"#, 1.0),
        (r#"widgetd_http_requests_total{method="other",route="/api/v1/widget",status="405"}"#, 1.0),
        (r#"widgetd_http_requests_total{method="GET",route="none",status="404"}"#, 2.0),
        (r#"widgetd_http_request_duration_seconds_count{method="GET",route="/api/v1/widget/{widgetId}"}"#, 4.0),
        ("widgetd_http_requests_in_flight", 1.0),
    ] {
        assert_eq!(value(&text, series), count, "{series}");
    }
    assert!(!text.contains("secret-path") && !text.contains(&id), "{text}");
}

#[tokio::test]
async fn the_text_is_in_the_format_of_prometheus() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    let text = metrics(&app).await;
    assert!(text.ends_with('\n'));
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            assert!(comment.starts_with("HELP widgetd_") || comment.starts_with("TYPE widgetd_"), "{line}");
        } else {
            let (series, value) = line.rsplit_once(' ').unwrap();
            assert!(series.starts_with("widgetd_") && value.parse::<f64>().is_ok(), "{line}");
            let name = series.split('{').next().unwrap();
            let family =
                ["_bucket", "_sum", "_count"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name);
            assert!(text.contains(&format!("# TYPE {family} ")) || text.contains(&format!("# TYPE {name} ")), "{line}");
        }
    }
}

#[tokio::test]
async fn the_clocks_are_reported() {
    let app = spawn_app().await;
    let text = metrics(&app).await;
    assert_eq!(value(&text, "widgetd_clock_distance_seconds"), 0.0);
    assert_eq!(value(&text, "widgetd_deletions_suspended"), 0.0);
}

#[tokio::test]
async fn the_worker_processes_are_reported() {
    let app = spawn_app().await;
    let text = metrics(&app).await;
    for name in [
        "widgetd_component_checks_total",
        "widgetd_worker_jobs_total",
        "widgetd_worker_jobs_refused_total",
        "widgetd_worker_jobs_waiting",
        "widgetd_workers_replaced_total",
        "widgetd_component_modules_total",
    ] {
        assert!(value(&text, name) >= 0.0);
    }
}
