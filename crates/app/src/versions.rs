use std::sync::Arc;

use domain::{
    access::{Manager, Principal},
    id::WidgetId,
    idempotency::Attempt,
    module::ModuleDigest,
    revision::Precondition,
    widget::{Page, Version, VersionPage, WidgetVersion, WidgetWithUsage},
};
use ports::{BindingStore, Clock, Creation, RestoreError, VersionStore};

use crate::{AppError, Modules, Reviewer, WidgetResolver};

/// Lists, shows and restores the versions of widgets.
pub struct Versions {
    /// Where they are kept.
    pub store: Arc<dyn VersionStore>,
    /// Finds widgets.
    pub widgets: WidgetResolver,
    /// Which peers have them.
    pub bindings: Arc<dyn BindingStore>,
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
        let home = self.widgets.home(&by.workspace, id);
        let listed = self.store.list_versions(&home, id, page).await?.ok_or(AppError::WidgetNotFound)?;
        let current = self.widgets.prebuilt.by_id(id).map_or(listed.current, |published| published.version);
        Ok(VersionPage { current, ..listed })
    }

    /// One version of one's own widget or a pre-built one.
    pub async fn find(&self, by: &Principal, id: WidgetId, version: Version) -> Result<FoundVersion, AppError> {
        let current = self.widgets.by_id(&by.workspace, id).await?.version();
        let workspace = self.widgets.home(&by.workspace, id);
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
        self.widgets.refuse_prebuilt(id)?;
        let restored = match self.replayed(by, attempt).await? {
            Some(replayed) => replayed,
            None => {
                let current =
                    self.widgets.widgets.find(&by.workspace, id).await?.ok_or(AppError::WidgetNotFound)?.widget;
                // What was found may be a second old; the store looks again.
                if !precondition.may_be_met_after(current.revision) {
                    return Err(AppError::Stale);
                }
                let content = self.store.find_version(&by.workspace, id, version).await?;
                let content = content.ok_or(AppError::VersionNotFound)?;
                let schema = content.schema.text().clone();
                let (_, component) = self.reviewer.saved(schema, content.component.as_str(), by).await?;
                let now = self.clock.now();
                self.widgets
                    .widgets
                    .restore(&by.workspace, id, version, &component.module, precondition, attempt, now)
                    .await?
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
