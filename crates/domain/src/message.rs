//! Messages: a widget's data, sent to a conversation and pinned to the version it was checked with.

use std::sync::Arc;

use crate::{
    field::Invalid,
    id::{MessageId, WidgetId},
    json::{JsonDocument, JsonText},
    limits,
    names::{ConversationId, PeerId, UserId},
    time::Timestamp,
    widget::{Version, WidgetKey},
};

/// The text beside a widget, for people and for clients that show no widgets: up to 100,000 characters, no NUL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageText(Arc<str>);

impl MessageText {
    /// Takes the text as it is.
    pub fn parse(text: impl Into<String>) -> Result<Self, Invalid> {
        let text = text.into();
        if text.contains('\0') {
            return Err(Invalid::new("Must not contain NUL characters"));
        }
        match text.chars().count() {
            count if count > limits::MESSAGE_TEXT_CHARS => Err(Invalid::new(format!(
                "Expected at most {} characters, received {count}",
                limits::MESSAGE_TEXT_CHARS
            ))),
            _ => Ok(Self(text.into())),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a caller sends.
#[derive(Debug)]
pub struct MessageDraft {
    /// One's own widget first, else the pre-built one.
    pub widget_key: WidgetKey,
    /// Data of the widget; absent only where the peer's binding brings its own.
    pub data: Option<JsonDocument>,
    /// Text beside the widget.
    pub text: Option<MessageText>,
    /// The peer that must have the widget.
    pub peer: Option<PeerId>,
}

/// A message as it is stored: nothing of it ever changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Made by the service; ids sort by the time of sending.
    pub id: MessageId,
    /// Where it was sent.
    pub conversation: ConversationId,
    /// The peer it was sent for.
    pub peer: Option<PeerId>,
    /// The widget.
    pub widget: WidgetId,
    /// The version that the data was checked with, and that renders it.
    pub widget_version: Version,
    /// The widget's key at the time of sending.
    pub widget_key: WidgetKey,
    /// The data, exactly as it was sent.
    pub data: JsonText,
    /// Text beside the widget.
    pub text: Option<MessageText>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// The user of the key that sent it.
    pub sent_by: UserId,
}

/// Which part of a conversation is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessagePage {
    /// Only messages after this one.
    pub after: Option<MessageId>,
    /// Most messages, 1 to 100.
    pub limit: u32,
}

/// A part of a conversation, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Messages {
    /// The messages.
    pub messages: Vec<Message>,
    /// Where the next part begins, if there is one.
    pub next: Option<MessageId>,
}

impl Messages {
    /// Makes a part of the messages that follow, in order: as many as the page asks for, fewer if they are large.
    pub fn gather<E>(page: MessagePage, following: impl Iterator<Item = Result<Message, E>>) -> Result<Self, E> {
        let mut part = Self { messages: Vec::new(), next: None };
        let mut bytes = 0;
        for message in following {
            let message = message?;
            if part.messages.len() == page.limit as usize || bytes >= limits::MESSAGE_PART_BYTES {
                part.next = part.messages.last().map(|last| last.id);
                break;
            }
            bytes += message.data.as_str().len() + message.text.as_ref().map_or(0, |text| text.as_str().len());
            part.messages.push(message);
        }
        Ok(part)
    }
}
