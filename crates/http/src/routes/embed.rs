//! Serves the crate `web-assets`: what browsers load to render widgets. docs/rendering.md describes how the parts work together.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
    web,
};
use web_assets::Asset;

use crate::{
    HttpState, PublicUrl,
    request::{self, accepts_brotli, accepts_gzip, is_not_modified, own_origin},
    response::{ApiError, ErrorCode},
};

/// The custom element
///
/// A script that defines `<peer-widget>`, for any page.
#[utoipa::path(
    get, path = "/embed/v1.js", operation_id = "embedScript", tag = "Rendering",
    params(request::IfNoneMatchHeader),
    responses(
        (status = 200, description = "The script", body = String, content_type = "text/javascript"),
        (status = 304, description = "The entity tag in `If-None-Match` is still right"),
    )
)]
pub(crate) async fn script(state: web::Data<HttpState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    answer(&state, &request)
}

/// A part of the frame
///
/// The sandboxed frame (`frame.html`) and what it loads.
#[utoipa::path(
    get, path = "/embed/v1/{asset}", operation_id = "embedPart", tag = "Rendering",
    params(("asset" = String, Path, description = "A page or a script"), request::IfNoneMatchHeader),
    responses(
        (status = 200, description = "The part", body = String, content_type = "*/*"),
        (status = 304, description = "The entity tag in `If-None-Match` is still right"),
    )
)]
pub(crate) async fn part(state: web::Data<HttpState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    answer(&state, &request)
}

/// The demo page
///
/// Shows a conversation; it takes key and conversation from the address's fragment (`#key=…&conversation=…`), which no
/// browser sends.
#[utoipa::path(
    get, path = "/demo", operation_id = "demo", tag = "Rendering",
    params(request::IfNoneMatchHeader),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 304, description = "The entity tag in `If-None-Match` is still right"),
    )
)]
pub(crate) async fn demo(state: web::Data<HttpState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    answer(&state, &request)
}

fn answer(state: &HttpState, request: &HttpRequest) -> Result<HttpResponse, ApiError> {
    let asset = web_assets::find(request.path())
        .or_else(|| frame_of_another_version(request.path()))
        .ok_or_else(|| not_found(web_assets::is_built()))?;
    // The compressed forms share the tag: they decode to the same bytes.
    let etag = format!("\"{}\"", asset.sha256);
    let mut response = if is_not_modified(request, &etag) {
        HttpResponse::NotModified().finish()
    } else {
        full_answer(request, asset)
    };
    let headers = response.headers_mut();
    write(headers, header::ETAG, &etag);
    write(headers, header::CACHE_CONTROL, cache_control(asset));
    // Without a configured address the policy depends on the request's, and a proxy may keep the answer.
    let by_host = !asset.policy.is_empty() && state.public_url().is_none();
    write(headers, header::VARY, if by_host { "accept-encoding, host" } else { "accept-encoding" });
    // Any page may embed widgets, and scripts are fetched by a frame whose origin is opaque. The demo page is for its reader alone.
    if asset.path != "/demo" {
        write(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        write(headers, header::CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin");
    }
    let origin = own_origin(request, state.public_url());
    for (name, value) in asset.policy {
        headers.insert(HeaderName::from_static(name), policy(value, origin.as_deref()));
    }
    Ok(response)
}

/// A policy in which `'self'` is followed by the service's origin: WebKit does not match `'self'` in a document whose
/// origin is opaque.
fn policy(value: &'static str, origin: Option<&PublicUrl>) -> HeaderValue {
    let named = origin.and_then(|origin| {
        let sources = format!("'self' {}", origin.as_str());
        HeaderValue::try_from(value.replace("'self'", &sources)).ok()
    });
    named.unwrap_or(HeaderValue::from_static(value))
}

/// The frame under the name that another version of the service gives it: for pages loaded before an update, and while
/// several versions run.
fn frame_of_another_version(path: &str) -> Option<&'static Asset> {
    let hash = path.strip_prefix("/embed/v1/frame-")?.strip_suffix(".html")?;
    let is_hash = hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| web_assets::find("/embed/v1/frame.html")).flatten()
}

/// How long browsers may cache it: the frame for a day, because its policy also depends on the configuration.
const fn cache_control(asset: &Asset) -> &'static str {
    match (asset.immutable, asset.policy.is_empty()) {
        (true, true) => "public, max-age=31536000, immutable",
        (true, false) => "public, max-age=86400, immutable",
        (false, _) => "public, no-cache",
    }
}

fn not_found(built: bool) -> ApiError {
    if built {
        return ApiError::new(ErrorCode::RouteNotFound, "No such route");
    }
    ApiError::new(ErrorCode::WebAssetsNotBuilt, "This service was built without Node.js and lacks the web assets")
}

fn full_answer(request: &HttpRequest, asset: &'static Asset) -> HttpResponse {
    let (encoding, bytes) = if accepts_brotli(request) {
        (Some("br"), asset.brotli)
    } else if accepts_gzip(request) {
        (Some("gzip"), asset.gzip)
    } else {
        (None, asset.identity)
    };
    let mut response = HttpResponse::Ok();
    response.content_type(asset.content_type);
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    response.body(web::Bytes::from_static(bytes))
}

fn write(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_without_web_assets_says_so() {
        assert!(not_found(false).to_string().starts_with("web_assets_not_built"));
        assert!(not_found(true).to_string().starts_with("route_not_found"));
    }
}
