//! Serves the crate `web-assets`: what browsers load to render widgets. docs/rendering.md describes how the parts work together.

use std::borrow::Cow;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
    web,
};
use app::AppError;
use domain::{id::WidgetId, module::AssetDigest, resources::Resources, widget::Version};
use web_assets::Asset;

use crate::{
    HttpState, PublicUrl, frame_policy,
    request::{self, accepts_brotli, accepts_gzip, is_not_modified, own_origin},
    response::{ApiError, ErrorCode, frame_path},
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

/// The frame of a version
///
/// The frame of a version that may load from other origins: its policy has the origins that the version declares and the operator
/// allows, and it loads the module of this version only. The address is part of a render payload.
#[utoipa::path(
    get, path = "/embed/v1/frame-{widgetId}-{version}-{digest}.html", operation_id = "embedFrame", tag = "Rendering",
    params(
        request::WidgetIdPath, request::VersionPath,
        ("digest" = String, Path, pattern = "^[0-9a-f]{64}$", description = "The SHA-256 of the version's module, in 64 hexadecimal digits"),
        request::IfNoneMatchHeader,
    ),
    responses(
        (status = 200, description = "The frame", body = String, content_type = "text/html"),
        (status = 304, description = "The entity tag in `If-None-Match` is still right"),
    )
)]
pub(crate) async fn frame(state: web::Data<HttpState>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let (widget, version, module) = version_of(&request).ok_or(AppError::ModuleNotFound)?;
    let resources = state.modules.frame_resources(widget, version, module).await?;
    let asset = web_assets::find(COMMON_FRAME).ok_or_else(|| not_found(web_assets::is_built()))?;
    let own = own_origin(&request, state.public_url());
    // A widget that could make requests to this service could read its pages.
    let resources = resources.retain(|origin| !own.as_ref().is_some_and(|own| own.is_of(origin)));
    let policy = frame_policy::open(asset.policy, &resources);
    // The operator may withdraw an origin, so browsers ask each time, and the tag depends on the policy.
    let policies: String = policy.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    let tag = AssetDigest::of(&format!("{}\n{policies}", asset.sha256));
    Ok(answer_with(&state, &request, asset, &Served { tag: &tag.to_string(), cache_control: REVALIDATED, policy }))
}

fn version_of(request: &HttpRequest) -> Option<(WidgetId, Version, AssetDigest)> {
    let part = |name| request.match_info().get(name).unwrap_or_default();
    let (widget, version) = (WidgetId::parse(part("widgetId")), Version::parse(part("version")));
    let (widget, version, module) = (widget.ok()?, version.ok()?, AssetDigest::parse(part("digest")).ok()?);
    // The frame reads the digest from its address, so an escaped one must not lead to it.
    (request.path() == frame_path(widget, version, module)).then_some((widget, version, module))
}

fn answer(state: &HttpState, request: &HttpRequest) -> Result<HttpResponse, ApiError> {
    let asset = web_assets::find(request.path())
        .or_else(|| frame_of_another_version(request.path()))
        .ok_or_else(|| not_found(web_assets::is_built()))?;
    let policy = frame_policy::open(asset.policy, &Resources::default());
    let served = Served { tag: asset.sha256, cache_control: cache_control(asset), policy };
    Ok(answer_with(state, request, asset, &served))
}

/// How an asset is served.
struct Served<'a> {
    /// The entity tag. The compressed forms share it: they decode to the same bytes.
    tag: &'a str,
    cache_control: &'static str,
    policy: frame_policy::Headers,
}

fn answer_with(state: &HttpState, request: &HttpRequest, asset: &'static Asset, served: &Served<'_>) -> HttpResponse {
    let etag = format!("\"{}\"", served.tag);
    let mut response = if is_not_modified(request, &etag) {
        HttpResponse::NotModified().finish()
    } else {
        full_answer(request, asset)
    };
    let headers = response.headers_mut();
    write(headers, header::ETAG, &etag);
    write(headers, header::CACHE_CONTROL, served.cache_control);
    // Without a configured address the policy depends on the request's, and a proxy may keep the answer.
    let by_host = !asset.policy.is_empty() && state.public_url().is_none();
    write(headers, header::VARY, if by_host { "accept-encoding, host" } else { "accept-encoding" });
    // Any page may embed widgets, and scripts are fetched by a frame whose origin is opaque. The demo page is for its reader alone.
    if asset.path != "/demo" {
        write(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        write(headers, header::CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin");
    }
    let origin = own_origin(request, state.public_url());
    for (name, value) in &served.policy {
        write(headers, HeaderName::from_static(name), &with_own_origin(value, origin.as_deref()));
    }
    response
}

/// A policy in which `'self'` is followed by the service's origin: WebKit does not match `'self'` in a document whose
/// origin is opaque.
fn with_own_origin<'a>(value: &'a str, origin: Option<&PublicUrl>) -> Cow<'a, str> {
    match origin {
        Some(origin) => Cow::Owned(value.replace("'self'", &format!("'self' {}", origin.as_str()))),
        None => Cow::Borrowed(value),
    }
}

/// The frame under the name that another version of the service gives it: for pages loaded before an update, and while
/// several versions run.
fn frame_of_another_version(path: &str) -> Option<&'static Asset> {
    let hash = path.strip_prefix("/embed/v1/frame-")?.strip_suffix(".html")?;
    let is_hash = hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| web_assets::find(COMMON_FRAME)).flatten()
}

/// The frame of all widgets that load nothing from other origins.
const COMMON_FRAME: &str = "/embed/v1/frame.html";

/// Browsers ask whether it is still right before each use.
const REVALIDATED: &str = "public, no-cache";

/// How long browsers may cache it: the frame for a day, because its policy also depends on the configuration.
const fn cache_control(asset: &Asset) -> &'static str {
    match (asset.immutable, asset.policy.is_empty()) {
        (true, true) => "public, max-age=31536000, immutable",
        (true, false) => "public, max-age=86400, immutable",
        (false, _) => REVALIDATED,
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
