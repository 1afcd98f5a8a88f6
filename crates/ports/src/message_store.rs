//! The port that stores messages.

use async_trait::async_trait;
use domain::{
    id::MessageId,
    idempotency::Attempt,
    message::{Message, MessagePage, Messages},
    names::{ConversationId, WorkspaceId},
};

use crate::{Creation, ReplayError, StoreError};

/// Stores the messages of conversations. A message never changes, and only
/// [`Housekeeping::delete_messages_before`](crate::Housekeeping::delete_messages_before) deletes messages.
///
/// Every method sees only the messages of its workspace. Data and text are returned byte for byte as they were sent. A message
/// is durable once [`append`](Self::append) has returned `Ok`: it survives a kill of the process.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait MessageStore: Send + Sync {
    /// Adds a message. This is the hot path: without an `attempt` it is one indexed write.
    ///
    /// Of concurrent or repeated attempts with one idempotency key exactly one adds its message; the others return that
    /// message. A different request with the same key fails with [`AppendError::AttemptMismatch`].
    async fn append<'a>(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Message>, AppendError>;

    /// Returns the message that an earlier, equal attempt added; `None` if there was no attempt with this key.
    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Message>, ReplayError>;

    /// Returns one message; `None` if it does not exist.
    async fn find(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        id: MessageId,
    ) -> Result<Option<Message>, StoreError>;

    /// Returns a page of a conversation, oldest first (by id), as [`Messages::gather`] collects it.
    ///
    /// `next` is the last id of the page if more messages follow. A conversation without messages yields an empty page.
    async fn list(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        page: MessagePage,
    ) -> Result<Messages, StoreError>;
}

/// Why a message was not added.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The idempotency key was used for a different request.
    #[error("the idempotency key was used for another request")]
    AttemptMismatch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
