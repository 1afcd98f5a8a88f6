//! Lookup of widgets, a workspace's own and pre-built ones.

use std::sync::Arc;

use domain::{
    id::WidgetId,
    names::WorkspaceId,
    widget::{Version, WidgetContract, WidgetKey, WidgetWithUsage, prebuilt_workspace},
};
use ports::WidgetStore;
use schema::Schema;

use crate::{AppError, PrebuiltCatalog, PublishedWidget};

/// Finds a widget of the caller's workspace or a pre-built one. No other code decides which takes precedence.
///
/// By key, a workspace's own widget takes precedence. Ids are unique, so the order does not matter there: the in-memory catalog
/// of pre-built widgets is searched first.
#[derive(Clone)]
pub struct WidgetResolver {
    /// The workspaces' own widgets.
    pub widgets: Arc<dyn WidgetStore>,
    /// The pre-built widgets.
    pub prebuilt: Arc<PrebuiltCatalog>,
}

/// A widget found by its id.
pub(crate) enum Resolved {
    Own(Box<WidgetWithUsage>),
    Prebuilt(Arc<PublishedWidget>),
}

impl WidgetResolver {
    /// Finds the contract of the widget with this key.
    pub(crate) async fn by_key(&self, workspace: &WorkspaceId, key: &WidgetKey) -> Result<WidgetContract, AppError> {
        if let Some(own) = self.widgets.contract(workspace, key).await? {
            return Ok(own);
        }
        self.prebuilt.by_key(key).map(|published| published.contract()).ok_or(AppError::WidgetNotFound)
    }

    /// Finds the widget with this id.
    pub(crate) async fn by_id(&self, workspace: &WorkspaceId, id: WidgetId) -> Result<Resolved, AppError> {
        if let Some(published) = self.prebuilt.by_id(id) {
            return Ok(Resolved::Prebuilt(Arc::clone(published)));
        }
        let own = self.widgets.find(workspace, id).await?.ok_or(AppError::WidgetNotFound)?;
        Ok(Resolved::Own(Box::new(own)))
    }

    /// The workspace that stores the versions of the widget with this id.
    pub(crate) fn version_workspace(&self, workspace: &WorkspaceId, id: WidgetId) -> WorkspaceId {
        match self.prebuilt.by_id(id) {
            Some(_) => prebuilt_workspace(),
            None => workspace.clone(),
        }
    }

    /// Fails if the id is that of a pre-built widget, which is read-only.
    pub(crate) fn refuse_prebuilt(&self, id: WidgetId) -> Result<(), AppError> {
        match self.prebuilt.by_id(id) {
            Some(_) => Err(AppError::PrebuiltReadOnly),
            None => Ok(()),
        }
    }
}

impl Resolved {
    pub(crate) fn key(&self) -> &WidgetKey {
        match self {
            Self::Own(own) => &own.widget.key,
            Self::Prebuilt(published) => &published.widget.key,
        }
    }

    /// The current version.
    pub(crate) fn version(&self) -> Version {
        match self {
            Self::Own(own) => own.widget.version,
            Self::Prebuilt(published) => published.version,
        }
    }

    pub(crate) fn schema(&self) -> &Schema {
        match self {
            Self::Own(own) => &own.widget.schema,
            Self::Prebuilt(published) => &published.widget.schema,
        }
    }
}
