use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::request_id;
use crate::cross_origin::CrossOrigin;

const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Answers are data: no browser runs, frames or embeds them.
const DATA_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Writes the headers that every answer has.
///
/// A header that the route has set stays. A route that sets `Content-Security-Policy` also decides who may frame it, so it
/// sets `X-Frame-Options` itself.
pub(crate) fn write(headers: &mut HeaderMap, id: HeaderValue, cross_origin: Option<CrossOrigin>) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, DATA_POLICY);
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    if !headers.contains_key(CROSS_ORIGIN_RESOURCE_POLICY) {
        headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    }
    if !headers.contains_key(header::REFERRER_POLICY) {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    }
    headers.insert(request_id::HEADER, id);
    if let Some(cross_origin) = cross_origin {
        cross_origin.write(headers);
    }
}
