use std::io::Read as _;

use domain::module::AssetDigest;
use flate2::read::GzDecoder;
use serde_json::{Value, json};

use crate::harness::*;

/// The path of a widget's module.
async fn module_of(app: &TestApp, members: Value) -> String {
    let id = app.create_widget_with("card", members).await;
    app.get(&version_path(&id, 1)).await.data()["module"].as_str().unwrap().to_owned()
}

/// The path of a module's source map.
fn map_of(module: &str) -> String {
    let (_, name) = module.trim_end().rsplit_once("//# sourceMappingURL=").unwrap();
    format!("/assets/widget/{name}")
}

#[tokio::test]
async fn a_module_matches_its_digest_and_may_be_cached_permanently() {
    let app = spawn_app().await;
    let path = module_of(&app, json!({})).await;
    let response = app.get(&path).role(Role::Anonymous).await.expect(200);
    let digest = &path["/assets/widget/".len()..path.len() - ".js".len()];
    assert_eq!(AssetDigest::of(response.text()).to_string(), digest);
    for (name, value) in [
        ("content-type", "text/javascript; charset=utf-8"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("etag", &*format!("\"{digest}\"")),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("vary", "Accept-Encoding"),
        ("content-encoding", ""),
    ] {
        assert_eq!(response.header(name), value, "{name}");
    }
    for known in [&*format!("\"{digest}\""), &*format!("\"x\", W/\"{digest}\""), "*"] {
        let again = app.get(&path).header("if-none-match", known).await.expect(304);
        assert_eq!((again.text(), again.header("etag")), ("", response.header("etag")));
        assert_eq!(again.header("cache-control"), response.header("cache-control"));
    }
    app.get(&path).header("if-none-match", "\"other\"").await.expect(200);
    let head = app.request("HEAD", &path).await.expect(200);
    assert_eq!((head.text(), head.header("content-length")), ("", response.header("content-length")));
}

#[tokio::test]
async fn the_source_map_contains_the_source() {
    let app = spawn_app().await;
    let source = "/* a comment */\nexport default ({ data }) => <p title=\"é\">{data.title}</p>;\n";
    let path = module_of(&app, json!({"component": source})).await;
    let module = app.get(&path).await.expect(200).text().to_owned();
    let response = app.get(&map_of(&module)).role(Role::Anonymous).await.expect(200);
    assert_eq!(response.header("content-type"), "application/json");
    assert_eq!(response.header("access-control-allow-origin"), "*");
    let map = response.json();
    assert_eq!((&map["sources"], &map["sourcesContent"]), (&json!(["component.jsx"]), &json!([source])));
    assert!(map_of(&module).contains(&AssetDigest::of(response.text()).to_string()));
    assert!(!module.contains("a comment"));
}

#[tokio::test]
async fn a_client_that_accepts_gzip_gets_the_same_in_fewer_bytes() {
    let app = spawn_app().await;
    let rows = "<tr><td>{data.title}</td></tr>".repeat(4_000);
    for (key, component) in
        [("small", COMPONENT.to_owned()), ("large", format!("export default ({{ data }}) => <table>{rows}</table>;"))]
    {
        let id = app.create_widget_with(key, json!({"component": component})).await;
        let path = app.get(&version_path(&id, 1)).await.data()["module"].as_str().unwrap().to_owned();
        let plain = app.get(&path).header("accept-encoding", "br, gzip;q=0").await.expect(200);
        assert_eq!(plain.header("content-encoding"), "");
        for _ in 0..2 {
            let gzip = app.get(&path).header("accept-encoding", "br, gzip").await.expect(200);
            if gzip.header("content-encoding").is_empty() {
                assert!(plain.bytes.len() < 256 && gzip.bytes == plain.bytes, "{key}");
                continue;
            }
            let mut text = String::new();
            GzDecoder::new(&*gzip.bytes).read_to_string(&mut text).unwrap();
            assert_eq!((&*text, gzip.header("vary")), (plain.text(), "Accept-Encoding"), "{key}");
            assert!(
                gzip.bytes.len() * 4 < plain.bytes.len() * 3,
                "{key}: {} of {}",
                gzip.bytes.len(),
                plain.bytes.len()
            );
        }
    }
}

#[tokio::test]
async fn an_unknown_module_is_answered_in_the_envelope() {
    let app = spawn_app().await;
    let path = module_of(&app, json!({})).await;
    let map = map_of(app.get(&path).await.text());
    // Neither is found under the other's path, nor by another spelling.
    let (as_map, as_module) = (format!("{path}.map"), map.replace(".map", ""));
    let digest = &path["/assets/widget/".len()..path.len() - ".js".len()];
    let upper = format!("/assets/widget/{}.js", digest.to_uppercase());
    for path in
        [&*as_map, &*as_module, &*upper, "/assets/widget/x.js", &*format!("/assets/widget/{}.js", "0".repeat(64))]
    {
        let response = app.get(path).role(Role::Anonymous).await.expect(404);
        assert_eq!(
            (response.code().as_str(), response.header("cache-control")),
            ("module_not_found", "no-store"),
            "{path}"
        );
    }
    assert_eq!(app.get("/assets/widget/x").await.expect(404).code(), "route_not_found");
}

#[tokio::test]
async fn a_module_is_read_from_the_store_once() {
    let app = spawn_with(Options {
        change: Box::new(|adapters| {
            let mut versions = ports::MockVersionStore::new();
            versions.expect_find_version().returning(|_, _, _| Ok(None));
            versions.expect_asset().times(1).returning(|_, _| Ok(Some("export default()=>null;".into())));
            adapters.versions = std::sync::Arc::new(versions);
        }),
        ..Options::default()
    })
    .await;
    let path = format!("/assets/widget/{}.js", AssetDigest::of("export default()=>null;"));
    for _ in 0..3 {
        assert_eq!(app.get(&path).await.expect(200).text(), "export default()=>null;");
    }
}
