use crate::harness::*;

/// The targets of `src` and `href` in a page.
fn references(html: &str) -> Vec<String> {
    let values = ["src=\"", "href=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_page_and_everything_it_loads_come_from_the_binary() {
    let app = spawn_app().await;
    for path in ["/", "/docs", "/demo"] {
        let page = app.get(path).role(Role::Anonymous).header("accept", "text/html").await.expect(200);
        assert!(page.header("content-type").starts_with("text/html"), "{}", page.header("content-type"));
        let references = references(page.text());
        assert!(references.len() >= 4, "{path}: {references:?}");
        for reference in &references {
            assert!(
                reference.starts_with('/') && !reference.starts_with("//"),
                "{reference} is fetched from elsewhere"
            );
            let part = app.get(reference).role(Role::Anonymous).await.expect(200);
            assert!(!part.bytes.is_empty(), "{reference}");
            if reference.starts_with("/docs/") {
                assert_eq!(part.header("cache-control"), "public, max-age=3600", "{reference}");
            }
        }
    }
}

#[tokio::test]
async fn a_browser_gets_the_start_page_and_a_program_a_list() {
    let app = spawn_app().await;
    let as_chromium = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
    let page = app.get("/").role(Role::Anonymous).header("accept", as_chromium).await.expect(200);
    assert_eq!(page.header("vary"), "accept");
    assert!(references(page.text()).iter().any(|reference| reference == "/demo"), "{}", page.text());
    for accept in ["*/*", "application/json", "text/html;q=0"] {
        let list = app.get("/").role(Role::Anonymous).header("accept", accept).await.expect(200);
        assert_eq!(list.header("vary"), "accept");
        for (_, address) in list.data().as_object().unwrap() {
            let address = address.as_str().unwrap();
            if address.starts_with('/') && address != "/api/v1" {
                app.get(address).role(Role::Anonymous).await.expect(200);
            }
        }
    }
}

#[tokio::test]
async fn the_reference_shows_this_services_document() {
    let app = spawn_app().await;
    let script = app.get("/docs/docs.js").role(Role::Anonymous).await.expect(200);
    assert!(script.text().contains("'/openapi.json'"), "{}", script.text());
    assert!(!script.text().contains("http"), "{}", script.text());
}

#[tokio::test]
async fn all_other_paths_are_not_found() {
    let app = spawn_app().await;
    for path in ["/docs/nothing.js", "/docs/index.html", "/docs/..%2f..%2fetc%2fpasswd", "/docs/a/b", "/docs/%00"] {
        assert_eq!(app.get(path).await.expect(404).code(), "route_not_found", "{path}");
    }
    let outside = app.raw_get("/docs/../../../../etc/passwd");
    assert_eq!(outside.failure(404), "route_not_found");
}
