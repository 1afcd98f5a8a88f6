//! The web assets as HTTP serves them. tests/browser tests them in real browsers.

use http::PublicUrl;

use crate::harness::*;

#[tokio::test]
async fn every_asset_is_served_as_it_was_built_to_any_origin() {
    let app = spawn_app().await;
    assert!(web_assets::is_built(), "the tests need Node.js and npm when the crate `web-assets` is built");
    for asset in web_assets::assets() {
        let response = app.get(asset.path).role(Role::Anonymous).await.expect(200);
        let path = asset.path;
        assert_eq!(response.bytes, asset.identity, "{path}");
        assert_eq!(response.header("content-type"), asset.content_type, "{path}");
        assert_eq!(response.header("etag"), format!("\"{}\"", asset.sha256), "{path}");
        let age = match asset.immutable {
            true if asset.policy.is_empty() => "public, max-age=31536000, immutable",
            true => "public, max-age=86400, immutable",
            false => "public, no-cache",
        };
        assert_eq!(response.header("cache-control"), age, "{path}");
        let vary = if asset.policy.is_empty() { "accept-encoding" } else { "accept-encoding, host" };
        assert_eq!(response.header("vary"), vary, "{path}");
        let (origins, embedders) = if path == "/demo" { ("", "same-origin") } else { ("*", "cross-origin") };
        assert_eq!(response.header("access-control-allow-origin"), origins, "{path}");
        assert_eq!(response.header("cross-origin-resource-policy"), embedders, "{path}");
        for (name, value) in asset.policy {
            let origin = format!("'self' http://{}", app.address);
            assert_eq!(response.header(name), value.replace("'self'", &origin), "{name} of {path}");
        }
    }
}

#[tokio::test]
async fn pages_have_their_policy_even_in_a_304() {
    let app = spawn_app().await;
    for path in ["/embed/v1/frame.html", "/demo"] {
        let page = app.get(path).role(Role::Anonymous).await.expect(200);
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

/// The sources of the frame's scripts for a request with these lines in its head.
fn script_sources(app: &TestApp, hosts: &str) -> String {
    let response = app.raw(format!("GET /embed/v1/frame.html HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n"));
    assert_eq!(response.status, 200, "{hosts}");
    let (_, policy) = response.headers.iter().find(|(name, _)| name == "content-security-policy").unwrap();
    let sources = policy.split("; ").find_map(|directive| directive.strip_prefix("script-src ")).unwrap();
    sources.split(' ').filter(|source| !source.starts_with("'sha256-")).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_frames_policy_names_the_origin_that_it_was_requested_from() {
    let app = spawn_app().await;
    for (hosts, sources) in [
        ("Host: widgets.example.com\r\n", "'self' http://widgets.example.com"),
        ("Host: LOCALHOST:8080\r\n", "'self' http://localhost:8080"),
        ("Host: a.example\r\nX-Forwarded-Host: b.example\r\nForwarded: host=b.example\r\n", "'self' http://a.example"),
        ("Host: [::1]:8080\r\n", "'self'"),
        ("Host: *\r\n", "'self'"),
        ("Host: a.example 'unsafe-inline'\r\n", "'self'"),
        ("Host: a.example; object-src *\r\n", "'self'"),
        ("Host: \r\n", "'self'"),
    ] {
        assert_eq!(script_sources(&app, hosts), sources, "{hosts}");
    }
}

#[tokio::test]
async fn behind_a_proxy_the_frames_policy_names_the_public_url() {
    let mut options = Options::default();
    options.http.public_url = PublicUrl::parse("https://widgets.example.com").unwrap();
    let app = spawn_with(options).await;
    let sources = script_sources(&app, "Host: upstream:8080\r\n");
    assert_eq!(sources, "'self' https://widgets.example.com");
}

#[tokio::test]
async fn a_client_gets_the_smallest_encoding_that_it_accepts() {
    let app = spawn_app().await;
    let script = web_assets::find("/embed/v1.js").unwrap();
    for (accepted, encoding, bytes) in
        [("gzip, br", "br", script.brotli), ("gzip", "gzip", script.gzip), ("identity", "", script.identity)]
    {
        let response = app.get(script.path).header("accept-encoding", accepted).await.expect(200);
        assert_eq!(response.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(response.bytes, bytes, "{accepted}");
    }
}

#[tokio::test]
async fn the_frame_path_of_another_version_serves_this_versions_frame() {
    let app = spawn_app().await;
    let other = app.get("/embed/v1/frame-00000000.html").role(Role::Anonymous).await.expect(200);
    assert_eq!(other.bytes, web_assets::find("/embed/v1/frame.html").unwrap().identity);
    assert_eq!(other.header("cache-control"), "public, no-cache");
}

#[tokio::test]
async fn all_other_paths_are_not_found() {
    let app = spawn_app().await;
    for path in
        ["/embed", "/embed/", "/embed/v1", "/embed/v1/nothing.js", "/embed/v1/frame-0.html", "/embed/v2.js", "/demo/"]
    {
        assert_eq!(app.get(path).role(Role::Anonymous).await.expect(404).code(), "route_not_found", "{path}");
    }
}
