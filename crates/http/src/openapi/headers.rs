//! The headers of answers, as `docs/errors.md` and `docs/api.md` describe them.

use utoipa::openapi::{
    Header, Object, OpenApi, Ref, RefOr, Response, Type, extensions::Extensions, header::HeaderBuilder,
};

use super::operations;
use crate::response::ErrorCode;

const REQUEST_ID: &str = "X-Request-Id";
const RETRY_AFTER: &str = "Retry-After";
const CHALLENGE: &str = "WWW-Authenticate";

/// Headers that are optional in the answers that describe them.
const OPTIONAL: [&str; 1] = ["Idempotency-Replayed"];

/// Adds the request id to every answer, and marks as required the headers that handlers describe.
pub(super) fn describe(document: &mut OpenApi) {
    for operation in operations(document) {
        for response in operation.responses.responses.values_mut() {
            let RefOr::T(response) = response else { continue };
            for (name, header) in &mut response.headers {
                if let RefOr::T(header) = header
                    && !OPTIONAL.contains(&name.as_str())
                {
                    header.extensions = required();
                }
            }
            refer(response, REQUEST_ID);
        }
    }
    let headers = &mut document.components.get_or_insert_default().headers;
    let mut add = |name: &str, header: Header| headers.insert(name.to_owned(), header.into());
    let id = Object::builder().schema_type(Type::String).pattern(Some("^[A-Za-z0-9_.:-]{1,128}$"));
    add(
        REQUEST_ID,
        required_header("The request's own, if it has one that a log can hold; else a new one.", id.build()),
    );
    let seconds = Object::builder().schema_type(Type::Integer).minimum(Some(1)).build();
    add(RETRY_AFTER, required_header("Seconds after which the request may be sent again.", seconds));
    let challenge = Object::builder().schema_type(Type::String).enum_values(Some(["Bearer"])).build();
    add(CHALLENGE, required_header("How to authenticate.", challenge));
}

/// Adds the headers that every failure of this status has.
pub(super) fn of_failure(response: &mut Response, status: u16, codes: &[ErrorCode]) {
    refer(response, REQUEST_ID);
    match status {
        401 => refer(response, CHALLENGE),
        // No retry helps when the service was built without a part.
        429 | 503 if !codes.contains(&ErrorCode::WebAssetsNotBuilt) => refer(response, RETRY_AFTER),
        _ => {}
    }
}

fn refer(response: &mut Response, name: &str) {
    let reference = Ref::new(format!("#/components/headers/{name}"));
    response.headers.insert(name.to_owned(), RefOr::Ref(reference));
}

fn required_header(description: &str, schema: Object) -> Header {
    HeaderBuilder::new().schema(Some(schema)).description(Some(description)).extensions(required()).build()
}

/// utoipa has no member for `required`.
fn required() -> Option<Extensions> {
    Some(Extensions::from_iter([("required", true)]))
}
