//! Use cases of messages.

use std::sync::Arc;

use domain::{
    access::Messenger,
    id::{MessageId, WidgetId},
    idempotency::Attempt,
    message::{Message, MessageDraft, MessagePage, Messages as Page},
    names::{ConversationId, PeerId, WorkspaceId},
};
use ports::{BindingStore, Clock, Creation, IdSource, MessageStore};
use schema::{
    field::{FieldError, FieldPath},
    json::JsonDocument,
};

use crate::{AppError, Reviewer, WidgetResolver};

/// Sends and reads messages.
pub struct Messages {
    /// Stores messages.
    pub store: Arc<dyn MessageStore>,
    /// Finds widgets.
    pub widgets: WidgetResolver,
    /// Stores the bindings of widgets to peers.
    pub bindings: Arc<dyn BindingStore>,
    /// Checks data against schemas.
    pub reviewer: Arc<Reviewer>,
    /// The service's clock.
    pub clock: Arc<dyn Clock>,
    /// Generates ids.
    pub ids: Arc<dyn IdSource>,
}

impl Messages {
    /// Sends a message, once for each idempotency key, pinned to the widget's current version.
    pub async fn send(
        &self,
        by: &Messenger,
        conversation: ConversationId,
        draft: MessageDraft,
        attempt: Option<&Attempt>,
    ) -> Result<Creation<Message>, AppError> {
        let message = match (self.compose(by, conversation, draft).await, attempt) {
            (Ok(message), _) => message,
            // A retry succeeds even if the message could no longer be sent, for example because the widget was deleted. The
            // hot path skips this query: for a message that can be sent, `append` finds the earlier attempt.
            (Err(error), Some(attempt)) => {
                let replayed = self.store.replay(&by.workspace, attempt).await?;
                return replayed.map(Creation::Replayed).ok_or(error);
            }
            (Err(error), None) => return Err(error),
        };
        Ok(self.store.append(&by.workspace, &message, attempt).await?)
    }

    /// Builds the message from the draft, and checks its data.
    async fn compose(
        &self,
        by: &Messenger,
        conversation: ConversationId,
        draft: MessageDraft,
    ) -> Result<Message, AppError> {
        let widget = self.widgets.by_key(&by.workspace, &draft.widget_key).await?;
        let bound_data = match &draft.peer {
            Some(peer) => self.data_of_binding(&by.workspace, peer, widget.id).await?,
            None => BoundData::FromMessage,
        };
        let data = choose_data(draft.data, bound_data)?;
        let refusal = |errors| AppError::DataRejected { widget_key: widget.key.clone(), errors };
        self.reviewer.check_data(&widget.schema, &data, "data", by, refusal).await?;
        Ok(Message {
            id: MessageId::from_uuid(self.ids.next_uuid()),
            conversation,
            peer: draft.peer,
            widget: widget.id,
            widget_version: widget.version,
            widget_key: widget.key,
            data: data.into_text(),
            text: draft.text,
            sent_at: self.clock.now(),
            sent_by: by.user.clone(),
        })
    }

    /// Finds one message.
    pub async fn find(
        &self,
        by: &Messenger,
        conversation: &ConversationId,
        id: MessageId,
    ) -> Result<Message, AppError> {
        self.store.find(&by.workspace, conversation, id).await?.ok_or(AppError::MessageNotFound)
    }

    /// Lists a page of a conversation, oldest first.
    pub async fn list(
        &self,
        by: &Messenger,
        conversation: &ConversationId,
        page: MessagePage,
    ) -> Result<Page, AppError> {
        Ok(self.store.list(&by.workspace, conversation, page).await?)
    }

    /// Where the data of a message for the peer comes from. Fails if the peer cannot use the widget.
    async fn data_of_binding(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        widget: WidgetId,
    ) -> Result<BoundData, AppError> {
        let Some(binding) = self.bindings.find_by_widget(workspace, peer, widget).await? else {
            return Err(AppError::PeerLacksWidget(peer.clone()));
        };
        if !binding.enabled {
            return Err(AppError::DisabledForPeer(peer.clone()));
        }
        if binding.config.allows_custom_data() {
            return Ok(BoundData::FromMessage);
        }
        let data = binding.config.default_props.and_then(|props| props.data());
        let data = data.map(|text| JsonDocument::parse_data(text, &FieldPath::root("data"))).transpose();
        data.map(BoundData::FromBinding).map_err(|error| AppError::InvalidRequest(vec![error]))
    }
}

/// Where the data of a message comes from.
enum BoundData {
    /// The message carries it.
    FromMessage,
    /// The binding provides it; `None` if its configuration has no data.
    FromBinding(Option<JsonDocument>),
}

fn choose_data(sent: Option<JsonDocument>, bound: BoundData) -> Result<JsonDocument, AppError> {
    let refuse = |error| Err(AppError::InvalidRequest(vec![error]));
    match (sent, bound) {
        (Some(data), BoundData::FromMessage) => Ok(data),
        (None, BoundData::FromMessage) => refuse(FieldError::missing("data", "data")),
        (Some(_), BoundData::FromBinding(_)) => {
            refuse(FieldError::new("data", "Must be absent: the peer's widget allows no custom data"))
        }
        (None, BoundData::FromBinding(Some(data))) => Ok(data),
        (None, BoundData::FromBinding(None)) => {
            let message = "The peer's widget allows no custom data, and its config.defaultProps has no 'data'";
            refuse(FieldError::new("data", message))
        }
    }
}
