//! The frame of a version that may load from other origins. What browsers make of its policy, tests/browser tries.

use domain::origin::AllowedOrigins;
use serde_json::{Value, json};

use crate::harness::*;

const ALL: &str = "https://*.example.com,https://other.example";

async fn app_allowing(origins: &str) -> TestApp {
    spawn_with(Options { origins: AllowedOrigins::parse(origins).unwrap(), ..Options::default() }).await
}

/// The path of the frame in the payload that previews a widget with these resources.
async fn frame_of(app: &TestApp, key: &str, resources: Value) -> Option<String> {
    let id = app.create_widget_with(key, json!({"resources": resources})).await;
    app.get(&preview_path(&id)).await.expect(200).data()["frame"].as_str().map(str::to_owned)
}

fn directive<'a>(policy: &'a str, name: &str) -> &'a str {
    policy.split("; ").find_map(|directive| directive.strip_prefix(name)).unwrap().trim_start()
}

#[tokio::test]
async fn a_frame_allows_what_its_version_declares_and_the_operator_allows() {
    let app = app_allowing(ALL).await;
    let resources = json!({
        "images": ["https://a.example.com", "https://evil.example"],
        "fonts": ["https://example.com"],
        "connect": ["https://other.example", "https://b.a.example.com"],
    });
    let path = frame_of(&app, "card", resources).await.unwrap();
    let common = app.get("/embed/v1/frame.html").role(Role::Anonymous).await.expect(200);
    let frame = app.get(&path).role(Role::Anonymous).await.expect(200);
    assert_eq!((&frame.bytes, frame.header("content-type")), (&common.bytes, common.header("content-type")));
    let (before, after) = (common.header("content-security-policy"), frame.header("content-security-policy"));
    assert_eq!(directive(after, "img-src"), format!("{} https://a.example.com", directive(before, "img-src")));
    assert_eq!(directive(after, "connect-src"), "https://other.example https://b.a.example.com");
    for (before, after) in before.split("; ").zip(after.split("; ")) {
        assert!(before == after || before.starts_with("img-src") || before.starts_with("connect-src"), "{after}");
    }
    assert_eq!(frame.header("cross-origin-embedder-policy"), "credentialless");
    let origins = r#"(response-origin "https://a.example.com" "https://b.a.example.com" "https://other.example")"#;
    assert!(frame.header("connection-allowlist").starts_with(origins), "{}", frame.header("connection-allowlist"));
    for name in ["permissions-policy", "referrer-policy", "cross-origin-resource-policy", "vary"] {
        assert_eq!(frame.header(name), common.header(name), "{name}");
    }
    assert_eq!(frame.header("cache-control"), "public, no-cache");
    let again = app.get(&path).header("if-none-match", frame.header("etag")).await.expect(304);
    assert_eq!(again.header("content-security-policy"), after);
    assert_ne!(frame.header("etag"), common.header("etag"));
}

#[tokio::test]
async fn a_widget_without_allowed_origins_is_shown_in_the_common_frame() {
    for (allowed, resources) in [
        (ALL, json!({})),
        (ALL, json!({"images": ["https://evil.example"]})),
        ("off", json!({"images": ["https://a.example.com"]})),
    ] {
        let app = app_allowing(allowed).await;
        assert_eq!(frame_of(&app, "card", resources).await, None, "{allowed}");
    }
}

/// The module is that of the version before, so only the number distinguishes them.
#[tokio::test]
async fn a_message_is_shown_with_the_origins_of_its_version() {
    let app = app_allowing(ALL).await;
    let id = app.create_widget_with("card", json!({"resources": {"images": ["https://a.example.com"]}})).await;
    let first = app.send("conv_1", message("card")).await.data()["messageId"].as_str().unwrap().to_owned();
    app.edit(&id, json!({"resources": {"images": ["https://b.example.com"]}})).await;
    let second = app.send("conv_1", message("card")).await.data()["messageId"].as_str().unwrap().to_owned();
    app.edit(&id, json!({"resources": {}})).await;
    let third = app.send("conv_1", message("card")).await.data()["messageId"].as_str().unwrap().to_owned();
    app.delete(&widget_path(&id)).await.expect(200);
    let mut modules = Vec::new();
    for (message, source) in [(first, "https://a.example.com"), (second, "https://b.example.com")] {
        let payload = app.render("conv_1", &message).await;
        let frame = app.get(payload["frame"].as_str().unwrap()).role(Role::Anonymous).await.expect(200);
        let images = directive(frame.header("content-security-policy"), "img-src").to_owned();
        assert!(images.ends_with(source), "{images}");
        modules.push(payload["module"].clone());
    }
    let payload = app.render("conv_1", &third).await;
    assert_eq!(payload.get("frame"), None);
    modules.push(payload["module"].clone());
    assert!(modules.iter().all(|module| *module == modules[0]));
}

#[tokio::test]
async fn a_frame_is_found_only_by_a_widget_its_version_and_its_module() {
    let app = app_allowing(ALL).await;
    let path = frame_of(&app, "card", json!({"images": ["https://a.example.com"]})).await.unwrap();
    let other = app.create_widget_with("other", json!({"component": component_of("other")})).await;
    let other = app.get(&preview_path(&other)).await.data();
    let digest = |path: &str| path.rsplit(['-', '/']).next().unwrap().split('.').next().unwrap().to_owned();
    let (ours, theirs) = (digest(&path), digest(other["module"].as_str().unwrap()));
    for wrong in [
        path.replace(&ours, &theirs),
        path.replace(&ours, &ours.to_uppercase()),
        path.replace("-1-", "-%31-"),
        path.replace(&ours[..1], &format!("%{:02x}", ours.as_bytes()[0])),
        path.replace("-1-", "-2-"),
        path.replace("-1-", "-01-"),
        path.replace("-1-", "-0-"),
        path.replace("frame-widget_", "frame-widget_0"),
        path.replace("frame-widget_", "frame-"),
    ] {
        assert_ne!(wrong, path);
        let missing = app.get(&wrong).role(Role::Anonymous).await.expect(404);
        assert!(matches!(&*missing.code(), "module_not_found" | "route_not_found"), "{wrong}: {missing}");
    }
    // Of another widget without resources, the frame is the common one, for its module alone.
    let widget = other["widgetId"].as_str().unwrap();
    let plain = app.get(&format!("/embed/v1/frame-{widget}-1-{theirs}.html")).role(Role::Anonymous).await.expect(200);
    let common = app.get("/embed/v1/frame.html").role(Role::Anonymous).await.expect(200);
    assert_eq!(plain.header("content-security-policy"), common.header("content-security-policy"));
}

#[tokio::test]
async fn the_services_own_origin_is_never_part_of_the_policy() {
    let app = app_allowing("https://*.example.com").await;
    let own = "https://widgets.example.com";
    let path =
        frame_of(&app, "card", json!({"images": [own, "https://a.example.com"], "connect": [own]})).await.unwrap();
    let policy_at = |host: &str| {
        let answer = app.raw(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        let (_, policy) = answer.headers.iter().find(|(name, _)| name == "content-security-policy").unwrap().clone();
        policy
    };
    assert!(directive(&policy_at("elsewhere.example"), "connect-src").contains(own));
    for host in ["widgets.example.com", "WIDGETS.example.com", "widgets.example.com:443"] {
        let policy = policy_at(host);
        assert_eq!(directive(&policy, "connect-src"), "'none'", "{host}");
        assert!(directive(&policy, "img-src").ends_with("blob: https://a.example.com"), "{policy}");
    }
}
