//! The OpenAPI document lists exactly the routes of the service. The tests' client checks every answer and every accepted
//! body against it.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};

use crate::harness::*;

fn document() -> Value {
    serde_json::from_str(&http::openapi::json()).unwrap()
}

#[tokio::test]
async fn the_served_document_is_the_one_that_the_command_prints() {
    let app = spawn_app().await;
    let response = app.get("/openapi.json").role(Role::Anonymous).await.expect(200);
    assert_eq!(response.header("content-type"), "application/json");
    assert_eq!(response.text(), http::openapi::json());
    assert_eq!(response.json()["openapi"], "3.1.0");
}

#[test]
fn the_committed_document_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let committed = fs::read_to_string(file).unwrap_or_default();
    assert!(committed == http::openapi::json(), "docs/openapi.json is out of date: run `just openapi`");
}

#[test]
fn the_document_lists_exactly_the_routes() {
    let document = document();
    let mut documented = BTreeSet::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            documented.insert((method.to_uppercase(), template.clone()));
        }
    }
    let there_are: BTreeSet<_> =
        ROUTES.iter().map(|route| (route.method.to_owned(), route.template.to_owned())).collect();
    assert_eq!(documented, there_are);
}

#[tokio::test]
async fn each_operation_of_the_document_is_served() {
    let app = spawn_app().await;
    for (template, item) in document()["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let route = ROUTES
                .iter()
                .find(|route| route.template == template && route.method.eq_ignore_ascii_case(method))
                .unwrap();
            let response = app.request(route.method, &route.path()).await;
            let code = if response.status < 400 { String::new() } else { response.code() };
            assert!(code != "route_not_found" && code != "method_not_allowed", "{method} {template}: {response}");
        }
    }
}

#[test]
fn each_operation_has_an_id_a_summary_and_says_which_permission_it_needs() {
    let document = document();
    assert_eq!(document["security"], json!([{"apiKey": []}]));
    let mut ids = BTreeSet::new();
    for route in ROUTES {
        let operation = &document["paths"][route.template][route.method.to_lowercase()];
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id.to_owned()), "{id} twice");
        assert!(operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{id}");
        let security = match (route.access, route.access.permission()) {
            (Access::Open, _) => json!([{}]),
            (_, Some(permission)) => json!([{"apiKey": [permission]}]),
            // The default of the document: any valid key.
            (_, None) => Value::Null,
        };
        assert_eq!(operation["security"], security, "{id}");
        assert_eq!(operation.get("requestBody").is_some(), route.takes_body(), "{id}");
        for parameter in route.template.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
            let named = operation["parameters"].as_array().unwrap().iter();
            assert!(
                named.into_iter().any(|p| p["name"] == parameter && p["in"] == "path" && p["required"] == true),
                "{id}: {parameter}"
            );
        }
    }
}
