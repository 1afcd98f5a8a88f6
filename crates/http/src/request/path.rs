use actix_web::HttpRequest;
use app::AppError;
use domain::{
    id::{MessageId, PeerWidgetId, WidgetId},
    names::{ConversationId, PeerId},
    widget::{Version, WidgetKey},
};
use schema::field::Invalid;

use crate::response::ApiError;

/// The peer of the path: a name of the caller's, so a bad one is the caller's mistake.
pub(crate) fn peer_id(request: &HttpRequest) -> Result<PeerId, ApiError> {
    parse(request, "peerId", PeerId::parse)
}

/// The conversation of the path.
pub(crate) fn conversation_id(request: &HttpRequest) -> Result<ConversationId, ApiError> {
    parse(request, "conversationId", ConversationId::parse)
}

/// The widget of the path: an id of ours, so one that cannot exist is not found.
pub(crate) fn widget_id(request: &HttpRequest) -> Result<WidgetId, ApiError> {
    parse(request, "widgetId", WidgetId::parse).map_err(|_| AppError::WidgetNotFound.into())
}

/// The key of a pre-built widget of the path.
pub(crate) fn widget_key(request: &HttpRequest) -> Result<WidgetKey, ApiError> {
    parse(request, "widgetKey", |text| WidgetKey::parse(text)).map_err(|_| AppError::WidgetNotFound.into())
}

/// The version of the path: a number of ours, so one that cannot exist is not found.
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
    let text = request.match_info().get(name).unwrap_or_default();
    parse(text).map_err(|invalid| ApiError::invalid(vec![invalid.at(name)]))
}
