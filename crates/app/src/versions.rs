use std::sync::Arc;

use domain::{
    access::{Manager, Principal},
    id::WidgetId,
    idempotency::Attempt,
    module::ModuleDigest,
    names::WorkspaceId,
    revision::Precondition,
    widget::{Page, Version, VersionPage, WidgetVersion, WidgetWithUsage, prebuilt_workspace},
};
use ports::{BindingStore, Clock, Creation, RestoreError, VersionStore, WidgetStore};

use crate::{AppError, Modules, PrebuiltCatalog, Reviewer};

/// Lists, shows and restores the versions of widgets.
pub struct Versions {
    /// Where they are kept.
    pub store: Arc<dyn VersionStore>,
    /// Where widgets are kept.
    pub widgets: Arc<dyn WidgetStore>,
    /// Which peers have them.
    pub bindings: Arc<dyn BindingStore>,
    /// The pre-built ones.
    pub prebuilt: Arc<PrebuiltCatalog>,
    /// Holds what is restored to today's rules.
    pub reviewer: Arc<Reviewer>,
    /// What browsers load.
    pub modules: Arc<Modules>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

/// A version as it is read.
#[derive(Debug)]
pub struct FoundVersion {
    /// The version.
    pub version: WidgetVersion,
    /// What a browser loads.
    pub module: ModuleDigest,
    /// Whether messages are sent with it now.
    pub is_current: bool,
}

impl Versions {
    /// A page of the versions of one's own widget or a pre-built one, newest first.
    pub async fn list(&self, by: &Principal, id: WidgetId, page: Page) -> Result<VersionPage, AppError> {
        let listed = self.store.list_versions(&self.home(by, id), id, page).await?.ok_or(AppError::WidgetNotFound)?;
        let current = self.prebuilt.by_id(id).map_or(listed.current, |published| published.version);
        Ok(VersionPage { current, ..listed })
    }

    /// One version of one's own widget or a pre-built one.
    pub async fn find(&self, by: &Principal, id: WidgetId, version: Version) -> Result<FoundVersion, AppError> {
        let current = self.current(by, id).await?;
        let workspace = self.home(by, id);
        let found = self.store.find_version(&workspace, id, version).await?;
        let version = found.ok_or(AppError::VersionNotFound)?;
        let module = self.modules.of(&workspace, &version, by.key).await?;
        Ok(FoundVersion { is_current: version.version == current, version, module })
    }

    /// Makes the content of a version the current one again, as a new version, once for each idempotency key. What today's
    /// rules refuse is refused. A version that is the current one, or has its content, changes nothing.
    pub async fn restore(
        &self,
        by: &Manager,
        id: WidgetId,
        version: Version,
        precondition: &Precondition,
        attempt: Option<&Attempt>,
    ) -> Result<Creation<WidgetWithUsage>, AppError> {
        if self.prebuilt.by_id(id).is_some() {
            return Err(AppError::PrebuiltReadOnly);
        }
        let restored = match self.replayed(by, attempt).await? {
            Some(replayed) => replayed,
            None => {
                let current = self.widgets.find(&by.workspace, id).await?.ok_or(AppError::WidgetNotFound)?.widget;
                // What was found may be a second old; the store looks again.
                if !precondition.may_be_met_after(current.revision) {
                    return Err(AppError::Stale);
                }
                let content = self.store.find_version(&by.workspace, id, version).await?;
                let content = content.ok_or(AppError::VersionNotFound)?;
                let schema = content.schema.text().clone();
                let (_, component) = self.reviewer.saved(schema, content.component.as_str(), by).await?;
                let now = self.clock.now();
                self.widgets.restore(&by.workspace, id, version, &component.module, precondition, attempt, now).await?
            }
        };
        let usage_count = self.bindings.usage_count(&by.workspace, id).await?;
        Ok(match restored {
            Creation::Made(widget) => Creation::Made(WidgetWithUsage { widget, usage_count }),
            Creation::Replayed(widget) => Creation::Replayed(WidgetWithUsage { widget, usage_count }),
        })
    }

    async fn replayed(
        &self,
        by: &Manager,
        attempt: Option<&Attempt>,
    ) -> Result<Option<Creation<domain::widget::Widget>>, AppError> {
        let Some(attempt) = attempt else { return Ok(None) };
        Ok(self.widgets.replay(&by.workspace, attempt).await?.map(Creation::Replayed))
    }

    /// The version that messages are sent with now, of a widget that is there.
    async fn current(&self, by: &Principal, id: WidgetId) -> Result<Version, AppError> {
        if let Some(published) = self.prebuilt.by_id(id) {
            return Ok(published.version);
        }
        let found = self.widgets.find(&by.workspace, id).await?;
        found.map(|found| found.widget.version).ok_or(AppError::WidgetNotFound)
    }

    /// Whose versions a widget's are.
    fn home(&self, by: &Principal, id: WidgetId) -> WorkspaceId {
        match self.prebuilt.by_id(id) {
            Some(_) => prebuilt_workspace(),
            None => by.workspace.clone(),
        }
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
