use actix_web::http::header::{self, HeaderMap};

/// The token of the only bearer credential (RFC 6750, 2.1), or the message for the client. The case of the scheme does not
/// matter (RFC 9110, 11.1). No message repeats what was sent, because it may be a key.
pub(super) fn bearer(headers: &HeaderMap) -> Result<&str, &'static str> {
    let mut values = headers.get_all(header::AUTHORIZATION);
    let value = match (values.next(), values.next()) {
        (None, _) => return Err("An API key is required: send 'Authorization: Bearer <key>'"),
        (Some(value), None) => value.to_str().map(str::trim).unwrap_or_default(),
        (Some(_), Some(_)) => return Err("The request has more than one Authorization header: send one"),
    };
    let (scheme, token) = value.split_once([' ', '\t']).unwrap_or((value, ""));
    match token.trim() {
        token if !scheme.eq_ignore_ascii_case("bearer") => Err(instead_of_bearer(scheme, token)),
        "" => Err("The Authorization header holds no API key: send 'Authorization: Bearer <key>'"),
        token => Ok(token),
    }
}

fn instead_of_bearer(scheme: &str, token: &str) -> &'static str {
    let is_key = |text: &str| text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("wgt_"));
    match (is_key(scheme), token.is_empty()) {
        (true, true) => "The word Bearer is missing before the API key: send 'Authorization: Bearer <key>'",
        _ => "The Authorization header is not a bearer credential: send 'Authorization: Bearer <key>'",
    }
}
