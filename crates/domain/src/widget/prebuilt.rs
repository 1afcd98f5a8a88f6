//! Widgets that come with the service.

use schema::{Schema, json::JsonDocument};

use super::{Category, Description, Tags, WidgetKey, WidgetName};
use crate::{component::ComponentSource, id::WidgetId, names::WorkspaceId};

/// A widget of the system: readable and bindable by everyone, edited by nobody.
#[derive(Debug, Clone)]
pub struct PrebuiltWidget {
    /// Fixed for ever, the same in every installation.
    pub id: WidgetId,
    /// What it is asked for by.
    pub key: WidgetKey,
    /// Shown to people.
    pub name: WidgetName,
    /// Shown to people and agents.
    pub description: Description,
    /// One of the reference's six.
    pub category: Category,
    /// For people who browse.
    pub tags: Tags,
    /// What data must look like.
    pub schema: Schema,
    /// The JSX source.
    pub component: ComponentSource,
    /// Data that shows the widget at its best.
    pub example: JsonDocument,
}

/// The workspace that holds the versions of pre-built widgets. Its name can be no caller's: callers' names hold no `@`.
pub fn prebuilt_workspace() -> WorkspaceId {
    WorkspaceId::reserved("@prebuilt")
}
