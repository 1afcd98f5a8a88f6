use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    id::WidgetId,
    idempotency::Attempt,
    module::CompiledModule,
    names::WorkspaceId,
    revision::Precondition,
    time::Timestamp,
    widget::{
        Page, Version, Widget, WidgetChange, WidgetContract, WidgetFilter, WidgetKey, WidgetPage, WidgetWithUsage,
    },
};
use ports::{
    Change, ChangeListener as _, CreateWidgetError, Creation, DeleteWidgetError, ReplayError, RestoreError, StoreError,
    UpdateWidgetError, WidgetStore,
};

use crate::{freshness::Freshness, memory::Memory, stamps::Scope};

/// Some 1,500 schemas of half a kilobyte.
const CONTRACT_BYTES: u64 = 2 * 1024 * 1024;
/// Some 900 widgets of 2.5 KB.
const WIDGET_BYTES: u64 = 3 * 1024 * 1024;

/// Keeps widgets by id, and what a message needs of them by key: the widget, or that no own one has the key, which is so of
/// every message with a pre-built one. That an id is nobody's is not kept: whoever learns a new id may use it at once
/// everywhere.
pub(crate) struct CachedWidgets {
    inner: Arc<dyn WidgetStore>,
    contracts: Memory<(WorkspaceId, WidgetKey), Option<WidgetContract>>,
    widgets: Memory<(WorkspaceId, WidgetId), Option<WidgetWithUsage>>,
    freshness: Arc<Freshness>,
}

impl CachedWidgets {
    pub(crate) fn new(inner: Arc<dyn WidgetStore>, freshness: Arc<Freshness>) -> Self {
        let contracts = Memory::new(CONTRACT_BYTES, Arc::clone(&freshness));
        let widgets = Memory::new(WIDGET_BYTES, Arc::clone(&freshness));
        Self { inner, contracts, widgets, freshness }
    }

    /// To be called when the store has answered, whatever: an answer that says "unavailable" may have been committed.
    fn changed(&self, workspace: &WorkspaceId) {
        self.freshness.changed(&Change::Widgets(workspace.clone()));
    }
}

#[async_trait]
impl WidgetStore for CachedWidgets {
    async fn create<'a>(
        &self,
        workspace: &WorkspaceId,
        widget: &Widget,
        module: &CompiledModule,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Widget>, CreateWidgetError> {
        let created = self.inner.create(workspace, widget, module, attempt).await;
        self.changed(workspace);
        created
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Widget>, ReplayError> {
        self.inner.replay(workspace, attempt).await
    }

    async fn find(&self, workspace: &WorkspaceId, id: WidgetId) -> Result<Option<WidgetWithUsage>, StoreError> {
        // Its usage is a count of bindings.
        let scopes = [Scope::Widgets(workspace), Scope::Bindings(workspace)];
        self.widgets.get((workspace.clone(), id), scopes, || self.inner.find(workspace, id), Option::is_some).await
    }

    async fn contract(&self, workspace: &WorkspaceId, key: &WidgetKey) -> Result<Option<WidgetContract>, StoreError> {
        let scopes = [Scope::Widgets(workspace); 2];
        let copy = (workspace.clone(), key.clone());
        self.contracts.get(copy, scopes, || self.inner.contract(workspace, key), |_| true).await
    }

    async fn list(&self, workspace: &WorkspaceId, filter: &WidgetFilter, page: Page) -> Result<WidgetPage, StoreError> {
        self.inner.list(workspace, filter, page).await
    }

    async fn update(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        change: WidgetChange,
        precondition: &Precondition,
        now: Timestamp,
    ) -> Result<WidgetWithUsage, UpdateWidgetError> {
        let updated = self.inner.update(workspace, id, change, precondition, now).await;
        self.changed(workspace);
        updated
    }

    async fn restore<'a>(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        version: Version,
        module: &CompiledModule,
        precondition: &Precondition,
        attempt: Option<&'a Attempt>,
        now: Timestamp,
    ) -> Result<Creation<Widget>, RestoreError> {
        let restored = self.inner.restore(workspace, id, version, module, precondition, attempt, now).await;
        self.changed(workspace);
        restored
    }

    async fn delete(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        precondition: &Precondition,
        now: Timestamp,
    ) -> Result<(), DeleteWidgetError> {
        let deleted = self.inner.delete(workspace, id, precondition, now).await;
        self.changed(workspace);
        deleted
    }
}
