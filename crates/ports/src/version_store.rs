//! The port that stores versions of widgets and their modules.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    id::WidgetId,
    module::{AssetDigest, AssetKind, CompiledModule, StoredModule},
    names::WorkspaceId,
    resources::Resources,
    widget::{Page, Version, VersionPage, WidgetVersion},
};

use crate::StoreError;

/// Stores what messages are rendered with: the versions of widgets, and what browsers load for them.
///
/// [`WidgetStore`](crate::WidgetStore) and [`PrebuiltStore`](crate::PrebuiltStore) create versions. A version is never changed
/// or deleted, even if its widget is deleted. Every method that takes a workspace sees only the versions of that workspace; the
/// versions of pre-built widgets belong to [`prebuilt_workspace`](domain::widget::prebuilt_workspace).
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait VersionStore: Send + Sync {
    /// Returns a page of the versions of a widget, newest first; `None` if the widget does not exist or was deleted.
    async fn list_versions(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        page: Page,
    ) -> Result<Option<VersionPage>, StoreError>;

    /// Returns one version, even of a deleted widget; `None` if it does not exist.
    async fn find_version(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        version: Version,
    ) -> Result<Option<WidgetVersion>, StoreError>;

    /// Saves the module of a version that has none, with the files of libraries that it needs, and returns the module that the version
    /// has afterwards.
    ///
    /// Concurrent calls for one version all return the same module. The version must exist.
    async fn save_module(
        &self,
        workspace: &WorkspaceId,
        widget: WidgetId,
        version: Version,
        module: &CompiledModule,
    ) -> Result<StoredModule, StoreError>;

    /// Returns the text with this digest, from any workspace: every caller that knows the digest may read it.
    async fn asset(&self, kind: AssetKind, digest: AssetDigest) -> Result<Option<Arc<str>>, StoreError>;

    /// Returns the resources of a version that has this module, from any workspace: every caller that knows the digest of the module
    /// may read them. `None` if the widget has no such version, or the version has another module.
    async fn frame_resources(
        &self,
        widget: WidgetId,
        version: Version,
        module: AssetDigest,
    ) -> Result<Option<Resources>, StoreError>;
}
