//! The port that stores bindings of widgets to peers.

use async_trait::async_trait;
use domain::{
    binding::{NamedPeerWidget, PeerWidget},
    id::{PeerWidgetId, WidgetId},
    idempotency::Attempt,
    names::{PeerId, WorkspaceId},
};

use crate::{Creation, ReplayError, StoreError};

/// Stores the bindings of widgets to peers.
///
/// Every method sees only the bindings of its workspace. A change is durable once its method has returned `Ok`.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait BindingStore: Send + Sync {
    /// Binds a widget of the workspace, or a published pre-built one, to a peer. A peer has at most one binding to a widget.
    ///
    /// A widget is never both deleted and bound, even if deletes and binds run concurrently. `attempt` works as in
    /// [`WidgetStore::create`](crate::WidgetStore::create).
    async fn add<'a>(
        &self,
        workspace: &WorkspaceId,
        binding: &PeerWidget,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<PeerWidget>, BindError>;

    /// Returns the binding that an earlier, equal attempt created, as it was then; `None` if there was no attempt with this key.
    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<PeerWidget>, ReplayError>;

    /// Returns all bindings of a peer, oldest first, enabled or not.
    async fn list(&self, workspace: &WorkspaceId, peer: &PeerId) -> Result<Vec<NamedPeerWidget>, StoreError>;

    /// Returns one binding of a peer; `None` if it does not exist.
    async fn find(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        id: PeerWidgetId,
    ) -> Result<Option<NamedPeerWidget>, StoreError>;

    /// Returns the binding of a widget to a peer; `None` if it does not exist. Every message for a peer reads it.
    async fn find_by_widget(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        widget: WidgetId,
    ) -> Result<Option<PeerWidget>, StoreError>;

    /// Replaces `current` with `next` if the stored binding still equals `current`: a compare-and-swap of `enabled` and
    /// `config`. Id, peer, widget and time never change.
    async fn replace(
        &self,
        workspace: &WorkspaceId,
        current: &PeerWidget,
        next: &PeerWidget,
    ) -> Result<(), ReplaceBindingError>;

    /// Deletes a binding of a peer, and returns whether it existed.
    async fn remove(&self, workspace: &WorkspaceId, peer: &PeerId, id: PeerWidgetId) -> Result<bool, StoreError>;

    /// Returns the number of peers of the workspace that the widget is bound to.
    async fn usage_count(&self, workspace: &WorkspaceId, widget: WidgetId) -> Result<u64, StoreError>;
}

/// Why a widget was not bound.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Neither the workspace nor the published pre-built widgets include this widget.
    #[error("no such widget")]
    WidgetNotFound,
    /// The widget is already bound to the peer.
    #[error("the peer has the widget already")]
    AlreadyBound,
    /// The idempotency key was used for a different request.
    #[error("the idempotency key was used for another request")]
    AttemptMismatch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a binding was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ReplaceBindingError {
    /// The peer has no such binding.
    #[error("no such binding")]
    NotFound,
    /// The binding was changed since `current` was read; the caller may read it again and retry.
    #[error("the binding was changed meanwhile")]
    Changed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
