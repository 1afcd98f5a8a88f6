//! Unknown paths and methods.

use insta::assert_snapshot;

use crate::harness::*;

/// The methods of an address, as its routes declare them.
fn allowed(template: &str) -> Vec<&'static str> {
    let declared = ROUTES.iter().filter(|route| route.template == template).map(|route| route.method);
    declared.flat_map(|method| if method == "GET" { vec!["GET", "HEAD"] } else { vec![method] }).collect()
}

#[tokio::test]
async fn every_other_method_of_every_path_gets_a_405_with_the_allowed_methods() {
    let app = spawn_app().await;
    for route in ROUTES {
        let allowed = allowed(route.template);
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "BREW"] {
            if allowed.contains(&method) {
                continue;
            }
            let response = app.request(method, &route.path()).role(Role::Anonymous).await.expect(405);
            let mut listed: Vec<&str> = response.header("allow").split(", ").collect();
            let mut expected = allowed.clone();
            listed.sort_unstable();
            expected.sort_unstable();
            assert_eq!(listed, expected, "{method} {}", route.template);
            if method != "HEAD" {
                assert_eq!(response.code(), "method_not_allowed");
            }
        }
    }
    assert_snapshot!(app.request("PATCH", &widget_path(NO_WIDGET)).await, @r#"
    405
    allow: GET, HEAD, PUT, DELETE
    {
      "success": false,
      "error": "Method not allowed",
      "code": "method_not_allowed",
      "details": {
        "allow": "GET, HEAD, PUT, DELETE"
      }
    }
    "#);
}

#[tokio::test]
async fn an_unknown_path_is_answered_in_the_envelope() {
    let app = spawn_app().await;
    assert_snapshot!(app.get("/api/v1/nothing").await, @r#"
    404
    {
      "success": false,
      "error": "No such route",
      "code": "route_not_found"
    }
    "#);
    for path in [
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v2/widget",
        "/widget",
        "/api/v1/widget/",
        "/api/v1/widgets",
        "/api/v1/Widget",
        "/api/v1/widget/a/b",
        "/api/v1/widget/prebuilt/a/b",
        "/api/v1/peer",
        "/api/v1/peer/peer_1",
        "/api/v1/peer//widgets",
        "/api/v1/conversation/conv_1",
        "/api/v1/conversation/conv_1/messages",
        "/health",
        "/openapi.yaml",
        "//",
    ] {
        for method in ["GET", "POST", "DELETE", "OPTIONS"] {
            let response = app.request(method, path).role(Role::Anonymous).await;
            assert_eq!((response.status, response.code().as_str()), (404, "route_not_found"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn head_gets_the_headers_of_get_and_no_body() {
    let app = spawn_app().await;
    for route in ROUTES.into_iter().filter(|route| route.method == "GET" && route.template != "/metrics") {
        let get = app.get(&route.path()).await;
        let head = app.request("HEAD", &route.path()).await;
        assert_eq!((head.status, head.text()), (get.status, ""), "{route:?}");
        for name in ["content-type", "content-length", "etag"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {route:?}");
        }
    }
}
