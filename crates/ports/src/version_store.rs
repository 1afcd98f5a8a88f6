use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    id::WidgetId,
    module::{CompiledModule, ModuleDigest},
    names::WorkspaceId,
    widget::{Page, Version, VersionPage, WidgetVersion},
};

use crate::StoreError;

/// Keeps what messages are rendered with: the versions of widgets, and the modules that browsers load.
///
/// [`WidgetStore`](crate::WidgetStore) and [`PrebuiltStore`](crate::PrebuiltStore) make versions. A version is never changed
/// and never deleted, also when its widget is. A workspace never sees another's versions; the pre-built widgets' are those of
/// [`prebuilt_workspace`](domain::widget::prebuilt_workspace).
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait VersionStore: Send + Sync {
    /// A page of the versions of a widget that is not deleted, newest first.
    async fn list_versions(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        page: Page,
    ) -> Result<Option<VersionPage>, StoreError>;

    /// One version, also of a deleted widget.
    async fn find_version(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        version: Version,
    ) -> Result<Option<WidgetVersion>, StoreError>;

    /// Keeps the module of a version that has none, and tells which one the version has from then on: of many that keep one
    /// at once, all are told the same. The version must be there.
    async fn keep_module(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        version: Version,
        module: &CompiledModule,
    ) -> Result<ModuleDigest, StoreError>;

    /// The text of the module with this digest, whatever workspace it is of: who knows the digest may have it.
    async fn module(&self, digest: ModuleDigest) -> Result<Option<Arc<str>>, StoreError>;

    /// The text of the source map with this digest.
    async fn source_map(&self, digest: ModuleDigest) -> Result<Option<Arc<str>>, StoreError>;
}
