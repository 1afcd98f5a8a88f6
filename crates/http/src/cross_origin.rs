//! Requests to the API from pages of other origins, as far as the operator allows these (the CORS protocol of the Fetch standard).
//!
//! No credentials: a page sends its key itself, and browsers add no cookies. actix-cors does not fit: it runs for a whole scope, so it
//! would also answer for `/embed` and `/assets`, which any origin may read, and it refuses in plain text.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderMap, HeaderValue},
    },
};
use domain::origin::AllowedOrigins;

use crate::base_path::BASE_PATH;

/// The headers that the API reads, in addition to those that pages may always send.
const ALLOWED_REQUEST_HEADERS: HeaderValue =
    HeaderValue::from_static("authorization, content-type, idempotency-key, if-match, if-none-match, x-request-id");
/// The headers of answers that a page may read, in addition to those that pages may always read.
const EXPOSED_RESPONSE_HEADERS: HeaderValue = HeaderValue::from_static(
    "allow, etag, idempotency-replayed, location, ratelimit, ratelimit-policy, retry-after, www-authenticate, \
     x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, x-request-id",
);
/// How long a browser may cache a preflight in seconds: two hours, the maximum of Chromium.
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");

/// The CORS headers of the answer to a request to the API.
pub(crate) struct CrossOrigin {
    /// The page's origin, if it is allowed.
    allowed: Option<HeaderValue>,
}

impl CrossOrigin {
    /// `None` if the operator allows no origins, or if the request is not to the API.
    pub(crate) fn of(origins: &AllowedOrigins, request: &HttpRequest) -> Option<Self> {
        if origins.is_empty() || !is_of_api(request.path()) {
            return None;
        }
        let mut named = request.headers().get_all(header::ORIGIN);
        let origin = named.next().filter(|origin| origin.to_str().is_ok_and(|origin| origins.allows_page(origin)));
        Some(Self { allowed: origin.filter(|_| named.next().is_none()).cloned() })
    }

    /// Writes the CORS headers of every answer, failures included. Without an allowed origin that is only `Vary`, for caches.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        headers.append(header::VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = self.allowed {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED_RESPONSE_HEADERS);
        }
    }

    /// The answer to a preflight for a path with these methods. `None` if this is no preflight, or if its origin is not allowed.
    pub(crate) fn preflight(origins: &AllowedOrigins, request: &HttpRequest, methods: &str) -> Option<HttpResponse> {
        let asks = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        if request.method() != Method::OPTIONS || !asks {
            return None;
        }
        Self::of(origins, request)?.allowed?;
        let mut response = HttpResponse::NoContent();
        response
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, methods))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_REQUEST_HEADERS))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, MAX_AGE));
        Some(response.finish())
    }
}

fn is_of_api(path: &str) -> bool {
    path.strip_prefix(BASE_PATH).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn allowed(path: &str, origins: &[&str]) -> Option<Option<String>> {
        let setting = AllowedOrigins::parse_of_pages("https://app.example.com,https://*.example.org").unwrap();
        let mut request = TestRequest::with_uri(path);
        for origin in origins {
            request = request.append_header((header::ORIGIN, *origin));
        }
        let found = CrossOrigin::of(&setting, &request.to_http_request())?;
        Some(found.allowed.map(|origin| origin.to_str().unwrap().to_owned()))
    }

    #[test]
    fn only_the_api_is_opened() {
        let origin = ["https://app.example.com"];
        for path in ["/api/v1", "/api/v1/widget", "/api/v1/nothing?x"] {
            assert_eq!(allowed(path, &origin), Some(Some(origin[0].to_owned())), "{path}");
        }
        for path in ["/", "/api/v10/widget", "/assets/widget/a.js", "/metrics", "/demo"] {
            assert_eq!(allowed(path, &origin), None, "{path}");
        }
        let request = TestRequest::with_uri("/api/v1/widget").insert_header((header::ORIGIN, origin[0]));
        assert!(CrossOrigin::of(&AllowedOrigins::default(), &request.to_http_request()).is_none());
    }

    #[test]
    fn only_one_allowed_origin_is_repeated() {
        assert_eq!(
            allowed("/api/v1/widget", &["https://a.example.org"]),
            Some(Some("https://a.example.org".to_owned()))
        );
        for origins in
            [&[][..], &["null"], &["*"], &["https://evil.example"], &["https://a.example.org", "https://a.example.org"]]
        {
            assert_eq!(allowed("/api/v1/widget", origins), Some(None), "{origins:?}");
        }
    }
}
