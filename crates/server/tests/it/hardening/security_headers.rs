//! What browsers are told of every answer. (The client of the tests holds every answer to most of it.)

use crate::harness::*;

const NOTHING_RUNS: &str = "default-src 'none'; frame-ancestors 'none'";

#[tokio::test]
async fn answers_are_neither_run_nor_framed_nor_embedded_by_others() {
    let app = spawn_app().await;
    for route in ROUTES {
        for role in [Role::Owner, Role::Nobody] {
            let response = app.request(route.method, &route.path()).role(role).header("accept", "text/html").await;
            let is_frame = route.template == "/embed/v1/{asset}" && response.status == 200;
            let is_page = is_frame || ["/", "/demo"].contains(&route.template) || route.template.starts_with("/docs");
            let policy = response.header("content-security-policy");
            assert_eq!(policy == NOTHING_RUNS, !(is_page && response.status == 200), "{route:?}: {policy}");
            assert_eq!(response.header("x-frame-options"), if is_frame { "" } else { "DENY" }, "{route:?}");
        }
    }
    for (method, path, status) in [("GET", "/nothing", 404), ("BREW", WIDGETS, 405), ("GET", "/docs/nothing.js", 404)] {
        let response = app.request(method, path).await.expect(status);
        assert_eq!(response.header("content-security-policy"), NOTHING_RUNS, "{path}");
        assert_eq!(response.header("x-frame-options"), "DENY", "{path}");
    }
}

#[tokio::test]
async fn the_pages_run_their_own_scripts_alone() {
    let app = spawn_app().await;
    for path in ["/", "/docs", "/demo"] {
        let page = app.get(path).role(Role::Nobody).header("accept", "text/html").await.expect(200);
        let policy = page.header("content-security-policy");
        // The demo's policy names the service's origin as well, for browsers to which `'self'` is too little.
        let scripts = policy.replace(&format!(" http://{}", app.address), "");
        assert!(scripts.contains("script-src 'self';") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{path}: {policy}");
        let html = page.text();
        assert!(!html.contains("<style") && !html.contains("<script>") && !html.contains("style="), "{path}: {html}");
    }
}

#[tokio::test]
async fn no_other_sites_script_may_read_an_answer() {
    let app = spawn_app().await;
    for method in ["GET", "OPTIONS"] {
        let request = app.request(method, WIDGETS).header("origin", "https://elsewhere.example");
        let response = request.header("access-control-request-method", "POST").await;
        assert!(
            response.headers.keys().all(|name| !name.as_str().starts_with("access-control")),
            "{method}: {response}"
        );
    }
}
