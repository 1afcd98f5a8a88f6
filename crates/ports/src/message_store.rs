use async_trait::async_trait;
use domain::{
    id::MessageId,
    idempotency::Attempt,
    message::{Message, MessagePage, Messages},
    names::{ConversationId, WorkspaceId},
};

use crate::{Creation, ReplayError, StoreError};

/// Keeps the messages of conversations. They are only ever added, and deleted by
/// [`Housekeeping`](crate::Housekeeping::delete_messages_before) alone.
///
/// A workspace never sees another's messages. What was sent comes back to the byte. What a method answered `Ok` to is
/// durable: it is there after the process was killed.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait MessageStore: Send + Sync {
    /// Adds a message: the hot path, one indexed write when there is no `attempt`.
    ///
    /// Of many attempts with one idempotency key exactly one is added; the others are answered with it, and another
    /// request under the key with [`AppendError::AttemptMismatch`].
    async fn append<'a>(
        &self,
        workspace: &WorkspaceId,
        message: &Message,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Message>, AppendError>;

    /// The message that an earlier, equal attempt added.
    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Message>, ReplayError>;

    /// One message.
    async fn find(
        &self,
        workspace: &WorkspaceId,
        conversation: &ConversationId,
        id: MessageId,
    ) -> Result<Option<Message>, StoreError>;

    /// A part of a conversation, oldest first (by id), put together as [`Messages::gather`] does. `next` is the last id of
    /// the part when more follow. A conversation that nobody wrote to is empty.
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
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    AttemptMismatch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
