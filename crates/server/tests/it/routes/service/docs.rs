use crate::harness::*;

/// What a page names in `src` and `href`.
fn references(html: &str) -> Vec<String> {
    let values = ["src=\"", "href=\""].into_iter().flat_map(|name| html.split(name).skip(1));
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_page_and_all_it_needs_come_from_the_binary() {
    let app = spawn_app().await;
    let page = app.get("/docs").role(Role::Nobody).await.expect(200);
    assert!(page.header("content-type").starts_with("text/html"), "{}", page.header("content-type"));
    let references: Vec<String> =
        references(page.text()).into_iter().filter(|reference| reference != "/docs/").collect();
    assert!(references.len() >= 4, "{references:?}");
    for reference in &references {
        assert!(!reference.contains("//"), "{reference} is fetched from elsewhere");
        let path = format!("/docs/{}", reference.trim_start_matches("./"));
        let part = app.get(&path).role(Role::Nobody).await.expect(200);
        assert!(!part.bytes.is_empty(), "{path}");
        assert_eq!(part.header("cache-control"), "public, max-age=3600", "{path}");
    }
    assert!(page.text().contains("<base href=\"/docs/\">"));
}

#[tokio::test]
async fn the_page_shows_this_services_document() {
    let app = spawn_app().await;
    let script = app.get("/docs/swagger-initializer.js").role(Role::Nobody).await.expect(200);
    assert!(script.text().contains("\"/openapi.json\""), "{}", script.text());
    assert!(!script.text().contains("http"), "{}", script.text());
}

#[tokio::test]
async fn there_is_nothing_else_under_it() {
    let app = spawn_app().await;
    for path in ["/docs/nothing.js", "/docs/..%2f..%2fetc%2fpasswd", "/docs/a/b", "/docs/%00"] {
        assert_eq!(app.get(path).await.expect(404).code(), "route_not_found", "{path}");
    }
    let outside = app.raw_get("/docs/../../../../etc/passwd");
    assert_eq!(outside.failure(404), "route_not_found");
}
