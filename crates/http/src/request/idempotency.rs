use actix_web::HttpRequest;
use domain::{
    id::ApiKeyId,
    idempotency::{Attempt, Fingerprint, IdempotencyKey},
    percent,
};
use schema::field::FieldError;

use super::{body::JsonBody, describe_parameters};
use crate::{HttpState, response::ApiError};

describe_parameters! {
    IdempotencyKeyHeader in Header {
        /// Makes a retry safe: for at least 24 hours the same request under the same key is answered as the first was.
        #[param(rename = "Idempotency-Key", max_length = 255, pattern = "^[!-~]([ -~]*[!-~])?$", nullable = false)]
        idempotency_key: Option<String>,
    }
}

const HEADER: &str = "idempotency-key";

/// The attempt that an `Idempotency-Key` names, if the request has one.
pub(crate) fn attempt(
    state: &HttpState,
    request: &HttpRequest,
    api_key: ApiKeyId,
    body: &JsonBody,
) -> Result<Option<Attempt>, ApiError> {
    let mut values = request.headers().get_all(HEADER);
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(ApiError::invalid(vec![FieldError::new("Idempotency-Key", "Appears more than once")]));
    }
    let key = IdempotencyKey::parse(value.to_str().unwrap_or_default())
        .map_err(|invalid| ApiError::invalid(vec![invalid.at("Idempotency-Key")]))?;
    // However the client or a proxy escapes the names in the path, it is the same request.
    let path = percent::decode(request.path()).unwrap_or_else(|_| request.path().to_owned());
    let operation = format!("{} {path}", request.method());
    let fingerprint = Fingerprint::of(&operation, body.bytes());
    Ok(Some(Attempt { api_key, key, fingerprint, made_at: state.clock.now() }))
}
