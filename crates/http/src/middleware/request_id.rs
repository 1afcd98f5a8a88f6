use actix_web::{
    dev::ServiceRequest,
    http::header::{HeaderName, HeaderValue},
};
use ports::IdSource;

pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Maximum length of an id that a client sends.
const MAX_LENGTH: usize = 128;

/// The client's id if it is one that a log can hold, else a new one.
pub(super) fn of(request: &ServiceRequest, ids: &dyn IdSource) -> HeaderValue {
    let sent = request.headers().get(&HEADER).filter(|value| is_plain(value.as_bytes())).cloned();
    sent.unwrap_or_else(|| new(ids))
}

fn new(ids: &dyn IdSource) -> HeaderValue {
    let id = format!("req_{}", ids.next_uuid().simple());
    HeaderValue::from_str(&id).unwrap_or_else(|_| HeaderValue::from_static("req_unknown"))
}

fn is_plain(id: &[u8]) -> bool {
    let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.:-".contains(byte);
    !id.is_empty() && id.len() <= MAX_LENGTH && id.iter().all(allowed)
}
