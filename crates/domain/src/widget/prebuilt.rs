//! Pre-built widgets, which come with the service.

use schema::{Schema, json::JsonDocument};

use super::{Category, Description, Tags, WidgetKey, WidgetName};
use crate::{component::ComponentSource, id::WidgetId, names::WorkspaceId};

/// A pre-built widget. Every workspace can read and bind it; no caller can change it.
#[derive(Debug, Clone)]
pub struct PrebuiltWidget {
    /// The id of the widget: never changes, and is the same in every installation.
    pub id: WidgetId,
    /// The key that requests name it by.
    pub key: WidgetKey,
    /// Shown to people.
    pub name: WidgetName,
    /// Shown to people and agents.
    pub description: Description,
    /// One of the reference's six.
    pub category: Category,
    /// Tags for browsing.
    pub tags: Tags,
    /// The schema of the widget's data.
    pub schema: Schema,
    /// The source of the component.
    pub component: ComponentSource,
    /// Example data for previews.
    pub example: JsonDocument,
}

/// The workspace that holds the versions of pre-built widgets. No caller can have it, since names of callers contain no `@`.
pub fn prebuilt_workspace() -> WorkspaceId {
    WorkspaceId::reserved("@prebuilt")
}
