use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use domain::time::Timestamp;

use crate::request::{RateLimited, caller::seconds_until};

/// Writes the state of the rate limit: the `X-RateLimit-*` headers in common use (reset in epoch seconds), and
/// `RateLimit`/`RateLimit-Policy` of the IETF draft (reset in seconds from now).
pub(super) fn write(headers: &mut HeaderMap, RateLimited(class, decision): RateLimited, now: Timestamp) {
    let (limit, remaining) = (decision.limit, decision.remaining);
    let reset = decision.resets_at.as_micros().max(0) as u64;
    let values = [
        ("x-ratelimit-limit", limit.requests.to_string()),
        ("x-ratelimit-remaining", remaining.to_string()),
        ("x-ratelimit-reset", reset.div_ceil(1_000_000).to_string()),
        ("ratelimit-policy", format!("\"{}\";q={};w={}", class.as_str(), limit.requests, limit.window_seconds)),
        ("ratelimit", format!("\"{}\";r={remaining};t={}", class.as_str(), seconds_until(decision, now))),
    ];
    for (name, value) in values {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}
