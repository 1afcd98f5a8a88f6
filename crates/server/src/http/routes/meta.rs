//! What the service tells of itself: metrics, the OpenAPI document and its page.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::header, web};
use utoipa_swagger_ui::Config;

use crate::http::{
    HttpState, openapi as document,
    response::{ApiError, ErrorCode, Slices},
};

/// Metrics
///
/// In the Prometheus text format.
#[utoipa::path(
    get, path = "/metrics", operation_id = "metrics", tag = "Service", security(()),
    responses((status = 200, description = "Counters and histograms", body = String, content_type = "text/plain"))
)]
pub(in crate::http) async fn metrics(state: web::Data<HttpState>) -> HttpResponse {
    let text = state.metrics().render((state.worker_stats)(), state.clocks.stats());
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text)
}

/// This document
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "openapi", tag = "Service", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
pub(in crate::http) async fn openapi() -> HttpResponse {
    static TEXT: LazyLock<web::Bytes> = LazyLock::new(|| document::json().into());
    HttpResponse::Ok().content_type("application/json").body(Slices(TEXT.clone()))
}

/// The page runs its own scripts and asks this service, and nothing else.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/// An answer that a browser shows as the page, or as a part of it.
fn shown() -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_SECURITY_POLICY, PAGE_POLICY))
        .insert_header((header::X_FRAME_OPTIONS, "DENY"))
        .insert_header((header::PERMISSIONS_POLICY, "camera=(), geolocation=(), microphone=()"));
    response
}

static PAGE: LazyLock<Arc<Config<'static>>> =
    LazyLock::new(|| Arc::new(Config::from("/openapi.json").use_base_layout().try_it_out_enabled(true)));

/// This document as a page
#[utoipa::path(
    get, path = "/docs", operation_id = "docs", tag = "Service", security(()),
    responses((status = 200, description = "The page", body = String, content_type = "text/html"))
)]
pub(in crate::http) async fn docs() -> Result<HttpResponse, ApiError> {
    let page = file("index.html")?;
    // The page names its parts relative to itself, and stands one level above them.
    let html = String::from_utf8_lossy(&page.bytes).replacen("<head>", "<head><base href=\"/docs/\">", 1);
    Ok(shown().content_type(page.content_type).body(html))
}

/// A part of the page
#[utoipa::path(
    get, path = "/docs/{file}", operation_id = "docsFile", tag = "Service", security(()),
    params(("file" = String, Path, description = "A script, a style or an image")),
    responses(
        (status = 200, description = "The part", body = String, content_type = "*/*"),
    )
)]
pub(in crate::http) async fn docs_file(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let name = request.match_info().get("file").unwrap_or_default();
    let part = file(name)?;
    let mut response = shown();
    response.content_type(part.content_type).insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    Ok(response.body(Slices(shared(name, part.bytes))))
}

/// One copy of a part for all: a client that does not take it in holds none. Only names of parts that there are get here.
fn shared(name: &str, bytes: Cow<'static, [u8]>) -> web::Bytes {
    static READ: Mutex<BTreeMap<String, web::Bytes>> = Mutex::new(BTreeMap::new());
    match bytes {
        Cow::Borrowed(bytes) => web::Bytes::from_static(bytes),
        // A debug build has read it from a file.
        Cow::Owned(bytes) => {
            let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
            read.entry(name.to_owned()).or_insert_with(|| bytes.into()).clone()
        }
    }
}

fn file(name: &str) -> Result<utoipa_swagger_ui::SwaggerFile<'static>, ApiError> {
    let found = utoipa_swagger_ui::serve(name, PAGE.clone()).map_err(ApiError::internal)?;
    found.ok_or_else(|| ApiError::new(ErrorCode::RouteNotFound, "No such route"))
}
