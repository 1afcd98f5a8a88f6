//! `/conversation/{conversationId}/message`: sending and reading messages.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::{
    access::Messenger,
    id::MessageId,
    limits,
    message::{Message, MessageDraft, MessagePage, MessageText},
    names::PeerId,
    percent,
    widget::WidgetKey,
};
use schema::{
    field::{FieldPath, Invalid},
    json::{JsonDocument, JsonText},
};
use serde_json::Value;

use crate::{
    HttpState,
    base_path::BASE_PATH,
    request::{self, Caller, JsonKind, Object, Query, RequestBody, describe_bodies, describe_parameters},
    response::{ApiError, MessageList, MessageView, Success, created, hold_until_sent, ok},
    schemas::MessageTypeSchema,
};

describe_parameters! {
    ListMessagesQuery in Query {
        /// Messages per answer; 50 if absent.
        #[param(minimum = 1, maximum = 100, nullable = false)]
        limit: Option<u32>,
        /// The `nextCursor` or `resumeCursor` of an earlier answer.
        #[param(pattern = "^(msg_[0-7][0-9a-hjkmnp-tv-z]{25})?$", nullable = false)]
        cursor: Option<String>,
    }
}

describe_bodies! {
    /// A message to send.
    SendMessage {
        r#type: MessageTypeSchema,
        /// A widget of the workspace takes precedence over a pre-built one.
        #[schema(max_length = 64, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", example = "sales-dashboard")]
        widget_key: String,
        /// Fits the widget's schema; absent only for a peer whose widget allows no custom data.
        #[schema(value_type = Option<Object>, nullable = false)]
        data: Option<Value>,
        /// For people, and for clients that show no widgets.
        #[schema(max_length = 100_000, pattern = r"^[^\u0000]*$")]
        text: Option<String>,
        /// Then the peer must have the widget, enabled.
        #[schema(min_length = 1, max_length = 256, pattern = r"^([^.\u0000-\u001F\u007F-\u009F]|\.[^.\u0000-\u001F\u007F-\u009F]|\.\.[^\u0000-\u001F\u007F-\u009F])[^\u0000-\u001F\u007F-\u009F]*$")]
        peer_id: Option<String>,
    }
}

/// Send a widget message
///
/// The data is checked against the widget's schema, and the message is pinned to the widget's current version.
#[utoipa::path(
    post, path = "/api/v1/conversation/{conversationId}/message", operation_id = "sendMessage", tag = "Messages",
    params(request::ConversationIdPath, request::IdempotencyKeyHeader),
    request_body = SendMessage,
    responses(
        (
            status = 201, description = "Sent", body = Success<MessageView>,
            headers(
                ("Location" = String, description = "Its address"),
                ("Idempotency-Replayed" = bool, description = "True if an earlier request under the key created it; else absent"),
            ),
        ),
    )
)]
pub(crate) async fn send(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
    body: RequestBody,
) -> Result<HttpResponse, ApiError> {
    let body = body.read(&caller).await?;
    let conversation = request::conversation_id(&request)?;
    let attempt = request::attempt(&state, &request, caller.key, &body)?;
    let draft = body.read_with(&state, read).await?;
    let creation = state.messages.send(&caller, conversation, draft, attempt.as_ref()).await?;
    let message = creation.get();
    let conversation = percent::encode_segment(message.conversation.as_str());
    let location = format!("{BASE_PATH}/conversation/{conversation}/message/{}", message.id);
    Ok(body.hold_until_sent(created(MessageView::from(message), location, creation.is_replay())))
}

/// Read a conversation
///
/// Oldest first. A conversation without messages is an empty list.
#[utoipa::path(
    get, path = "/api/v1/conversation/{conversationId}/message", operation_id = "listMessages", tag = "Messages",
    params(request::ConversationIdPath, ListMessagesQuery),
    responses(
        (status = 200, description = "A part of the conversation", body = Success<MessageList>),
    )
)]
pub(crate) async fn list(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let conversation = request::conversation_id(&request)?;
    let mut query = Query::of(&request);
    let page = MessagePage {
        after: query.filter("cursor", |text| {
            MessageId::parse(text)
                .map_err(|_| Invalid::new("Expected the 'nextCursor' or 'resumeCursor' of an earlier answer"))
        }),
        limit: query.number("limit", 1, limits::MESSAGE_PAGE_LIMIT.1).unwrap_or(limits::MESSAGE_PAGE_LIMIT.0),
    };
    let page = query.finish(page)?;
    // The size of a part is unknown until it is read, so its maximum is acquired first.
    let mut memory = request::acquire_memory(caller.permit(), limits::MAX_MESSAGE_PART_BYTES).await?;
    let part = state.messages.list(&caller, &conversation, page).await?;
    memory.shrink_to(part.messages.iter().map(bytes).sum());
    Ok(hold_until_sent(ok(MessageList::new(&part, page, state.clock.now())), memory))
}

fn bytes(message: &Message) -> usize {
    message.data.as_str().len() + message.text.as_ref().map_or(0, |text| text.as_str().len())
}

/// Get a message
#[utoipa::path(
    get, path = "/api/v1/conversation/{conversationId}/message/{messageId}", operation_id = "getMessage", tag = "Messages",
    params(request::ConversationIdPath, request::MessageIdPath),
    responses(
        (status = 200, description = "The message", body = Success<MessageView>),
    )
)]
pub(crate) async fn get(
    state: web::Data<HttpState>,
    caller: Caller<Messenger>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let conversation = request::conversation_id(&request)?;
    let id = request::message_id(&request)?;
    let message = state.messages.find(&caller, &conversation, id).await?;
    Ok(ok(MessageView::from(&message)))
}

fn read(mut body: Object<'_>) -> Result<MessageDraft, ApiError> {
    let kind = body.required_string("type", |text| match text {
        "widget" => Ok(()),
        _ => Err(Invalid::new("Expected 'widget'")),
    });
    let widget_key = body.required_string("widgetKey", |text| WidgetKey::parse(text));
    let data = read_data(&mut body);
    let text = body.nullable_string("text", |text| MessageText::parse(text));
    let peer = body.nullable_string("peerId", PeerId::parse);
    let draft = kind.zip(widget_key).map(|((), widget_key)| MessageDraft { widget_key, data, text, peer });
    body.finish(draft)
}

fn read_data(body: &mut Object<'_>) -> Option<JsonDocument> {
    let raw = body.take("data")?;
    if !body.expect("data", raw, JsonKind::Object) {
        return None;
    }
    let document = JsonDocument::parse_data(JsonText::from_raw(raw), &FieldPath::root("data"));
    document.map_err(|error| body.push(error)).ok()
}
