//! What browsers load to show widgets. What it does there, tests/browser tries in a real one.

use crate::harness::*;

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

#[tokio::test]
async fn every_part_is_served_as_it_was_built_to_any_origin() {
    let app = spawn_app().await;
    assert!(embed::is_built(), "the tests need Node.js and npm when the crate `embed` is built");
    for asset in embed::assets() {
        let response = app.get(asset.path).role(Role::Nobody).await.expect(200);
        let path = asset.path;
        assert_eq!(response.bytes, asset.identity, "{path}");
        assert_eq!(response.header("content-type"), asset.content_type, "{path}");
        assert_eq!(response.header("etag"), format!("\"{}\"", asset.sha256), "{path}");
        let age = if asset.immutable { IMMUTABLE } else { "public, no-cache" };
        assert_eq!(response.header("cache-control"), age, "{path}");
        assert_eq!(response.header("vary"), "accept-encoding", "{path}");
        let (origins, embedders) = if path == "/demo" { ("", "same-origin") } else { ("*", "cross-origin") };
        assert_eq!(response.header("access-control-allow-origin"), origins, "{path}");
        assert_eq!(response.header("cross-origin-resource-policy"), embedders, "{path}");
        for (name, value) in asset.policy {
            assert_eq!(response.header(name), *value, "{name} of {path}");
        }
    }
}

#[tokio::test]
async fn pages_come_with_their_policy_even_if_the_browser_has_them() {
    let app = spawn_app().await;
    for path in ["/embed/v1/frame.html", "/demo"] {
        let page = app.get(path).role(Role::Nobody).await.expect(200);
        let again = app.get(path).header("if-none-match", page.header("etag")).await.expect(304);
        assert!(again.bytes.is_empty());
        for name in ["content-security-policy", "etag", "cache-control", "vary"] {
            assert!(!page.header(name).is_empty(), "{name} of {path}");
            assert_eq!(again.header(name), page.header(name), "{name} of {path}");
        }
        let other = app.get(path).header("if-none-match", "\"other\"").await;
        assert_eq!(other.status, 200);
    }
}

#[tokio::test]
async fn a_client_gets_the_smallest_form_that_it_takes() {
    let app = spawn_app().await;
    let script = embed::find("/embed/v1.js").unwrap();
    for (accepted, encoding, bytes) in
        [("gzip, br", "br", script.brotli), ("gzip", "gzip", script.gzip), ("identity", "", script.identity)]
    {
        let response = app.get(script.path).header("accept-encoding", accepted).await.expect(200);
        assert_eq!(response.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(response.bytes, bytes, "{accepted}");
    }
}

#[tokio::test]
async fn there_is_nothing_else_under_it() {
    let app = spawn_app().await;
    for path in ["/embed", "/embed/", "/embed/v1", "/embed/v1/nothing.js", "/embed/v2.js", "/demo/"] {
        assert_eq!(app.get(path).role(Role::Nobody).await.expect(404).code(), "route_not_found", "{path}");
    }
}
