//! Conditional requests (RFC 9110, section 13).
//!
//! An entity tag is `"<revision>-<usage>"`: the revision counts every edit of the widget, the usage is part of what GET
//! shows. `If-None-Match` compares the whole; `If-Match` compares the revision alone, since binding a widget to a peer
//! edits nothing that a writer could overwrite.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderName, HeaderValue},
};
use domain::{
    field::FieldError,
    revision::{Precondition, Revision},
    widget::Version,
};

use crate::http::response::ApiError;

/// The entity tag of a widget.
pub(in crate::http) fn etag(revision: Revision, usage_count: u64) -> String {
    format!("\"{}-{usage_count}\"", revision.0)
}

/// The entity tag of a pre-built widget, which changes with the binary at most.
pub(in crate::http) fn prebuilt_etag(version: Version, usage_count: u64) -> String {
    format!("\"{}-{}-{usage_count}\"", env!("CARGO_PKG_VERSION"), version.0)
}

/// The answer with its entity tag, or 304 if the client has it already.
pub(in crate::http) fn unless_known(
    request: &HttpRequest,
    etag: &str,
    answer: impl FnOnce() -> HttpResponse,
) -> HttpResponse {
    let mut response = if is_known(request, etag) { HttpResponse::NotModified().finish() } else { answer() };
    set_etag(&mut response, etag);
    // The client may keep it, and asks each time whether it is still right.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// Writes the entity tag.
pub(in crate::http) fn set_etag(response: &mut HttpResponse, etag: &str) {
    if let Ok(value) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(header::ETAG, value);
    }
}

/// Whether the client has what it would be sent.
pub(in crate::http) fn is_known(request: &HttpRequest, etag: &str) -> bool {
    let values = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// What `If-Match` demands. A tag that is not one of ours is met by no revision; a header that is no list of tags is a 400.
pub(in crate::http) fn precondition(request: &HttpRequest) -> Result<Precondition, ApiError> {
    let mut revisions = Vec::new();
    let mut present = false;
    for value in request.headers().get_all(header::IF_MATCH) {
        present = true;
        let value = value.to_str().map_err(|_| refuse(&header::IF_MATCH))?;
        for tag in value.split(',').map(str::trim) {
            if tag == "*" {
                return Ok(Precondition::Any);
            }
            // A weak tag never matches strongly (RFC 9110, 8.8.3.2).
            if tag.starts_with("W/\"") && tag.ends_with('"') {
                continue;
            }
            let inner =
                tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).ok_or_else(|| refuse(&header::IF_MATCH))?;
            let digits = inner.split_once('-').map(|(revision, _)| revision).filter(|it| !it.starts_with('+'));
            let revision = digits.and_then(|revision| revision.parse().ok());
            revisions.extend(revision.map(Revision));
        }
    }
    Ok(if present { Precondition::OneOf(revisions) } else { Precondition::Any })
}

fn refuse(name: &HeaderName) -> ApiError {
    ApiError::invalid(vec![FieldError::new(name, "Expected '*' or a list of entity tags in double quotes")])
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn of(value: &str) -> Result<Precondition, ApiError> {
        precondition(&TestRequest::default().insert_header((header::IF_MATCH, value)).to_http_request())
    }

    #[test]
    fn if_match_names_revisions() {
        let met = |revision| Precondition::OneOf(vec![Revision(revision)]);
        assert_eq!(of(&etag(Revision(7), 3)).unwrap(), met(7));
        assert_eq!(of("\"7-0\", \"8-1\"").unwrap(), Precondition::OneOf(vec![Revision(7), Revision(8)]));
        assert_eq!(of("*").unwrap(), Precondition::Any);
        assert_eq!(of("W/\"7-3\"").unwrap(), Precondition::OneOf(vec![]));
        for other in ["\"other\"", "\"+7-3\"", "\"7\"", "\"-7-3\""] {
            assert_eq!(of(other).unwrap(), Precondition::OneOf(vec![]), "{other}");
        }
        assert!(of("7-3").is_err());
    }

    #[test]
    fn if_none_match_compares_the_whole_tag() {
        let request =
            |value: &str| TestRequest::default().insert_header((header::IF_NONE_MATCH, value)).to_http_request();
        assert!(is_known(&request("\"1-0\", W/\"2-1\""), "\"2-1\""));
        assert!(is_known(&request("*"), "\"2-1\""));
        assert!(!is_known(&request("\"2-0\""), "\"2-1\""));
    }
}
