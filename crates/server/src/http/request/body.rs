use std::{
    future::{Ready, ready},
    time::Duration,
};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap},
    web::{Bytes, BytesMut},
};
use domain::field::FieldError;
use futures_util::StreamExt as _;

use super::{JsonKind, Object};
use crate::http::response::{ApiError, ErrorCode};

/// Largest body of a request, in bytes.
pub(in crate::http) const BODY_BYTES: usize = 1024 * 1024;

/// A client has this long to send a body: enough for 1 MiB at 300 kbit/s.
const DEADLINE: Duration = Duration::from_secs(30);
/// What is set aside for a body before any of it has come.
const FIRST_BYTES: usize = 16 * 1024;

/// The body of a request, not yet read: who sends it is looked at first.
pub(in crate::http) struct RequestBody {
    request: HttpRequest,
    payload: Payload,
}

impl FromRequest for RequestBody {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone(), payload: payload.take() }))
    }
}

impl RequestBody {
    /// Reads the body: JSON in UTF-8, at most 1 MiB.
    ///
    /// A body that is too long is answered at once; the server goes on to read and drop what the client still sends, so
    /// that the client gets to see the answer.
    pub(in crate::http) async fn read(mut self) -> Result<JsonBody, ApiError> {
        let headers = self.request.headers();
        check_media_type(headers)?;
        let announced =
            headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > BODY_BYTES) {
            return Err(too_large());
        }
        let read = tokio::time::timeout(DEADLINE, self.bytes(announced.unwrap_or(0)));
        let body = read
            .await
            .map_err(|_| ApiError::new(ErrorCode::RequestTimeout, "The request body did not arrive in time"))??;
        match std::str::from_utf8(&body) {
            Ok(_) => Ok(JsonBody(body)),
            Err(error) => Err(malformed(format!("Not valid UTF-8 after byte {}", error.valid_up_to()))),
        }
    }

    async fn bytes(&mut self, announced: usize) -> Result<Bytes, ApiError> {
        let mut body = BytesMut::with_capacity(announced.min(FIRST_BYTES));
        while let Some(chunk) = self.payload.next().await {
            let chunk = chunk.map_err(|_| malformed("The body broke off".to_owned()))?;
            if body.len() + chunk.len() > BODY_BYTES {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }
}

/// A body that is text.
pub(in crate::http) struct JsonBody(Bytes);

impl JsonBody {
    /// Of a request that asks for all it wants with its method and its path.
    pub(in crate::http) fn none() -> Self {
        Self(Bytes::new())
    }

    /// The members of the body, which must be a JSON object.
    pub(in crate::http) fn object(&self) -> Result<Object<'_>, ApiError> {
        let text = std::str::from_utf8(&self.0).map_err(|_| malformed("Not valid UTF-8".to_owned()))?;
        if text.trim().is_empty() {
            return Err(malformed("Expected a JSON object, received nothing".to_owned()));
        }
        if let Ok(object) = Object::parse(text) {
            return Ok(object);
        }
        // What exactly is wrong is looked for only now: most bodies are right.
        let raw: &serde_json::value::RawValue =
            serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
        let kind = JsonKind::of(raw);
        if kind != JsonKind::Object {
            return Err(ApiError::invalid(vec![FieldError::new("body", format!("Expected object, received {kind}"))]));
        }
        Object::parse(text).map_err(|error| ApiError::invalid(vec![error]))
    }

    /// The bytes, as they came.
    pub(in crate::http) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

fn malformed(reason: String) -> ApiError {
    let errors = [FieldError::new("body", reason)];
    ApiError::new(ErrorCode::InvalidJson, "The request body is not valid JSON").detail("errors", errors)
}

fn too_large() -> ApiError {
    ApiError::new(ErrorCode::BodyTooLarge, "The request body is too large").detail("maxBytes", BODY_BYTES)
}

fn check_media_type(headers: &HeaderMap) -> Result<(), ApiError> {
    let refuse = |message: &str| Err(ApiError::new(ErrorCode::UnsupportedMediaType, message));
    let encoding = headers.get(header::CONTENT_ENCODING);
    if encoding.is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return refuse("The request body must not be compressed");
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = content_type.split(';').map(str::trim);
    if !parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json")) {
        return refuse("The request body must be sent as 'Content-Type: application/json'");
    }
    let charset = parts.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    match charset {
        Some(charset) if !charset.eq_ignore_ascii_case("utf-8") && !charset.eq_ignore_ascii_case("utf8") => {
            refuse("The request body must be encoded in UTF-8")
        }
        _ => Ok(()),
    }
}
