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

use crate::{cache::Cache, generations::Scope, validity::Validity};

/// Enough for about 1,500 schemas of half a kilobyte.
const MAX_CONTRACT_BYTES: u64 = 2 * 1024 * 1024;
/// Enough for about 900 widgets of 2.5 KB.
const MAX_WIDGET_BYTES: u64 = 3 * 1024 * 1024;

/// Caches widgets by id, and contracts (what a message needs of a widget) by key.
///
/// The absence of a contract is cached, as every message with a pre-built widget looks for one. The absence of an id is not,
/// so a new id can be used immediately in all processes.
pub(crate) struct CachedWidgets {
    inner: Arc<dyn WidgetStore>,
    contracts: Cache<(WorkspaceId, WidgetKey), Option<WidgetContract>>,
    widgets: Cache<(WorkspaceId, WidgetId), Option<WidgetWithUsage>>,
    validity: Arc<Validity>,
}

impl CachedWidgets {
    pub(crate) fn new(inner: Arc<dyn WidgetStore>, validity: Arc<Validity>) -> Self {
        let contracts = Cache::new(MAX_CONTRACT_BYTES, Arc::clone(&validity));
        let widgets = Cache::new(MAX_WIDGET_BYTES, Arc::clone(&validity));
        Self { inner, contracts, widgets, validity }
    }

    /// Must be called after each write, failed ones included: a change whose answer is "unavailable" may have been committed.
    fn invalidate(&self, workspace: &WorkspaceId) {
        self.validity.changed(&Change::Widgets(workspace.clone()));
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
        self.invalidate(workspace);
        created
    }

    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Widget>, ReplayError> {
        self.inner.replay(workspace, attempt).await
    }

    async fn find(&self, workspace: &WorkspaceId, id: WidgetId) -> Result<Option<WidgetWithUsage>, StoreError> {
        // `usage_count` depends on bindings.
        let scopes = [Scope::Widgets(workspace), Scope::Bindings(workspace)];
        self.widgets.get((workspace.clone(), id), scopes, || self.inner.find(workspace, id), Option::is_some).await
    }

    async fn contract(&self, workspace: &WorkspaceId, key: &WidgetKey) -> Result<Option<WidgetContract>, StoreError> {
        let scopes = [Scope::Widgets(workspace); 2];
        let cache_key = (workspace.clone(), key.clone());
        self.contracts.get(cache_key, scopes, || self.inner.contract(workspace, key), |_| true).await
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
        self.invalidate(workspace);
        updated
    }

    async fn restore<'a>(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        version: Version,
        precondition: &Precondition,
        attempt: Option<&'a Attempt>,
        now: Timestamp,
    ) -> Result<Creation<Widget>, RestoreError> {
        let restored = self.inner.restore(workspace, id, version, precondition, attempt, now).await;
        self.invalidate(workspace);
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
        self.invalidate(workspace);
        deleted
    }
}
