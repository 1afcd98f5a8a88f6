//! The OpenAPI document: made from the handlers' own annotations. What they read is described beside them.

mod examples;
mod failures;
mod headers;
mod links;

use utoipa::{
    Modify, OpenApi,
    openapi::{
        PathItem,
        path::Operation,
        security::{Http, HttpAuthScheme, SecurityScheme},
    },
};

use self::{examples::Examples, failures::Failures, headers::Headers, links::Links};
use super::{
    response::Failure,
    routes::{assets, bindings, embed, health, messages, meta, pages, prebuilt, rendering, versions, widgets},
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
        (name = "Versions", description = "What a widget was, and making it so again"),
        (name = "Pre-built widgets", description = "Widgets that come with the service"),
        (name = "Peer widgets", description = "Which peer may use which widget, and how"),
        (name = "Messages", description = "Widget data sent to conversations"),
        (name = "Rendering", description = "What a browser loads and shows"),
        (name = "Service", description = "Health, metrics and this document"),
    ),
    security(("apiKey" = [])),
    components(schemas(Failure)),
    modifiers(&ApiKeyScheme, &Failures, &Headers, &Links, &Examples),
    paths(
        widgets::create::handle, widgets::list::handle, widgets::get::handle, widgets::update::handle,
        widgets::delete::handle, widgets::validate::handle,
        versions::list::handle, versions::get::handle, versions::restore::handle,
        prebuilt::list, prebuilt::get,
        bindings::add, bindings::list, bindings::get, bindings::update, bindings::remove,
        messages::send, messages::list, messages::get,
        rendering::message, rendering::preview, rendering::preview_with, assets::module, assets::source_map,
        embed::script, embed::part, embed::demo,
        health::live, health::ready, meta::metrics, meta::openapi, pages::start, pages::docs, pages::docs_file,
    ),
)]
struct Document;

/// All operations of a document.
fn operations(document: &mut utoipa::openapi::OpenApi) -> impl Iterator<Item = &mut Operation> {
    document.paths.paths.values_mut().flat_map(|item| {
        let PathItem { get, put, post, delete, .. } = item;
        [get, put, post, delete].into_iter().flatten()
    })
}

struct ApiKeyScheme;

impl Modify for ApiKeyScheme {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.description = Some("An API key: `widgetd key create` makes one".to_owned());
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("apiKey", SecurityScheme::Http(scheme));
    }
}

/// The document as indented JSON, ending with a line break: what `docs/openapi.json` holds.
pub fn json() -> String {
    let mut text = Document::openapi().to_pretty_json().expect("strings, numbers and maps are JSON");
    text.push('\n');
    text
}
