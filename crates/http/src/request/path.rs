use actix_web::HttpRequest;
use app::AppError;
use domain::{
    id::{MessageId, PeerWidgetId, WidgetId},
    names::{ConversationId, PeerId},
    percent,
    widget::{Version, WidgetKey},
};
use schema::field::Invalid;

use super::describe_parameters;
use crate::{response::ApiError, route::PathRoutes};

describe_parameters! {
    WidgetIdPath in Path {
        /// The widget's id.
        #[param(rename = "widgetId", pattern = "^widget_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
        widget_id: String,
    }
    VersionPath in Path {
        /// The number of the version, counted from 1.
        #[param(minimum = 1, maximum = 4_294_967_295_i64, value_type = i64)]
        version: u32,
    }
    WidgetKeyPath in Path {
        /// The key of a pre-built widget.
        #[param(rename = "widgetKey", max_length = 64, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
        widget_key: String,
    }
    PeerIdPath in Path {
        /// The caller's own name for the peer.
        #[param(rename = "peerId", min_length = 1, max_length = 256, pattern = r"^([^.\u0000-\u001F\u007F-\u009F]|\.[^.\u0000-\u001F\u007F-\u009F]|\.\.[^\u0000-\u001F\u007F-\u009F])[^\u0000-\u001F\u007F-\u009F]*$")]
        peer_id: String,
    }
    PeerWidgetIdPath in Path {
        /// The binding's id.
        #[param(rename = "peerWidgetId", pattern = "^peer_widget_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
        peer_widget_id: String,
    }
    ConversationIdPath in Path {
        /// The caller's own name for the conversation.
        #[param(rename = "conversationId", min_length = 1, max_length = 256, pattern = r"^([^.\u0000-\u001F\u007F-\u009F]|\.[^.\u0000-\u001F\u007F-\u009F]|\.\.[^\u0000-\u001F\u007F-\u009F])[^\u0000-\u001F\u007F-\u009F]*$")]
        conversation_id: String,
    }
    MessageIdPath in Path {
        /// The message's id.
        #[param(rename = "messageId", pattern = "^msg_[0-7][0-9a-hjkmnp-tv-z]{25}$")]
        message_id: String,
    }
}

/// The peer of the path. The caller chooses its name, so an invalid one is a 400.
pub(crate) fn peer_id(request: &HttpRequest) -> Result<PeerId, ApiError> {
    parse(request, "peerId", PeerId::parse)
}

/// The conversation of the path.
pub(crate) fn conversation_id(request: &HttpRequest) -> Result<ConversationId, ApiError> {
    parse(request, "conversationId", ConversationId::parse)
}

/// The widget of the path. The service makes its id, so an invalid one is a 404.
pub(crate) fn widget_id(request: &HttpRequest) -> Result<WidgetId, ApiError> {
    parse(request, "widgetId", WidgetId::parse).map_err(|_| AppError::WidgetNotFound.into())
}

/// The key of a pre-built widget of the path.
pub(crate) fn widget_key(request: &HttpRequest) -> Result<WidgetKey, ApiError> {
    parse(request, "widgetKey", |text| WidgetKey::parse(text)).map_err(|_| AppError::WidgetNotFound.into())
}

/// The version of the path. The service makes its number, so an invalid one is a 404.
pub(crate) fn version(request: &HttpRequest) -> Result<Version, ApiError> {
    parse(request, "version", Version::parse).map_err(|_| AppError::VersionNotFound.into())
}

/// The binding of the path.
pub(crate) fn peer_widget_id(request: &HttpRequest) -> Result<PeerWidgetId, ApiError> {
    parse(request, "peerWidgetId", PeerWidgetId::parse).map_err(|_| AppError::PeerWidgetNotFound.into())
}

/// The message of the path.
pub(crate) fn message_id(request: &HttpRequest) -> Result<MessageId, ApiError> {
    parse(request, "messageId", MessageId::parse).map_err(|_| AppError::MessageNotFound.into())
}

fn parse<T>(request: &HttpRequest, name: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Result<T, ApiError> {
    let text = segment(request, name).map_err(|error| {
        Invalid::new(format!("Not valid percent-encoded UTF-8: {error}; encode the name with encodeURIComponent"))
    });
    text.and_then(|text| parse(&text)).map_err(|invalid| ApiError::invalid(vec![invalid.at(name)]))
}

/// The segment of the path that is this parameter, decoded once. The decoding of actix-web leaves some escapes as they are, and
/// replaces what is not UTF-8.
fn segment(request: &HttpRequest, name: &str) -> Result<String, percent::DecodeError> {
    let template = request.app_data::<PathRoutes>().map_or("", |routes| routes.path());
    let is_parameter = |part: &str| part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) == Some(name);
    let mut segments = template.split('/').zip(request.path().split('/'));
    percent::decode(segments.find(|(part, _)| is_parameter(part)).map_or("", |(_, segment)| segment))
}
