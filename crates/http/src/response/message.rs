use domain::{
    id::{MessageId, WidgetId},
    message::{Message, MessagePage, Messages},
    names::{ConversationId, PeerId},
    time::Timestamp,
    widget::{Version, WidgetKey},
};
use schema::json::JsonText;
use serde::Serialize;
use utoipa::ToSchema;

/// A message as it was sent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Message)]
pub(crate) struct MessageView<'a> {
    #[schema(value_type = String, example = "msg_01k9x2m5f3e8h9s4t6v7w8x9y0")]
    message_id: MessageId,
    #[schema(value_type = String, example = "conv_789")]
    conversation_id: &'a ConversationId,
    /// Always `widget`.
    #[schema(value_type = crate::schemas::MessageTypeSchema)]
    r#type: &'static str,
    #[schema(value_type = String)]
    widget_key: &'a WidgetKey,
    #[schema(value_type = String)]
    widget_id: WidgetId,
    /// The version that the data was checked with, and that renders it.
    #[schema(value_type = u32, minimum = 1)]
    widget_version: Version,
    /// The peer it was sent for; absent if none was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    peer_id: Option<&'a PeerId>,
    /// The data, exactly as it was sent.
    #[schema(value_type = Object)]
    data: &'a JsonText,
    /// For people, and for clients that show no widgets.
    #[schema(required)]
    text: Option<&'a str>,
    #[schema(value_type = String, format = DateTime)]
    timestamp: Timestamp,
}

impl<'a> From<&'a Message> for MessageView<'a> {
    fn from(message: &'a Message) -> Self {
        Self {
            message_id: message.id,
            conversation_id: &message.conversation,
            r#type: "widget",
            widget_key: &message.widget_key,
            widget_id: message.widget,
            widget_version: message.widget_version,
            peer_id: message.peer.as_ref(),
            data: &message.data,
            text: message.text.as_ref().map(|text| text.as_str()),
            timestamp: message.sent_at,
        }
    }
}

/// A part of a conversation, oldest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MessageList<'a> {
    messages: Vec<MessageView<'a>>,
    /// Where the next part begins; null at the end.
    #[schema(value_type = Option<String>, required)]
    next_cursor: Option<MessageId>,
    /// The `cursor` that continues after the last message. It lies 10 seconds before that message, because messages may
    /// become visible in another order than that of their ids; drop the messages that were read before. After an empty
    /// part it is the request's own `cursor`. Null while `nextCursor` is set, and for an empty part without a `cursor`.
    #[schema(value_type = Option<String>, required)]
    resume_cursor: Option<MessageId>,
}

impl<'a> MessageList<'a> {
    /// The part that was found for this page at this time.
    pub(crate) fn new(part: &'a Messages, page: MessagePage, now: Timestamp) -> Self {
        Self {
            messages: part.messages.iter().map(MessageView::from).collect(),
            next_cursor: part.next,
            resume_cursor: part.resume(page, now),
        }
    }
}
