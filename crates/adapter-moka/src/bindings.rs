use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    binding::{NamedPeerWidget, PeerWidget},
    id::{PeerWidgetId, WidgetId},
    idempotency::Attempt,
    names::{PeerId, WorkspaceId},
};
use ports::{
    BindError, BindingStore, Change, ChangeListener as _, Creation, ReplaceBindingError, ReplayError, StoreError,
};

use crate::{cache::Cache, generations::Scope, validity::Validity};

/// Enough for about 2,000 bindings with small props.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// Caches what a message to a peer needs: the binding of peer and widget, or its absence.
pub(crate) struct CachedBindings {
    inner: Arc<dyn BindingStore>,
    by_widget: Cache<(WorkspaceId, PeerId, WidgetId), Option<PeerWidget>>,
    validity: Arc<Validity>,
}

impl CachedBindings {
    pub(crate) fn new(inner: Arc<dyn BindingStore>, validity: Arc<Validity>) -> Self {
        Self { inner, by_widget: Cache::new(MAX_BYTES, Arc::clone(&validity)), validity }
    }

    /// Must be called after each write, failed ones included: a change whose answer is "unavailable" may have been committed.
    fn invalidate(&self, workspace: &WorkspaceId, peer: &PeerId) {
        self.validity.changed(&Change::Bindings(workspace.clone(), peer.clone()));
    }
}

#[async_trait]
impl BindingStore for CachedBindings {
    async fn add<'a>(
        &self,
        workspace: &WorkspaceId,
        binding: &PeerWidget,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<PeerWidget>, BindError> {
        let added = self.inner.add(workspace, binding, attempt).await;
        self.invalidate(workspace, &binding.peer);
        added
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<PeerWidget>, ReplayError> {
        self.inner.replay(workspace, attempt).await
    }

    async fn list(&self, workspace: &WorkspaceId, peer: &PeerId) -> Result<Vec<NamedPeerWidget>, StoreError> {
        self.inner.list(workspace, peer).await
    }

    async fn find(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        id: PeerWidgetId,
    ) -> Result<Option<NamedPeerWidget>, StoreError> {
        self.inner.find(workspace, peer, id).await
    }

    async fn find_by_widget(
        &self,
        workspace: &WorkspaceId,
        peer: &PeerId,
        widget: WidgetId,
    ) -> Result<Option<PeerWidget>, StoreError> {
        let key = (workspace.clone(), peer.clone(), widget);
        let scopes = [Scope::BindingsOfPeer(workspace, peer); 2];
        self.by_widget.get(key, scopes, || self.inner.find_by_widget(workspace, peer, widget), |_| true).await
    }

    async fn replace(
        &self,
        workspace: &WorkspaceId,
        current: &PeerWidget,
        next: &PeerWidget,
    ) -> Result<(), ReplaceBindingError> {
        let replaced = self.inner.replace(workspace, current, next).await;
        self.invalidate(workspace, &current.peer);
        replaced
    }

    async fn remove(&self, workspace: &WorkspaceId, peer: &PeerId, id: PeerWidgetId) -> Result<bool, StoreError> {
        let removed = self.inner.remove(workspace, peer, id).await;
        self.invalidate(workspace, peer);
        removed
    }

    async fn usage_count(&self, workspace: &WorkspaceId, widget: WidgetId) -> Result<u64, StoreError> {
        self.inner.usage_count(workspace, widget).await
    }
}
