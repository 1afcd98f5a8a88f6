//! Use cases of versions of widgets.

use std::sync::Arc;

use domain::{
    access::{Manager, Principal},
    id::WidgetId,
    idempotency::Attempt,
    module::StoredModule,
    revision::Precondition,
    widget::{Page, Version, VersionPage, WidgetVersion, WidgetWithUsage},
};
use ports::{BindingStore, Clock, Creation, RestoreError, ReviewSettings, VersionStore};

use crate::{AppError, Modules, Reviewer, WidgetResolver};

/// Lists, shows and restores the versions of widgets.
pub struct Versions {
    /// Stores versions.
    pub store: Arc<dyn VersionStore>,
    /// Finds widgets.
    pub widgets: WidgetResolver,
    /// Stores the bindings of widgets to peers.
    pub bindings: Arc<dyn BindingStore>,
    /// Checks restored versions against the current rules.
    pub reviewer: Arc<Reviewer>,
    /// Finds or compiles modules.
    pub modules: Arc<Modules>,
    /// The service's clock.
    pub clock: Arc<dyn Clock>,
}

/// A version with its module.
#[derive(Debug)]
pub struct FoundVersion {
    /// The version.
    pub version: WidgetVersion,
    /// The module that browsers load.
    pub module: StoredModule,
    /// Whether it is the current version, which new messages pin.
    pub is_current: bool,
}

impl Versions {
    /// Lists a page of the versions of a widget of the workspace or a pre-built one, newest first.
    pub async fn list(&self, by: &Principal, id: WidgetId, page: Page) -> Result<VersionPage, AppError> {
        let workspace = self.widgets.version_workspace(&by.workspace, id);
        let listed = self.store.list_versions(&workspace, id, page).await?.ok_or(AppError::WidgetNotFound)?;
        let current = self.widgets.prebuilt.by_id(id).map_or(listed.current, |published| published.version);
        Ok(VersionPage { current, ..listed })
    }

    /// Finds one version of a widget of the workspace or a pre-built one.
    pub async fn find(&self, by: &Principal, id: WidgetId, version: Version) -> Result<FoundVersion, AppError> {
        let current = self.widgets.by_id(&by.workspace, id).await?.version();
        let workspace = self.widgets.version_workspace(&by.workspace, id);
        let found = self.store.find_version(&workspace, id, version).await?;
        let version = found.ok_or(AppError::VersionNotFound)?;
        let module = self.modules.find_or_compile(&workspace, &version, by.key).await?;
        Ok(FoundVersion { is_current: version.version == current, version, module })
    }

    /// Restores the content of a version with its module as a new, current version, once for each idempotency key.
    ///
    /// It fails if the current rules refuse the schema. The component is not reviewed again: it renders as it did. Restoring the
    /// current version, or one with the same content, changes nothing.
    pub async fn restore(
        &self,
        by: &Manager,
        id: WidgetId,
        version: Version,
        precondition: &Precondition,
        attempt: Option<&Attempt>,
    ) -> Result<Creation<WidgetWithUsage>, AppError> {
        self.widgets.refuse_prebuilt(id)?;
        let restored = match self.replay(by, attempt).await? {
            Some(replayed) => replayed,
            None => {
                let current =
                    self.widgets.widgets.find(&by.workspace, id).await?.ok_or(AppError::WidgetNotFound)?.widget;
                // `current` may come from a cache and be a second old. The store checks the precondition again.
                if !precondition.may_be_met_after(current.revision) {
                    return Err(AppError::Stale);
                }
                let content = self.store.find_version(&by.workspace, id, version).await?;
                let content = content.ok_or(AppError::VersionNotFound)?;
                let schema = content.schema.text().clone();
                self.reviewer.changed_parts(Some(schema), None, &ReviewSettings::default(), by).await?;
                self.modules.find_or_compile(&by.workspace, &content, by.key).await?;
                let now = self.clock.now();
                self.widgets.widgets.restore(&by.workspace, id, version, precondition, attempt, now).await?
            }
        };
        let usage_count = self.bindings.usage_count(&by.workspace, id).await?;
        Ok(match restored {
            Creation::Created(widget) => Creation::Created(WidgetWithUsage { widget, usage_count }),
            Creation::Replayed(widget) => Creation::Replayed(WidgetWithUsage { widget, usage_count }),
        })
    }

    /// The result of an earlier, equal attempt, if there was one.
    async fn replay(
        &self,
        by: &Manager,
        attempt: Option<&Attempt>,
    ) -> Result<Option<Creation<domain::widget::Widget>>, AppError> {
        let Some(attempt) = attempt else { return Ok(None) };
        Ok(self.widgets.widgets.replay(&by.workspace, attempt).await?.map(Creation::Replayed))
    }
}

impl From<RestoreError> for AppError {
    fn from(error: RestoreError) -> Self {
        match error {
            RestoreError::NotFound => Self::WidgetNotFound,
            RestoreError::VersionNotFound => Self::VersionNotFound,
            RestoreError::Stale => Self::Stale,
            RestoreError::AttemptMismatch => Self::IdempotencyMismatch,
            RestoreError::Store(error) => error.into(),
        }
    }
}
