//! Use cases of what browsers load to render a version.

use std::sync::Arc;

use domain::{
    id::{ApiKeyId, WidgetId},
    module::{AssetDigest, AssetKind, CompiledModule, StoredModule},
    names::WorkspaceId,
    origin::AllowedOrigins,
    resources::Resources,
    widget::{Version, WidgetKey, WidgetVersion, prebuilt_workspace},
};
use ports::{ComponentReviewer, VersionStore};

use crate::{AppError, PrebuiltCatalog};

/// Serves what browsers load for versions, and compiles missing modules on demand.
pub struct Modules {
    /// Stores modules.
    pub store: Arc<dyn VersionStore>,
    /// Compiles missing modules.
    pub components: Arc<dyn ComponentReviewer>,
    /// The origins that the operator allows to widgets.
    pub origins: AllowedOrigins,
}

impl Modules {
    /// Returns the text with this digest.
    ///
    /// It requires no permission: a digest has 256 bits, and only callers that may read the widget receive it.
    pub async fn asset(&self, kind: AssetKind, digest: AssetDigest) -> Result<Arc<str>, AppError> {
        self.store.asset(kind, digest).await?.ok_or(AppError::ModuleNotFound)
    }

    /// Returns what a version with this module may load from other origins: what it declares and the operator allows.
    ///
    /// It requires no permission, as [`asset`](Self::asset).
    pub async fn frame_resources(
        &self,
        widget: WidgetId,
        version: Version,
        module: AssetDigest,
    ) -> Result<Resources, AppError> {
        let declared = self.store.frame_resources(widget, version, module).await?.ok_or(AppError::ModuleNotFound)?;
        Ok(declared.allowed_by(&self.origins))
    }

    /// Whether the version may load anything from another origin, so that it needs its own frame.
    pub(crate) fn needs_own_frame(&self, version: &WidgetVersion) -> bool {
        !version.resources.allowed_by(&self.origins).is_empty()
    }

    /// Returns the module of a version of this workspace.
    ///
    /// A version that was saved before modules were stored is compiled now, on behalf of the caller, and its module is stored.
    pub(crate) async fn find_or_compile(
        &self,
        workspace: &WorkspaceId,
        version: &WidgetVersion,
        caller: ApiKeyId,
    ) -> Result<StoredModule, AppError> {
        if let Some(module) = &version.module {
            return Ok(module.clone());
        }
        let module = self.compile(version, caller).await?;
        Ok(self.store.save_module(workspace, version.widget, version.version, &module).await?)
    }

    async fn compile(&self, version: &WidgetVersion, caller: ApiKeyId) -> Result<CompiledModule, AppError> {
        let review = self.components.compile_stored(&version.component, version.styles, caller).await?;
        let refusal = |component_errors| AppError::WidgetRejected { schema_errors: Vec::new(), component_errors };
        review.outcome.map_err(refusal)
    }

    /// Compiles the current versions of pre-built widgets that have no module yet: new ones after an upgrade.
    ///
    /// Returns the failures. A module that could not be compiled here is compiled when it is first requested.
    pub async fn prepare(&self, prebuilt: &PrebuiltCatalog, caller: ApiKeyId) -> Vec<(WidgetKey, AppError)> {
        let (workspace, mut failures) = (prebuilt_workspace(), Vec::new());
        for published in prebuilt.all() {
            let prepared = match self.store.find_version(&workspace, published.widget.id, published.version).await {
                Ok(Some(version)) => self.find_or_compile(&workspace, &version, caller).await.map(drop),
                Ok(None) => Ok(()),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = prepared {
                failures.push((published.widget.key.clone(), error));
            }
        }
        failures
    }
}
