use std::{fmt::Write as _, sync::Arc};

use actix_web::{
    body::MessageBody as _,
    http::{
        StatusCode,
        header::{HeaderMap, HttpDate},
    },
};

use crate::services::Services;
use crate::{
    middleware,
    response::{ApiError, ErrorCode},
};

/// Why a connection is refused before there is a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    NotHttp,
    LineTooLong,
    FieldsTooLong,
    HeadLate,
}

/// Writes the answers to what is no request.
#[derive(Clone)]
pub(crate) struct Refusals(pub(crate) Arc<Services>);

impl Refusals {
    /// The whole answer: the envelope and the headers that all answers have.
    pub(super) fn answer(&self, reason: Reason) -> Vec<u8> {
        let (code, message) = match reason {
            Reason::NotHttp => (ErrorCode::NotHttp, "The request is not valid HTTP/1.1"),
            Reason::LineTooLong => (ErrorCode::UriTooLong, "The address of the request is too long"),
            Reason::FieldsTooLong => (ErrorCode::HeadersTooLarge, "The request has too many or too long headers"),
            Reason::HeadLate => (ErrorCode::RequestTimeout, "The head of the request did not arrive in time"),
        };
        let mut response = ApiError::new(code, message).into_response();
        middleware::write_common_headers(response.headers_mut(), middleware::new_request_id(self.0.ids.as_ref()));
        let (status, headers) = (response.status(), response.headers().clone());
        let body = response.into_body().try_into_bytes().unwrap_or_default();
        let mut bytes = head(status, &headers, &self.date(), body.len()).into_bytes();
        bytes.extend_from_slice(&body);
        bytes
    }

    fn date(&self) -> String {
        let micros = u64::try_from(self.0.clock.now().as_micros()).unwrap_or(0);
        HttpDate::from(std::time::UNIX_EPOCH + std::time::Duration::from_micros(micros)).to_string()
    }
}

fn head(status: StatusCode, headers: &HeaderMap, date: &str, length: usize) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\n", status.as_str(), status.canonical_reason().unwrap_or_default());
    for (name, value) in headers {
        let _ = write!(head, "{name}: {}\r\n", value.to_str().unwrap_or_default());
    }
    let _ = write!(head, "content-length: {length}\r\nconnection: close\r\ndate: {date}\r\n\r\n");
    head
}
