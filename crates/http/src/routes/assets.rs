//! `/assets/…`: modules, source maps, style sheets and files of libraries, addressed by the hash of their content.
//!
//! They need no key, because a sandboxed frame has none to send. The address is a 256-bit hash, which only callers that may
//! see the widget are given. They are readable from any origin, because the origin of such a frame is opaque.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use app::AppError;
use domain::module::{AssetDigest, AssetKind};

use crate::{
    HttpState,
    assets::Asset,
    request::{self, accepts_brotli, accepts_gzip, is_not_modified},
    response::{ApiError, SlicedBody},
};

/// The address is the hash of the content, so the content never changes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The module of a component
///
/// One ES module whose default export is the component. It imports what the frame provides (`react`, `react/jsx-runtime`,
/// `react-dom`) and files of libraries (`../lib/…`).
#[utoipa::path(
    get, path = "/assets/widget/{digest}.js", operation_id = "widgetModule", tag = "Rendering",
    params(("digest" = String, Path, pattern = "^[0-9a-f]{64}$", description = "The SHA-256 of the module, in 64 hexadecimal digits"), request::IfNoneMatchHeader),
    responses(
        (
            status = 200, description = "The module", body = String, content_type = "text/javascript",
            headers(("ETag" = String, description = "The digest, in quotes")),
        ),
        (
            status = 304, description = "The entity tag in `If-None-Match` is still right",
            headers(("ETag" = String, description = "The digest, in quotes")),
        ),
    )
)]
pub(crate) async fn module(state: web::Data<HttpState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    answer(&state, &request, AssetKind::Module).await
}

/// The source map of a module
///
/// Leads back to the source of the component, which it contains.
#[utoipa::path(
    get, path = "/assets/widget/{digest}.js.map", operation_id = "widgetSourceMap", tag = "Rendering",
    params(("digest" = String, Path, pattern = "^[0-9a-f]{64}$", description = "The SHA-256 of the source map, in 64 hexadecimal digits"), request::IfNoneMatchHeader),
    responses(
        (
            status = 200, description = "The source map", body = Object,
            headers(("ETag" = String, description = "The digest, in quotes")),
        ),
        (
            status = 304, description = "The entity tag in `If-None-Match` is still right",
            headers(("ETag" = String, description = "The digest, in quotes")),
        ),
    )
)]
pub(crate) async fn source_map(state: web::Data<HttpState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    answer(&state, &request, AssetKind::SourceMap).await
}

/// The style sheet of a version
///
/// What Tailwind CSS makes of the component's utility classes.
#[utoipa::path(
    get, path = "/assets/widget/{digest}.css", operation_id = "widgetStylesheet", tag = "Rendering",
    params(("digest" = String, Path, pattern = "^[0-9a-f]{64}$", description = "The SHA-256 of the style sheet, in 64 hexadecimal digits"), request::IfNoneMatchHeader),
    responses(
        (
            status = 200, description = "The style sheet", body = String, content_type = "text/css",
            headers(("ETag" = String, description = "The digest, in quotes")),
        ),
        (
            status = 304, description = "The entity tag in `If-None-Match` is still right",
            headers(("ETag" = String, description = "The digest, in quotes")),
        ),
    )
)]
pub(crate) async fn stylesheet(state: web::Data<HttpState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    answer(&state, &request, AssetKind::Stylesheet).await
}

/// A file of a library
///
/// An ES module that the modules of components import.
#[utoipa::path(
    get, path = "/assets/lib/{digest}.js", operation_id = "libraryFile", tag = "Rendering",
    params(("digest" = String, Path, pattern = "^[0-9a-f]{64}$", description = "The SHA-256 of the file, in 64 hexadecimal digits"), request::IfNoneMatchHeader),
    responses(
        (
            status = 200, description = "The file", body = String, content_type = "text/javascript",
            headers(("ETag" = String, description = "The digest, in quotes")),
        ),
        (
            status = 304, description = "The entity tag in `If-None-Match` is still right",
            headers(("ETag" = String, description = "The digest, in quotes")),
        ),
    )
)]
pub(crate) async fn library_file(state: web::Data<HttpState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    answer(&state, &request, AssetKind::LibraryFile).await
}

const fn media_type(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Module | AssetKind::LibraryFile => "text/javascript; charset=utf-8",
        AssetKind::SourceMap => "application/json",
        AssetKind::Stylesheet => "text/css; charset=utf-8",
    }
}

async fn answer(state: &HttpState, request: &HttpRequest, kind: AssetKind) -> Result<HttpResponse, ApiError> {
    let digest = request.match_info().get("digest").unwrap_or_default();
    let digest = AssetDigest::parse(digest).map_err(|_| AppError::ModuleNotFound)?;
    let asset = state.assets().get(kind, digest, &state.modules).await?;
    let etag = format!("\"{digest}\"");
    let known = is_not_modified(request, &etag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::CACHE_CONTROL, IMMUTABLE))
        .insert_header((header::ETAG, etag.as_str()))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"));
    if known {
        return Ok(response.finish());
    }
    response.content_type(media_type(kind));
    let Asset { plain, gzip, brotli } = asset;
    let brotli = brotli.filter(|_| accepts_brotli(request)).map(|bytes| ("br", bytes));
    let compressed = brotli.or_else(|| gzip.filter(|_| accepts_gzip(request)).map(|bytes| ("gzip", bytes)));
    Ok(match compressed {
        Some((encoding, bytes)) => {
            response.insert_header((header::CONTENT_ENCODING, encoding)).body(SlicedBody::new(bytes))
        }
        None => response.body(SlicedBody::new(plain)),
    })
}
