use domain::{idempotency::Attempt, message::Message, names::WorkspaceId};

/// A message to be inserted.
#[derive(Debug, Clone)]
pub(crate) struct PendingMessage {
    pub(super) workspace: WorkspaceId,
    pub(super) message: Message,
    /// With the stored record of what it creates.
    pub(super) attempt: Option<(Attempt, String)>,
}

impl PendingMessage {
    /// The size of its documents.
    pub(super) fn bytes(&self) -> usize {
        self.message.data.as_str().len() + self.message.text.as_ref().map_or(0, |text| text.as_str().len())
    }
}
