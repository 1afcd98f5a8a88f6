//! Access to all routes: 401, 403, and the order of the checks of a request.

use domain::rate_limit::RateLimit;
use insta::assert_snapshot;
use serde_json::json;
use server::config::Limits;

use crate::harness::*;

const ROLES: [(Role, &[&str]); 4] = [
    (Role::Owner, &["WIDGETS_MANAGE", "WIDGETS_USE_BASIC"]),
    (Role::Manager, &["WIDGETS_MANAGE"]),
    (Role::Messenger, &["WIDGETS_USE_BASIC"]),
    (Role::Reader, &[]),
];

/// A request to the route. Its body is JSON, and invalid for every route.
fn request(app: &TestApp, route: Route) -> Request<'_> {
    let request = app.request(route.method, &route.path());
    if route.takes_body() { request.body("{}") } else { request }
}

#[tokio::test]
async fn only_public_routes_answer_without_a_key() {
    let app = spawn_app().await;
    for route in ROUTES {
        let response = request(&app, route).role(Role::Anonymous).await;
        if route.access == Access::Open {
            // A digest in the table names no module.
            let status = if route.template.contains("digest") { 404 } else { 200 };
            assert_eq!(response.status, status, "{route:?}");
        } else {
            assert_eq!((response.status, response.header("www-authenticate")), (401, "Bearer"), "{route:?}");
            assert_eq!(response.code(), "unauthorized");
        }
    }
    assert_snapshot!(app.get(WIDGETS).role(Role::Anonymous).await, @r#"
    401
    www-authenticate: Bearer
    {
      "success": false,
      "error": "An API key is required: send 'Authorization: Bearer <key>'",
      "code": "unauthorized"
    }
    "#);
}

#[tokio::test]
async fn all_invalid_keys_get_the_same_answer() {
    let app = spawn_app().await;
    let secret = app.secret(Role::Owner).unwrap();
    let mistyped = format!("{}{}", &secret[..31], if secret.ends_with('0') { '1' } else { '0' });
    // Well-formed, with the right checksum, and never issued.
    let unknown = domain::access::ApiKeySecret::from_random(7);
    let expected = app.get(WIDGETS).header("authorization", "Bearer x").await.expect(401);
    assert_snapshot!(expected, @r#"
    401
    www-authenticate: Bearer
    {
      "success": false,
      "error": "The API key is not valid",
      "code": "unauthorized"
    }
    "#);
    for credential in [
        format!("Bearer {mistyped}"),
        format!("Bearer {}", unknown.reveal()),
        format!("Bearer {}", app.secret(Role::Revoked).unwrap()),
        format!("Bearer {secret}x"),
        format!("Bearer {secret}, Bearer {secret}"),
        format!("Bearer Bearer {secret}"),
    ] {
        for route in ROUTES.into_iter().filter(|route| route.access != Access::Open) {
            let response = request(&app, route).header("authorization", &credential).await.expect(401);
            assert_eq!(
                (response.header("www-authenticate"), response.json()),
                ("Bearer", expected.json()),
                "{credential}: {route:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_malformed_authorization_header_is_refused_with_the_remedy() {
    let app = spawn_app().await;
    let secret = app.secret(Role::Owner).unwrap();
    let without_bearer = "The word Bearer is missing before the API key: send 'Authorization: Bearer <key>'";
    let no_key = "The Authorization header holds no API key: send 'Authorization: Bearer <key>'";
    let other = "The Authorization header is not a bearer credential: send 'Authorization: Bearer <key>'";
    for (credential, sentence) in [
        (secret.to_owned(), without_bearer),
        (format!("  {secret} "), without_bearer),
        (secret.to_uppercase(), without_bearer),
        ("wgt_short".to_owned(), without_bearer),
        ("Bearer".to_owned(), no_key),
        ("bearer  ".to_owned(), no_key),
        (format!("Basic {secret}"), other),
        (format!("Token {secret}"), other),
        (format!("Bearer: {secret}"), other),
        (format!("Bearer{secret}"), other),
        (format!("\"Bearer {secret}\""), other),
        (format!("{secret} {secret}"), other),
        ("x".to_owned(), other),
        ("é".to_owned(), other),
        (String::new(), other),
    ] {
        for route in ROUTES.into_iter().filter(|route| route.access != Access::Open) {
            let response = request(&app, route).header("authorization", &credential).await.expect(401);
            assert_eq!(response.json()["error"], sentence, "{credential}: {route:?}");
            assert_eq!((response.code().as_str(), response.header("www-authenticate")), ("unauthorized", "Bearer"));
        }
    }
    let twice = app.head("GET", WIDGETS, &format!("Authorization: Bearer {secret}\r\nConnection: close\r\n\r\n"));
    let response = app.raw(twice);
    assert_eq!(response.failure(401), "unauthorized");
    assert_eq!(response.json()["error"], "The request has more than one Authorization header: send one");
}

#[tokio::test]
async fn the_authorization_scheme_ignores_case() {
    let app = spawn_app().await;
    for scheme in ["bearer", "BEARER", "Bearer ", "Bearer    ", " bearer", "Bearer\t"] {
        let credential = format!("{scheme} {}", app.secret(Role::Owner).unwrap());
        app.get(WIDGETS).header("authorization", &credential).await.expect(200);
    }
}

#[tokio::test]
async fn each_route_requires_exactly_its_permission() {
    let app = spawn_app().await;
    for route in ROUTES {
        for (role, permissions) in ROLES {
            let response = request(&app, route).role(role).await;
            match route.access.permission().filter(|needed| !permissions.contains(needed)) {
                Some(missing) => {
                    assert_eq!(response.status, 403, "{role:?} {route:?}");
                    assert_eq!(response.code(), "forbidden");
                    assert_eq!(response.details(), json!({"requiredPermission": missing}), "{role:?} {route:?}");
                }
                None => assert!(![401, 403].contains(&response.status), "{role:?} {route:?}: {response}"),
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_names_the_permission() {
    let app = spawn_app().await;
    assert_snapshot!(app.post(WIDGETS, widget("card")).role(Role::Messenger).await, @r#"
    403
    {
      "success": false,
      "error": "The API key lacks a permission",
      "code": "forbidden",
      "details": {
        "requiredPermission": "WIDGETS_MANAGE"
      }
    }
    "#);
}

#[tokio::test]
async fn the_key_is_checked_before_permission_limit_and_body() {
    let once = Some(RateLimit::per_hour(1));
    let app = spawn_with(Options {
        limits: Limits { write: once, list: once, message: once, preview: once },
        ..Options::default()
    })
    .await;
    // Everything is wrong with this request but its address.
    let send = async |role| {
        let request = app.post(WIDGETS, "not JSON").role(role).header("content-type", "text/plain");
        request.header("idempotency-key", "").await
    };
    for _ in 0..3 {
        assert_eq!(send(Role::Anonymous).await.status, 401);
        assert_eq!(send(Role::Revoked).await.status, 401);
        assert_eq!(send(Role::Messenger).await.status, 403);
    }
    // Neither was counted: one request is left, and a refused body uses it up.
    assert_eq!(send(Role::Owner).await.status, 415);
    assert_eq!(send(Role::Owner).await.status, 429);
    assert_eq!(send(Role::Anonymous).await.status, 401);
    assert_eq!(send(Role::Messenger).await.status, 403);
}

#[tokio::test]
async fn the_media_type_is_checked_before_the_size_and_the_size_before_the_json() {
    let app = spawn_app().await;
    let large = "x".repeat(1024 * 1024 + 1);
    assert_eq!(app.post(WIDGETS, &large).header("content-type", "text/plain").await.status, 415);
    assert_eq!(app.post(WIDGETS, &large).await.status, 413);
    assert_eq!(app.post(WIDGETS, "x").await.status, 400);
    // The body comes before what the address refers to.
    assert_eq!(app.put(&widget_path(NO_WIDGET), "x").await.status, 400);
}

#[tokio::test]
async fn another_workspace_is_never_visible() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let binding = app.bind("peer_1", &id).await;
    let sent = app.send("conv_1", message("card")).await.id();
    for (method, path, body) in [
        ("GET", widget_path(&id), None),
        ("PUT", widget_path(&id), Some(json!({"name": "Mine"}))),
        ("DELETE", widget_path(&id), None),
        ("GET", binding_path("peer_1", &binding), None),
        ("PUT", binding_path("peer_1", &binding), Some(json!({"enabled": false}))),
        ("DELETE", binding_path("peer_1", &binding), None),
        ("GET", message_path("conv_1", &sent), None),
        ("POST", peer_path("peer_1"), Some(json!({"widgetId": id}))),
        ("POST", peer_path("peer_1"), Some(json!({"widgetKey": "card"}))),
        ("POST", messages_path("conv_1"), Some(message("card"))),
    ] {
        let mut request = app.request(method, &path).role(Role::Stranger);
        if let Some(body) = body {
            request = request.body(body);
        }
        assert_eq!(request.await.status, 404, "{method} {path}");
    }
}
