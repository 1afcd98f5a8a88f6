use std::{
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{self, HeaderMap, HeaderValue},
    web::{self, Bytes, BytesMut},
};
use futures_util::StreamExt as _;
use schema::field::FieldError;
use tokio::time::timeout;

use super::{Caller, JsonKind, Object, acquire_memory, caller::state, memory::acquire_for_values};
use crate::{
    HttpState,
    bounds::MemoryPermit,
    connection,
    response::{ApiError, ErrorCode, hold_until_sent},
};

/// Some editors and libraries write it before a text in UTF-8. JSON on the wire has none (RFC 8259, 8.1).
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Maximum length of a request body in bytes.
pub(crate) const MAX_BODY_BYTES: usize = 1024 * 1024;

/// Longer bodies count against the memory that all requests share.
const MAX_UNCOUNTED_BYTES: usize = 8 * 1024;
/// A body may take this many times the timeout of a part.
const MAX_PARTS: u32 = 3;
/// Less of a body within the timeout of a part ends the request; by default that is 1 KiB a second.
const MIN_PART_BYTES: usize = 10 * 1024;

/// The body of a request, not yet read: the caller is checked first.
pub(crate) struct RequestBody {
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
    /// A body that is too long is answered immediately. The server then reads and drops the rest, so that the client receives
    /// the answer.
    pub(crate) async fn read<P>(mut self, caller: &Caller<P>) -> Result<JsonBody, ApiError> {
        let headers = self.request.headers();
        check_media_type(headers)?;
        let announced =
            headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > MAX_BODY_BYTES) {
            return Err(too_large());
        }
        // A body in chunks may reach the maximum.
        let mut memory = match announced.unwrap_or(MAX_BODY_BYTES) {
            ..=MAX_UNCOUNTED_BYTES => None,
            length => Some(acquire_memory(caller.permit(), length).await?),
        };
        let mut body = BytesMut::with_capacity(announced.unwrap_or(MAX_UNCOUNTED_BYTES));
        self.fill(&mut body).await?;
        if let Some(memory) = &mut memory {
            memory.shrink_to(body.len());
        }
        let values = match body.len() {
            ..=MAX_UNCOUNTED_BYTES => None,
            _ => Some(acquire_for_values(caller.permit(), &body).await?),
        };
        match std::str::from_utf8(&body) {
            Ok(_) => Ok(JsonBody { text: body.freeze(), memory, _values: values }),
            Err(_) if is_utf16(&body) => Err(malformed("Encoded in UTF-16: send UTF-8".to_owned())),
            Err(error) => Err(malformed(format!("Not valid UTF-8 after byte {}", error.valid_up_to()))),
        }
    }

    /// Reads to the end, unless the client is too slow.
    async fn fill(&mut self, body: &mut BytesMut) -> Result<(), ApiError> {
        if let Some(connection) = connection::of(&self.request)
            && connection.begin_body()
        {
            tokio::task::yield_now().await;
        }
        let part_timeout = state(&self.request)?.body_timeout();
        for _ in 0..MAX_PARTS {
            let before = body.len();
            match timeout(part_timeout, self.append(body)).await {
                Ok(read) => return read,
                Err(_) if body.len() - before < MIN_PART_BYTES => break,
                Err(_) => {}
            }
        }
        Err(ApiError::new(ErrorCode::RequestTimeout, "The request body did not arrive in time"))
    }

    async fn append(&mut self, body: &mut BytesMut) -> Result<(), ApiError> {
        while let Some(chunk) = self.payload.next().await {
            let chunk = chunk.map_err(|_| malformed("The body broke off".to_owned()))?;
            if body.len() + chunk.len() > MAX_BODY_BYTES {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        if let Some(connection) = connection::of(&self.request) {
            connection.end_body();
        }
        Ok(())
    }
}

/// A body that is text.
pub(crate) struct JsonBody {
    text: Bytes,
    /// Counts a long body.
    memory: Option<MemoryPermit>,
    /// Counts the values of a long body until this is dropped at the end of the handler.
    _values: Option<MemoryPermit>,
}

impl JsonBody {
    /// The body of a request that has none.
    pub(crate) fn empty() -> Self {
        Self { text: Bytes::new(), memory: None, _values: None }
    }

    /// Calls `read` with the members of the body, which must be a JSON object. A long body is read on a thread for blocking
    /// work: reading takes milliseconds, in which this thread would answer no other request.
    pub(crate) async fn read_with<T: Send + 'static>(
        &self,
        state: &HttpState,
        read: fn(Object<'_>) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        if self.text.len() <= MAX_UNCOUNTED_BYTES {
            return read(self.object()?);
        }
        let permit = Arc::clone(state.body_parsers()).acquire_owned().await.map_err(ApiError::internal)?;
        let body = Self { text: self.text.clone(), memory: None, _values: None };
        let offloaded = web::block(move || {
            let _held_while_reading = permit;
            read(body.object()?)
        });
        offloaded.await.map_err(ApiError::internal)?
    }

    /// The members of the body, which must be a JSON object.
    fn object(&self) -> Result<Object<'_>, ApiError> {
        let text = std::str::from_utf8(&self.text).map_err(|_| malformed("Not valid UTF-8".to_owned()))?;
        if text.starts_with(BYTE_ORDER_MARK) {
            return Err(malformed("Begins with a byte order mark (U+FEFF): send the JSON without it".to_owned()));
        }
        if text.trim().is_empty() {
            return Err(malformed("Expected a JSON object, received nothing".to_owned()));
        }
        if let Ok(object) = Object::parse(text) {
            return Ok(object);
        }
        // Most bodies are valid, so the exact error is only searched for here.
        let raw: &serde_json::value::RawValue =
            serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?;
        let kind = JsonKind::of(raw);
        if kind != JsonKind::Object {
            return Err(ApiError::invalid(vec![FieldError::new("body", format!("Expected object, received {kind}"))]));
        }
        Object::parse(text).map_err(|error| ApiError::invalid(vec![error]))
    }

    /// Counts the body until the client has read this answer, which repeats it.
    pub(crate) fn hold_until_sent(self, answer: HttpResponse) -> HttpResponse {
        match self.memory {
            Some(memory) => hold_until_sent(answer, memory),
            None => answer,
        }
    }

    /// The bytes as received.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.text
    }
}

/// Whether the bytes begin with the byte order mark of UTF-16, which is no UTF-8 in either order.
fn is_utf16(body: &[u8]) -> bool {
    matches!(body, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
}

fn malformed(reason: String) -> ApiError {
    let errors = [FieldError::new("body", reason)];
    ApiError::new(ErrorCode::InvalidJson, "The request body is not valid JSON").detail("errors", errors)
}

fn too_large() -> ApiError {
    ApiError::new(ErrorCode::BodyTooLarge, "The request body is too large").detail("maxBytes", MAX_BODY_BYTES)
}

fn check_media_type(headers: &HeaderMap) -> Result<(), ApiError> {
    let refuse = |message: &str| Err(ApiError::new(ErrorCode::UnsupportedMediaType, message));
    let mut encodings = headers.get_all(header::CONTENT_ENCODING);
    if !encodings.all(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        // The header names the accepted encoding (RFC 9110, 15.5.16).
        return refuse("The request body must not be compressed")
            .map_err(|error| error.header(header::ACCEPT_ENCODING, HeaderValue::from_static("identity")));
    }
    if headers.get_all(header::CONTENT_TYPE).nth(1).is_some() {
        return refuse("The request body must be of one media type");
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
