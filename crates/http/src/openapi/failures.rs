//! The failures of each operation: each status with its codes, and one shared response for each set of codes.

use std::collections::BTreeMap;

use utoipa::openapi::{
    AllOfBuilder, Content, Object, Ref, RefOr, Response, Schema, path::Operation, schema::SchemaType,
};

use super::headers;
use crate::{
    response::ErrorCode,
    route::{Access, RouteSpec},
};

/// Failures of every operation that needs a key.
const WITH_KEY: [ErrorCode; 3] =
    [ErrorCode::Unauthorized, ErrorCode::TooManyConcurrentRequests, ErrorCode::Unavailable];

/// Failures of every operation that reads a body.
const WITH_BODY: [ErrorCode; 5] = [
    ErrorCode::InvalidJson,
    ErrorCode::InvalidRequest,
    ErrorCode::RequestTimeout,
    ErrorCode::BodyTooLarge,
    ErrorCode::UnsupportedMediaType,
];

/// Adds to an operation how it may fail, and to `shared` the responses that this refers to.
pub(super) fn add(operation: &mut Operation, spec: &RouteSpec, shared: &mut BTreeMap<String, RefOr<Response>>) {
    let mut codes = spec.failures.to_vec();
    codes.push(ErrorCode::Internal);
    if operation.request_body.is_some() {
        codes.extend(WITH_BODY);
    }
    if spec.access != Access::Open {
        codes.extend(WITH_KEY);
    }
    if let Access::Needs(_) = spec.access {
        codes.push(ErrorCode::Forbidden);
    }
    for (status, codes) in by_status(codes) {
        let name = codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(".");
        let reference = Ref::new(format!("#/components/responses/{name}"));
        shared.entry(name).or_insert_with(|| RefOr::T(response(status, &codes)));
        operation.responses.responses.insert(status.to_string(), RefOr::Ref(reference));
    }
}

fn by_status(mut codes: Vec<ErrorCode>) -> BTreeMap<u16, Vec<ErrorCode>> {
    codes.sort_unstable_by_key(|code| code.as_str());
    codes.dedup();
    let mut groups = BTreeMap::<u16, Vec<ErrorCode>>::new();
    for code in codes {
        groups.entry(code.status().as_u16()).or_default().push(code);
    }
    groups
}

fn response(status: u16, codes: &[ErrorCode]) -> Response {
    let meanings: Vec<String> = codes.iter().map(|code| format!("`{}`: {}", code.as_str(), code.meaning())).collect();
    let names: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
    let code = Object::builder().schema_type(SchemaType::AnyValue).enum_values(Some(names)).build();
    let which = Object::builder().schema_type(SchemaType::AnyValue).property("code", code).build();
    let body = AllOfBuilder::new().item(Ref::from_schema_name("Failure")).item(which).build();
    let mut response = Response::new(meanings.join("\n\n"));
    response.content.insert("application/json".to_owned(), Content::new(Some(Schema::AllOf(body))).into());
    headers::of_failure(&mut response, status, codes);
    response
}
