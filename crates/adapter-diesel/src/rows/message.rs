use diesel::prelude::*;
use domain::{
    id::{MessageId, WidgetId},
    message::{Message, MessagePage, MessageText},
    names::{ConversationId, PeerId, UserId, WorkspaceId},
    time::Timestamp,
};
use ports::StoreError;
use schema::json::JsonText;
use uuid::Uuid;

use super::{
    Id,
    widget::{read_key, read_version},
};
use crate::{failure::damaged, schema::message};

#[derive(Queryable, Selectable)]
#[diesel(table_name = message)]
pub(crate) struct MessageRow {
    conversation_id: String,
    id: Id,
    peer_id: Option<String>,
    widget_id: Id,
    widget_version: i64,
    widget_key: String,
    sent_by: String,
    sent_at: i64,
    text: Option<String>,
    data: String,
}

impl MessageRow {
    pub(crate) fn into_domain(self) -> Result<Message, StoreError> {
        let text = self.text.map(MessageText::parse).transpose().map_err(|why| damaged("message.text", why))?;
        Ok(Message {
            id: MessageId::from_uuid(self.id.into()),
            conversation: ConversationId::reserved(&self.conversation_id),
            peer: self.peer_id.as_deref().map(PeerId::reserved),
            widget: WidgetId::from_uuid(self.widget_id.into()),
            widget_version: read_version(self.widget_version)?,
            widget_key: read_key(self.widget_key)?,
            data: JsonText::from_stored(self.data),
            text,
            sent_at: Timestamp::from_micros(self.sent_at),
            sent_by: UserId::reserved(&self.sent_by),
        })
    }
}

/// The id that the messages of a page follow. The nil UUID sorts before every id, so one prepared statement serves first
/// and later pages.
pub(crate) fn page_start(page: MessagePage) -> Id {
    Id::from(page.after.as_ref().map_or(&Uuid::nil(), |id| id.as_uuid()))
}

#[derive(Insertable)]
#[diesel(table_name = message, treat_none_as_default_value = false)]
pub(crate) struct NewMessage<'a> {
    pub(crate) workspace_id: &'a str,
    pub(crate) conversation_id: &'a str,
    pub(crate) id: Id,
    pub(crate) peer_id: Option<&'a str>,
    pub(crate) widget_id: Id,
    pub(crate) widget_version: i64,
    pub(crate) widget_key: &'a str,
    pub(crate) sent_by: &'a str,
    pub(crate) sent_at: i64,
    pub(crate) text: Option<&'a str>,
    pub(crate) data: &'a str,
}

impl<'a> NewMessage<'a> {
    pub(crate) fn new(workspace: &'a WorkspaceId, message: &'a Message) -> Self {
        Self {
            workspace_id: workspace.as_str(),
            conversation_id: message.conversation.as_str(),
            id: message.id.as_uuid().into(),
            peer_id: message.peer.as_ref().map(PeerId::as_str),
            widget_id: message.widget.as_uuid().into(),
            widget_version: message.widget_version.0.into(),
            widget_key: message.widget_key.as_str(),
            sent_by: message.sent_by.as_str(),
            sent_at: message.sent_at.as_micros(),
            text: message.text.as_ref().map(MessageText::as_str),
            data: message.data.as_str(),
        }
    }
}
