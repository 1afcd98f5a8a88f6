use std::sync::Arc;

use domain::{
    id::ApiKeyId,
    module::{CompiledModule, ModuleDigest},
    names::WorkspaceId,
    widget::{WidgetKey, WidgetVersion, prebuilt_workspace},
};
use ports::{ComponentReviewer, VersionStore};

use crate::{AppError, PrebuiltCatalog};

/// What browsers load: the modules of versions, and those of versions that have none yet.
pub struct Modules {
    /// Where they are kept.
    pub store: Arc<dyn VersionStore>,
    /// Compiles those that are missing.
    pub components: Arc<dyn ComponentReviewer>,
}

impl Modules {
    /// The module with this digest. Needs no permission: a digest is 256 bits that only those know who may see the widget, and
    /// those whom they tell.
    pub async fn code(&self, digest: ModuleDigest) -> Result<Arc<str>, AppError> {
        self.store.module(digest).await?.ok_or(AppError::ModuleNotFound)
    }

    /// The source map with this digest.
    pub async fn source_map(&self, digest: ModuleDigest) -> Result<Arc<str>, AppError> {
        self.store.source_map(digest).await?.ok_or(AppError::ModuleNotFound)
    }

    /// The module of a version of this workspace. One from before modules were kept is compiled now, on behalf of the caller,
    /// and has its module from then on.
    pub(crate) async fn of(
        &self,
        workspace: &WorkspaceId,
        version: &WidgetVersion,
        caller: ApiKeyId,
    ) -> Result<ModuleDigest, AppError> {
        if let Some(digest) = version.module {
            return Ok(digest);
        }
        let module = self.compile(version, caller).await?;
        Ok(self.store.keep_module(workspace, version.widget, version.version, &module).await?)
    }

    async fn compile(&self, version: &WidgetVersion, caller: ApiKeyId) -> Result<CompiledModule, AppError> {
        let review = self.components.compile_stored(&version.component, caller).await?;
        let refusal = |component_errors| AppError::WidgetRejected { schema_errors: Vec::new(), component_errors };
        review.verdict.map_err(refusal)
    }

    /// Gives the versions of the pre-built widgets their modules, where they have none: at most starts there is nothing to do.
    ///
    /// Answers with the failures. What fails here is made when it is asked for.
    pub async fn prepare(&self, prebuilt: &PrebuiltCatalog, caller: ApiKeyId) -> Vec<(WidgetKey, AppError)> {
        let (workspace, mut failures) = (prebuilt_workspace(), Vec::new());
        for published in prebuilt.all() {
            let made = match self.store.find_version(&workspace, published.widget.id, published.version).await {
                Ok(Some(version)) => self.of(&workspace, &version, caller).await.map(drop),
                Ok(None) => Ok(()),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = made {
                failures.push((published.widget.key.clone(), error));
            }
        }
        failures
    }
}
