//! The security headers of every answer. (The tests' client checks most of them in every answer.)

use crate::harness::*;

const NOTHING_RUNS: &str = "default-src 'none'; frame-ancestors 'none'";

#[tokio::test]
async fn other_sites_cannot_run_frame_or_embed_answers() {
    let app = spawn_app().await;
    for route in ROUTES {
        for role in [Role::Owner, Role::Anonymous] {
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
async fn pages_run_only_their_own_scripts() {
    let app = spawn_app().await;
    for path in ["/", "/docs", "/demo"] {
        let page = app.get(path).role(Role::Anonymous).header("accept", "text/html").await.expect(200);
        let policy = page.header("content-security-policy");
        // The demo's policy names the service's origin as well, for browsers in which `'self'` does not match it.
        let scripts = policy.replace(&format!(" http://{}", app.address), "");
        assert!(scripts.contains("script-src 'self';") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{path}: {policy}");
        let html = page.text();
        assert!(!html.contains("<style") && !html.contains("<script>") && !html.contains("style="), "{path}: {html}");
    }
}

#[tokio::test]
async fn scripts_of_other_sites_cannot_read_answers() {
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
