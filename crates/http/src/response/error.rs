//! Maps every error to an answer.
//!
//! Use cases refuse a request with an [`AppError`], and `request` refuses it with an [`ApiError`]; both become answers here. An
//! error of the service carries its cause, which the middleware logs once and no client receives.

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    http::StatusCode,
    http::header::{self, HeaderName, HeaderValue},
};
use app::AppError;
use domain::access::MissingPermission;
use schema::field::FieldError;
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::value::{RawValue, to_raw_value};

use super::{ErrorCode, Fault};

/// A request that failed, ready to be answered.
#[derive(Debug)]
pub(crate) struct ApiError(Box<Parts>);

#[derive(Debug)]
struct Parts {
    code: ErrorCode,
    message: String,
    details: Details,
    retry_after: Option<u64>,
    fault: Option<Fault>,
    /// A further header of the answer.
    header: Option<(HeaderName, HeaderValue)>,
}

/// Seconds after which a client may try again when the store does not answer.
const RETRY_AFTER_UNAVAILABLE: u64 = 1;

impl ApiError {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Parts {
            code,
            message,
            details: Details::default(),
            retry_after: None,
            fault: None,
            header: None,
        }))
    }

    /// A 400 that names fields.
    pub(crate) fn invalid(errors: Vec<FieldError>) -> Self {
        Self::new(ErrorCode::InvalidRequest, "Request validation failed").detail("errors", errors)
    }

    /// A defect of the service. Its cause is logged and not sent.
    pub(crate) fn internal(cause: impl fmt::Display) -> Self {
        Self::new(ErrorCode::Internal, "Internal error").because("internal error", cause.to_string())
    }

    fn because(mut self, what: &'static str, cause: String) -> Self {
        self.0.fault = Some(Fault { what, cause });
        self
    }

    /// The cause to log.
    pub(crate) fn fault(&self) -> Option<&Fault> {
        self.0.fault.as_ref()
    }

    /// Adds a member to `details`.
    pub(crate) fn detail(mut self, name: &'static str, value: impl Serialize) -> Self {
        self.0.details.0.extend(to_raw_value(&value).ok().map(|value| (name, value)));
        self
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.header = Some((name, value));
        self
    }

    /// Sets `Retry-After`.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    pub(crate) fn into_response(self) -> HttpResponse {
        HttpResponse::from_error(self)
    }
}

/// The members of `details`, in the order in which they were added: the reference's.
#[derive(Debug, Default)]
struct Details(Vec<(&'static str, Box<RawValue>)>);

impl Details {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Details {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(name, value)| members.serialize_entry(name, value))?;
        members.end()
    }
}

#[derive(Serialize)]
struct Body<'a> {
    success: bool,
    error: &'a str,
    code: &'static str,
    #[serde(skip_serializing_if = "Details::is_empty")]
    details: &'a Details,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code.as_str(), self.0.message)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.0.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut builder = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.0.retry_after {
            builder.insert_header((header::RETRY_AFTER, seconds));
        }
        if let Some((name, value)) = &self.0.header {
            builder.insert_header((name, value));
        }
        match self.0.code {
            ErrorCode::Unauthorized => drop(builder.insert_header((header::WWW_AUTHENTICATE, "Bearer"))),
            // The rest of this request could be mistaken for the next one (RFC 9110, 15.5.9).
            ErrorCode::RequestTimeout => drop(builder.force_close()),
            _ => {}
        }
        let body =
            Body { success: false, error: &self.0.message, code: self.0.code.as_str(), details: &self.0.details };
        builder.json(body)
    }
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        use ErrorCode as Code;
        match error {
            AppError::InvalidRequest(errors) => Self::invalid(errors),
            AppError::WidgetRejected { schema_errors, component_errors } => {
                Self::new(Code::WidgetRejected, "Widget validation failed")
                    .detail("schemaErrors", schema_errors)
                    .detail("componentErrors", component_errors)
            }
            AppError::DataRejected { widget_key, errors } => {
                Self::new(Code::DataRejected, "Widget data validation failed")
                    .detail("widgetKey", widget_key)
                    .detail("errors", errors)
            }
            AppError::WidgetNotFound => Self::new(Code::WidgetNotFound, "Widget not found"),
            AppError::VersionNotFound => Self::new(Code::VersionNotFound, "Widget version not found"),
            AppError::ModuleNotFound => Self::new(Code::ModuleNotFound, "Module not found"),
            AppError::PeerWidgetNotFound => Self::new(Code::PeerWidgetNotFound, "Peer widget not found"),
            AppError::MessageNotFound => Self::new(Code::MessageNotFound, "Message not found"),
            AppError::KeyTaken(key) => {
                Self::new(Code::WidgetKeyTaken, format!("A widget with key '{key}' already exists")).detail("key", key)
            }
            AppError::AlreadyBound => Self::new(Code::AlreadyBound, "The peer already has this widget"),
            AppError::PeerLacksWidget(peer) => {
                Self::new(Code::PeerLacksWidget, "The peer does not have this widget").detail("peerId", peer)
            }
            AppError::DisabledForPeer(peer) => {
                Self::new(Code::DisabledForPeer, "This widget is disabled for the peer").detail("peerId", peer)
            }
            AppError::WidgetInUse { count, peers } => {
                let noun = if count == 1 { "peer" } else { "peers" };
                Self::new(Code::WidgetInUse, "Cannot delete widget")
                    .detail("reason", format!("Widget is currently used by {count} {noun}"))
                    .detail("peers", peers)
            }
            AppError::PrebuiltReadOnly => Self::new(Code::PrebuiltReadOnly, "Pre-built widgets cannot be changed"),
            AppError::Stale => Self::new(Code::Stale, "The widget was changed meanwhile"),
            AppError::Contended => Self::new(Code::Contended, "Too many edits at once, try again"),
            AppError::IdempotencyMismatch => {
                Self::new(Code::IdempotencyMismatch, "The Idempotency-Key was used for another request")
            }
            AppError::Overloaded => Self::unavailable("The service is overloaded, try again"),
            AppError::Unavailable(cause) => Self::unavailable("The service is temporarily unavailable, try again")
                .because("store unavailable", cause),
            AppError::StoreReplaced(cause) => Self::unavailable(
                "The database file was replaced or deleted while the service ran; an operator must restart the service",
            )
            .because("store replaced", cause),
            AppError::Internal(cause) => Self::internal(cause),
        }
    }
}

impl ApiError {
    pub(crate) fn unavailable(message: &str) -> Self {
        Self::new(ErrorCode::Unavailable, message).retry_after(RETRY_AFTER_UNAVAILABLE)
    }
}

impl From<MissingPermission> for ApiError {
    fn from(MissingPermission(permission): MissingPermission) -> Self {
        Self::new(ErrorCode::Forbidden, "The API key lacks a permission")
            .detail("requiredPermission", permission.as_str())
    }
}

impl From<std::convert::Infallible> for ApiError {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
