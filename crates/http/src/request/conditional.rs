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
    revision::{Precondition, Revision},
    widget::Version,
};
use schema::field::FieldError;

use super::describe_parameters;
use crate::response::ApiError;

describe_parameters! {
    IfMatchHeader in Header {
        /// The entity tag of the widget that the change is meant for, such as `"1-0"`.
        #[param(
            rename = "If-Match",
            pattern = r#"^(\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*)$"#,
            nullable = false
        )]
        if_match: Option<String>,
    }
    IfNoneMatchHeader in Header {
        /// The entity tag of what the client has.
        #[param(rename = "If-None-Match", nullable = false)]
        if_none_match: Option<String>,
    }
}

/// The entity tag of a widget.
pub(crate) fn etag(revision: Revision, usage_count: u64) -> String {
    format!("\"{}-{usage_count}\"", revision.0)
}

/// The entity tag of a pre-built widget, which changes only with the binary.
pub(crate) fn prebuilt_etag(version: Version, usage_count: u64) -> String {
    format!("\"{}-{}-{usage_count}\"", env!("CARGO_PKG_VERSION"), version.0)
}

/// The answer with its entity tag, or 304 if the client has it already.
pub(crate) fn unless_not_modified(
    request: &HttpRequest,
    etag: &str,
    answer: impl FnOnce() -> HttpResponse,
) -> HttpResponse {
    let mut response = if is_not_modified(request, etag) { HttpResponse::NotModified().finish() } else { answer() };
    set_etag(&mut response, etag);
    // The client may store the answer, and must revalidate it each time.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// Writes the entity tag.
pub(crate) fn set_etag(response: &mut HttpResponse, etag: &str) {
    if let Ok(value) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(header::ETAG, value);
    }
}

/// Whether `If-None-Match` names the entity tag.
pub(crate) fn is_not_modified(request: &HttpRequest, etag: &str) -> bool {
    let values = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

/// The condition of `If-Match`: `*` or a list of entity tags (RFC 9110, 13.1.1). No revision matches a tag that the service
/// did not make. Any other value is a 400.
pub(crate) fn precondition(request: &HttpRequest) -> Result<Precondition, ApiError> {
    let refused = || refuse(&header::IF_MATCH);
    let values = request.headers().get_all(header::IF_MATCH).map(|value| value.to_str().map(str::trim));
    let values = values.collect::<Result<Vec<_>, _>>().map_err(|_| refused())?;
    if values.is_empty() || values == ["*"] {
        return Ok(Precondition::Any);
    }
    let mut revisions = Vec::new();
    // Several headers of a name are one list (RFC 9110, 5.3).
    for tag in tags(&values.join(",")).ok_or_else(refused)? {
        let digits = tag.and_then(|opaque| opaque.split_once('-')).map(|(digits, _)| digits);
        let revision = digits.filter(|digits| !digits.starts_with('+')).and_then(|digits| digits.parse().ok());
        revisions.extend(revision.map(Revision));
    }
    Ok(Precondition::OneOf(revisions))
}

/// The tags of a list: the text in their quotes, or `None` for a weak one, which never matches strongly (RFC 9110,
/// 8.8.3.2). A comma within quotes is part of the tag.
fn tags(list: &str) -> Option<Vec<Option<&str>>> {
    let mut tags = Vec::new();
    let mut rest = list;
    loop {
        let weak = rest.strip_prefix("W/");
        let (opaque, after) = weak.unwrap_or(rest).strip_prefix('"')?.split_once('"')?;
        if opaque.contains([' ', '\t']) {
            return None;
        }
        tags.push(weak.is_none().then_some(opaque));
        let after = after.trim_start();
        if !after.is_empty() && !after.starts_with(',') {
            return None;
        }
        // Empty elements of a list mean nothing (RFC 9110, 5.6.1).
        rest = after.trim_start_matches([',', ' ', '\t']);
        if rest.is_empty() {
            return Some(tags);
        }
    }
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
        for other in ["\"other\"", "\"+7-3\"", "\"7\"", "\"-7-3\"", "\"\""] {
            assert_eq!(of(other).unwrap(), Precondition::OneOf(vec![]), "{other}");
        }
        assert_eq!(of("\"a,b\" , \"7-0\"").unwrap(), met(7), "a comma within quotes separates nothing");
        assert_eq!(of("W/\"7-3\",, \"7-3\",").unwrap(), met(7));
        for wrong in ["7-3", "", "W/\"", "\"", "\"7-0", "*, \"7-0\"", "\"7-0\", 8", "\"7-0\" \"8-0\"", "\"a b\""] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn if_none_match_compares_the_whole_tag() {
        let request =
            |value: &str| TestRequest::default().insert_header((header::IF_NONE_MATCH, value)).to_http_request();
        assert!(is_not_modified(&request("\"1-0\", W/\"2-1\""), "\"2-1\""));
        assert!(is_not_modified(&request("*"), "\"2-1\""));
        assert!(!is_not_modified(&request("\"2-0\""), "\"2-1\""));
    }
}
