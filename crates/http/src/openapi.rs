//! The OpenAPI document, made from the table of routes (`route_table`) and the annotations of its handlers.

mod examples;
mod failures;
mod headers;
mod links;

use std::collections::BTreeMap;

use actix_web::http::Method;
use utoipa::{
    OpenApi,
    openapi::{
        PathItem,
        path::Operation,
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

use crate::{
    response::Failure,
    route::{Access, Route},
    route_table::{Operations, ROUTES},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "widgetd",
        description = "Self-hosted widget service for AI conversations: React components with a JSON Schema of their data, checked, versioned, given to peers and sent in messages.\n\nEvery failure is answered with the same envelope; `code` is stable and documented in docs/errors.md.",
        license(name = "MIT OR Apache-2.0"),
    ),
    servers((url = "/")),
    tags(
        (name = "Widgets", description = "A component, the schema of its data, and its versions"),
        (name = "Versions", description = "Earlier versions of a widget, and restoring them"),
        (name = "Pre-built widgets", description = "Widgets that come with the service"),
        (name = "Peer widgets", description = "Which peer may use which widget, and how"),
        (name = "Messages", description = "Widget data sent to conversations"),
        (name = "Rendering", description = "What a browser loads and shows"),
        (name = "Service", description = "Health, metrics and this document"),
    ),
    security(("apiKey" = [])),
    components(schemas(Failure)),
)]
struct Document;

/// All operations of a document.
fn operations(document: &mut utoipa::openapi::OpenApi) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(|item| {
        let PathItem { get, put, post, delete, .. } = item;
        [get, put, post, delete].into_iter().flatten()
    })
}

/// The operation that the annotation of a row's handler describes.
fn operation<'a>(document: &'a mut utoipa::openapi::OpenApi, route: &Route) -> Option<&'a mut Operation> {
    let item = document.paths.paths.get_mut(route.path)?;
    let operation = match route.method {
        Method::GET => &mut item.get,
        Method::PUT => &mut item.put,
        Method::POST => &mut item.post,
        _ => &mut item.delete,
    };
    operation.as_mut()
}

/// What an operation asks for; nothing where any valid key will do, as the document says so for all.
fn security(access: Access) -> Option<Vec<SecurityRequirement>> {
    match access {
        Access::Open => Some(vec![SecurityRequirement::default()]),
        Access::AnyKey => None,
        Access::Needs(permission) => Some(vec![SecurityRequirement::new("apiKey", [permission.as_str()])]),
    }
}

fn api_key_scheme() -> SecurityScheme {
    let mut scheme = Http::new(HttpAuthScheme::Bearer);
    scheme.description = Some("An API key: `widgetd key create` creates one".to_owned());
    SecurityScheme::Http(scheme)
}

fn document() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi().merge_from(Operations::openapi());
    document.components.get_or_insert_default().add_security_scheme("apiKey", api_key_scheme());
    let mut shared = BTreeMap::new();
    for route in ROUTES {
        let operation = operation(&mut document, route).expect("a handler is annotated with its row's method and path");
        operation.security = security(route.spec.access);
        failures::add(operation, &route.spec, &mut shared);
        links::add(operation, route.spec.links);
        examples::add(operation);
    }
    let components = document.components.get_or_insert_default();
    components.responses.extend(shared);
    headers::describe(&mut document);
    document
}

/// The document as indented JSON, ending with a line break: what `docs/openapi.json` holds.
pub fn json() -> String {
    let mut text = document().to_pretty_json().expect("strings, numbers and maps are JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use utoipa::openapi::RefOr;

    use super::*;

    #[test]
    fn each_annotation_names_the_method_and_the_path_of_one_row() {
        let mut document = Operations::openapi();
        assert_eq!(operations(&mut document).count(), ROUTES.len());
        for route in ROUTES {
            assert!(operation(&mut document, route).is_some(), "{} {}", route.method, route.path);
        }
    }

    #[test]
    fn the_rows_of_a_path_stand_together() {
        let paths: Vec<_> = ROUTES.chunk_by(|one, next| one.path == next.path).map(|rows| rows[0].path).collect();
        assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len());
    }

    #[test]
    fn each_link_leads_from_an_answer_to_parameters_that_exist() {
        let mut document = document();
        let parameters: BTreeMap<String, Vec<String>> = operations(&mut document)
            .map(|operation| {
                let named = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
                    RefOr::T(parameter) => Some(parameter.name.clone()),
                    RefOr::Ref(_) => None,
                });
                (operation.operation_id.clone().unwrap_or_default(), named.collect())
            })
            .collect();
        for route in ROUTES {
            let operation = operation(&mut document, route).unwrap();
            let answers = operation.responses.responses.values().filter_map(|answer| match answer {
                RefOr::T(answer) => Some(answer.links.len()),
                RefOr::Ref(_) => None,
            });
            assert_eq!(answers.sum::<usize>(), route.spec.links.len(), "{} {}", route.method, route.path);
            for link in route.spec.links {
                for (name, _) in link.parameters {
                    assert!(parameters[link.to].iter().any(|known| known == name), "{}: {name}", link.to);
                }
            }
        }
    }

    #[test]
    fn no_operation_leaves_a_status_to_be_guessed() {
        let mut document = document();
        for operation in operations(&mut document) {
            assert!(!operation.responses.responses.contains_key("default"), "{:?}", operation.operation_id);
        }
    }
}
