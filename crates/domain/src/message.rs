//! Messages: data of a widget, sent to a conversation and pinned to the widget version that it was checked against.

use std::sync::Arc;

use schema::{
    field::Invalid,
    json::{JsonDocument, JsonText},
};
use uuid::Uuid;

use crate::{
    id::{MessageId, WidgetId},
    limits,
    names::{ConversationId, PeerId, UserId},
    time::Timestamp,
    widget::{Version, WidgetKey},
};

/// The text alongside a widget, for people and for clients that cannot show widgets: up to 100,000 characters, no NUL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageText(Arc<str>);

impl MessageText {
    /// Accepts the text unchanged.
    pub fn parse(text: impl Into<String>) -> Result<Self, Invalid> {
        let text = text.into();
        if text.contains('\0') {
            return Err(Invalid::new("Must not contain NUL characters"));
        }
        match text.chars().count() {
            count if count > limits::MAX_MESSAGE_TEXT_CHARS => Err(Invalid::new(format!(
                "Expected at most {} characters, received {count}",
                limits::MAX_MESSAGE_TEXT_CHARS
            ))),
            _ => Ok(Self(text.into())),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A caller's request to send a message.
#[derive(Debug)]
pub struct MessageDraft {
    /// Names the workspace's own widget with this key or, if there is none, the pre-built one.
    pub widget_key: WidgetKey,
    /// Data of the widget; absent only if the peer's binding provides it.
    pub data: Option<JsonDocument>,
    /// Text alongside the widget.
    pub text: Option<MessageText>,
    /// The peer to send for; the widget must be bound to it.
    pub peer: Option<PeerId>,
}

/// A stored message. It is immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The id of the message, assigned by the service. Ids sort by the time of sending.
    pub id: MessageId,
    /// The conversation it was sent to.
    pub conversation: ConversationId,
    /// The peer it was sent for.
    pub peer: Option<PeerId>,
    /// The widget.
    pub widget: WidgetId,
    /// The version that the data was checked against and is rendered with.
    pub widget_version: Version,
    /// The widget's key at the time of sending.
    pub widget_key: WidgetKey,
    /// The data, exactly as it was sent.
    pub data: JsonText,
    /// Text alongside the widget.
    pub text: Option<MessageText>,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// The user of the key that sent it.
    pub sent_by: UserId,
}

/// Which page of a conversation a reader requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessagePage {
    /// Only messages after this one.
    pub after: Option<MessageId>,
    /// Maximum number of messages, 1 to 100.
    pub limit: u32,
}

/// A page of a conversation, oldest message first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Messages {
    /// The messages.
    pub messages: Vec<Message>,
    /// The cursor of the next page, if more messages follow.
    pub next: Option<MessageId>,
}

impl Messages {
    /// Collects a page from the messages that follow the cursor, in order.
    ///
    /// The page holds up to `page.limit` messages, and ends early at
    /// [`MAX_MESSAGE_PART_BYTES`](limits::MAX_MESSAGE_PART_BYTES) of data and text.
    pub fn gather<E>(page: MessagePage, following: impl Iterator<Item = Result<Message, E>>) -> Result<Self, E> {
        let mut part = Self { messages: Vec::new(), next: None };
        let mut bytes = 0;
        for message in following {
            let message = message?;
            if part.messages.len() == page.limit as usize || bytes >= limits::MAX_MESSAGE_PART_BYTES {
                part.next = part.messages.last().map(|last| last.id);
                break;
            }
            bytes += message.data.as_str().len() + message.text.as_ref().map_or(0, |text| text.as_str().len());
            part.messages.push(message);
        }
        Ok(part)
    }

    /// The cursor from which a reader that has read to the end resumes later.
    ///
    /// It lies [`limits::RESUME_OVERLAP_SECONDS`] before the last message, or before `now` if that is earlier: so a message
    /// whose id comes from a clock that was far ahead hides no later messages.
    ///
    /// `None` while more messages follow, and if neither a message nor a cursor is known. After an empty page it is the
    /// cursor of that page, so it stays the same from one empty page to the next.
    pub fn resume(&self, page: MessagePage, now: Timestamp) -> Option<MessageId> {
        if self.next.is_some() {
            return None;
        }
        let now = now.as_unix_millis();
        let overlapped = |id| first_id_of(millis(id).min(now).saturating_sub(RESUME_OVERLAP_MILLIS));
        match (self.messages.last(), page.after) {
            (Some(last), _) => Some(overlapped(last.id)),
            // The cursor is the id of a message, such as a `nextCursor`, or lies in the future.
            (None, Some(after)) if after != first_id_of(millis(after)) || millis(after) > now => {
                Some(overlapped(after))
            }
            (None, after) => after,
        }
    }
}

const RESUME_OVERLAP_MILLIS: u64 = limits::RESUME_OVERLAP_SECONDS * 1_000;

/// The Unix time in milliseconds that a UUIDv7 begins with.
fn millis(id: MessageId) -> u64 {
    u64::try_from(id.as_uuid().as_u128() >> 80).unwrap_or(u64::MAX) // 48 bits
}

/// The UUIDv7 of this millisecond whose other bits are zero. No message has it, since those bits are random.
fn first_id_of(millis: u64) -> MessageId {
    MessageId::from_uuid(Uuid::from_u128((u128::from(millis) << 80) | (0x7 << 76) | (0b10 << 62)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_760_954_400_000;

    fn id(millis: u64) -> MessageId {
        MessageId::from_uuid(Uuid::from_u128(first_id_of(millis).as_uuid().as_u128() | 5))
    }

    fn message(id: MessageId) -> Message {
        Message {
            id,
            conversation: ConversationId::reserved("c"),
            peer: None,
            widget: WidgetId::from_uuid(Uuid::nil()),
            widget_version: Version::FIRST,
            widget_key: WidgetKey::parse("card").unwrap(),
            data: JsonText::from_stored("{}".to_owned()),
            text: None,
            sent_at: Timestamp::from_micros(0),
            sent_by: UserId::reserved("u"),
        }
    }

    fn resume(messages: &[MessageId], next: Option<MessageId>, after: Option<MessageId>) -> Option<MessageId> {
        let part = Messages { messages: messages.iter().copied().map(message).collect(), next };
        part.resume(MessagePage { after, limit: 50 }, Timestamp::from_micros(NOW as i64 * 1_000))
    }

    #[test]
    fn a_reader_resumes_ten_seconds_before_the_last_message() {
        let last = id(NOW - 7);
        assert_eq!(resume(&[id(NOW - 90_000), last], None, None), Some(first_id_of(NOW - 10_007)));
    }

    #[test]
    fn while_more_messages_follow_there_is_no_resume_cursor() {
        assert_eq!(resume(&[id(NOW)], Some(id(NOW)), None), None);
    }

    #[test]
    fn an_empty_page_resumes_from_its_own_cursor() {
        assert_eq!(resume(&[], None, None), None);
        let resumed = first_id_of(NOW - 10_007);
        assert_eq!(resume(&[], None, Some(resumed)), Some(resumed));
        // A `nextCursor` is the id of a message, and messages with earlier ids may be committed later.
        assert_eq!(resume(&[], None, Some(id(NOW - 7))), Some(resumed));
    }

    #[test]
    fn a_message_id_from_tomorrow_hides_no_message_of_today() {
        let tomorrow = id(NOW + 86_400_000);
        let today = Some(first_id_of(NOW - 10_000));
        assert_eq!(resume(&[id(NOW - 7), tomorrow], None, None), today);
        assert_eq!(resume(&[], None, Some(tomorrow)), today);
    }
}
