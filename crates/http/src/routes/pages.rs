//! The start page and the API reference (Swagger UI). The demo page is in `embed`.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::header, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    base_path::BASE_PATH,
    request::accepts_html,
    response::{ApiError, ErrorCode, SlicedBody, Success, ok},
};

/// A page runs scripts of this service and connects to this service only.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// An answer that a browser renders as a page or loads for one.
fn shown() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, PAGE_POLICY))
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .insert_header((header::PERMISSIONS_POLICY, "camera=(), geolocation=(), microphone=()"));
    response
}

fn page(html: &'static str) -> HttpResponse {
    shown().content_type("text/html; charset=utf-8").body(html)
}

/// Where the parts of the service are.
#[derive(Serialize, ToSchema)]
#[schema(as = Start)]
pub(crate) struct StartView {
    /// Always `widgetd`.
    #[schema(value_type = String)]
    service: &'static str,
    /// The version of the service.
    #[schema(value_type = String)]
    version: &'static str,
    /// What the API's paths begin with.
    #[schema(value_type = String)]
    api: &'static str,
    /// The API as an OpenAPI document.
    #[schema(value_type = String)]
    openapi: &'static str,
    /// The API as a page.
    #[schema(value_type = String)]
    docs: &'static str,
    /// The page that shows a conversation; null if the service was built without it.
    #[schema(value_type = Option<String>, required)]
    demo: Option<&'static str>,
}

static START_PAGE: LazyLock<String> = LazyLock::new(|| {
    let demo = if web_assets::is_built() {
        "<li><a href=\"/demo\">Demo</a><p>A conversation with its widgets, live.</p></li>\n    "
    } else {
        "<li>Demo<p>Not available: this service was built without Node.js, so the demo page and &lt;peer-widget&gt; are missing.</p></li>\n    "
    };
    include_str!("../../pages/start.html").replace("DEMO", demo).replace("VERSION", env!("CARGO_PKG_VERSION"))
});

/// The service's start
///
/// A page for browsers (`Accept: text/html`), a list of addresses for programs.
#[utoipa::path(
    get, path = "/", operation_id = "start", tag = "Service",
    responses((
        status = 200, description = "The page, or the list",
        content((Success<StartView> = "application/json"), (String = "text/html")),
    ))
)]
pub(crate) async fn start(request: HttpRequest) -> HttpResponse {
    let mut response = if accepts_html(&request) {
        page(&START_PAGE)
    } else {
        ok(StartView {
            service: "widgetd",
            version: env!("CARGO_PKG_VERSION"),
            api: BASE_PATH,
            openapi: "/openapi.json",
            docs: "/docs",
            demo: web_assets::is_built().then_some("/demo"),
        })
    };
    response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("accept"));
    response
}

static DOCS_PAGE: LazyLock<String> = LazyLock::new(|| {
    let demo = if web_assets::is_built() { "<a href=\"/demo\">Demo</a> " } else { "" };
    include_str!("../../pages/docs.html").replace("DEMO", demo)
});

/// This document as a page
#[utoipa::path(
    get, path = "/docs", operation_id = "docs", tag = "Service",
    responses((status = 200, description = "The page", body = String, content_type = "text/html"))
)]
pub(crate) async fn docs() -> HttpResponse {
    page(&DOCS_PAGE)
}

/// A part of the page
#[utoipa::path(
    get, path = "/docs/{file}", operation_id = "docsFile", tag = "Service",
    params(("file" = String, Path, description = "A script, a style or an image")),
    responses(
        (status = 200, description = "The part", body = String, content_type = "*/*"),
    )
)]
pub(crate) async fn docs_file(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (content_type, bytes) = match request.match_info().get("file").unwrap_or_default() {
        "docs.js" => own("text/javascript", include_str!("../../pages/docs.js")),
        "pages.css" => own("text/css", include_str!("../../pages/pages.css")),
        "icon.svg" => own("image/svg+xml", include_str!("../../pages/icon.svg")),
        name @ ("swagger-ui.css" | "swagger-ui-bundle.js") => swagger(name)?,
        _ => return Err(ApiError::new(ErrorCode::RouteNotFound, "No such route")),
    };
    let mut response = shown();
    response.content_type(content_type).insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    Ok(response.body(SlicedBody::new(bytes)))
}

fn own(content_type: &str, text: &'static str) -> (String, web::Bytes) {
    (format!("{content_type}; charset=utf-8"), web::Bytes::from_static(text.as_bytes()))
}

/// A file of Swagger UI. All answers share one copy, because slow clients hold it for long.
fn swagger(name: &str) -> Result<(String, web::Bytes), ApiError> {
    static READ: Mutex<BTreeMap<String, web::Bytes>> = Mutex::new(BTreeMap::new());
    let file = utoipa_swagger_ui::serve(name, Arc::default()).map_err(ApiError::internal)?;
    let file = file.ok_or_else(|| ApiError::new(ErrorCode::RouteNotFound, "No such route"))?;
    let bytes = match file.bytes {
        Cow::Borrowed(bytes) => web::Bytes::from_static(bytes),
        // A debug build has read it from a file.
        Cow::Owned(bytes) => {
            let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
            read.entry(name.to_owned()).or_insert_with(|| bytes.into()).clone()
        }
    };
    Ok((file.content_type, bytes))
}
