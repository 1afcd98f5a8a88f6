use async_trait::async_trait;
use domain::{
    binding::{NamedPeerWidget, PeerWidget},
    id::{PeerWidgetId, WidgetId},
    idempotency::Attempt,
    names::{PeerId, WorkspaceId},
};

use crate::{Creation, ReplayError, StoreError};

/// Keeps which peers have which widgets.
///
/// A workspace never sees another's bindings. What a method answered `Ok` to is durable.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait BindingStore: Send + Sync {
    /// Gives a widget of the workspace, or a published pre-built one, to a peer. A peer has a widget at most once.
    ///
    /// A widget is never both deleted and bound, however deletes and binds run together. `attempt` works as in
    /// [`WidgetStore::create`](crate::WidgetStore::create).
    async fn add<'a>(
        &self,
        workspace: &WorkspaceId,
        binding: &PeerWidget,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<PeerWidget>, BindError>;

    /// The binding that an earlier, equal attempt made, as it was then.
    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<PeerWidget>, ReplayError>;

    /// All bindings of a peer, oldest first, enabled or not.
    async fn list(&self, workspace: &WorkspaceId, peer: &PeerId) -> Result<Vec<NamedPeerWidget>, StoreError>;

    /// One binding of a peer.
    async fn find(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        id: PeerWidgetId,
    ) -> Result<Option<NamedPeerWidget>, StoreError>;

    /// The binding of a widget to a peer: read when a message is sent for the peer.
    async fn find_by_widget(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        widget: WidgetId,
    ) -> Result<Option<PeerWidget>, StoreError>;

    /// Puts `next` in the place of `current` if the binding still is `current`: compare and swap on `enabled` and
    /// `config`. Id, peer, widget and time never change.
    async fn replace(
        &self,
        workspace: &WorkspaceId,
        current: &PeerWidget,
        next: &PeerWidget,
    ) -> Result<(), ReplaceBindingError>;

    /// Takes a widget from a peer; tells whether the peer had it.
    async fn remove(&self, workspace: &WorkspaceId, peer: &PeerId, id: PeerWidgetId) -> Result<bool, StoreError>;

    /// How many peers of the workspace have the widget.
    async fn usage_count(&self, workspace: &WorkspaceId, widget: WidgetId) -> Result<u64, StoreError>;
}

/// Why a widget was not bound.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// The workspace has no such widget, and none such is pre-built.
    #[error("no such widget")]
    WidgetNotFound,
    /// The peer has the widget.
    #[error("the peer has the widget already")]
    AlreadyBound,
    /// The idempotency key was used for another request.
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
    /// The binding is not what it was; read it again.
    #[error("the binding was changed meanwhile")]
    Changed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
