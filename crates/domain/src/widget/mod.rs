//! Widgets: a component, the schema of its data, and how they are found.

mod fields;
mod prebuilt;
mod query;
mod version;

pub use fields::{Category, Description, Tag, Tags, WidgetKey, WidgetName};
pub use prebuilt::{PrebuiltWidget, prebuilt_workspace};
pub use query::{Page, SearchTerm, TagSet, WidgetFilter, WidgetPage};
pub use version::{Version, VersionPage, VersionSummary, WidgetVersion};

use schema::Schema;

use crate::{
    component::ComponentSource, id::WidgetId, module::CompiledModule, names::UserId, revision::Revision,
    time::Timestamp,
};

/// What a caller says of a new widget.
#[derive(Debug, Clone)]
pub struct WidgetDraft {
    /// Unique in the workspace, for ever the same.
    pub key: WidgetKey,
    /// Shown to people.
    pub name: WidgetName,
    /// Shown to people and agents.
    pub description: Description,
    /// One of the reference's six.
    pub category: Category,
    /// For filtering.
    pub tags: Tags,
    /// What data must look like.
    pub schema: Schema,
    /// The JSX source.
    pub component: ComponentSource,
}

/// What an edit changes: only what is named.
#[derive(Debug, Clone, Default)]
pub struct WidgetChange {
    /// New name.
    pub name: Option<WidgetName>,
    /// New description.
    pub description: Option<Description>,
    /// New category.
    pub category: Option<Category>,
    /// All tags anew.
    pub tags: Option<Tags>,
    /// New schema; one that differs from the current makes a new version.
    pub schema: Option<Schema>,
    /// New source; one that differs from the current makes a new version.
    pub component: Option<ComponentSource>,
    /// The module of the new source. Without it, one is made when it is first asked for.
    pub module: Option<CompiledModule>,
}

/// A widget at its current version.
#[derive(Debug, Clone, PartialEq)]
pub struct Widget {
    /// Made by the service.
    pub id: WidgetId,
    /// Unique in the workspace.
    pub key: WidgetKey,
    /// Shown to people.
    pub name: WidgetName,
    /// Shown to people and agents.
    pub description: Description,
    /// One of the reference's six.
    pub category: Category,
    /// As they were sent.
    pub tags: Tags,
    /// The version of `schema` and `component`.
    pub version: Version,
    /// Counts every edit.
    pub revision: Revision,
    /// What data must look like.
    pub schema: Schema,
    /// The JSX source.
    pub component: ComponentSource,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it was last edited.
    pub updated_at: Timestamp,
    /// The user of the key that created it.
    pub created_by: UserId,
}

impl Widget {
    /// A new widget at its first version.
    pub fn create(draft: WidgetDraft, id: WidgetId, created_by: UserId, now: Timestamp) -> Self {
        Self {
            id,
            key: draft.key,
            name: draft.name,
            description: draft.description,
            category: draft.category,
            tags: draft.tags,
            version: Version::FIRST,
            revision: Revision::FIRST,
            schema: draft.schema,
            component: draft.component,
            created_at: now,
            updated_at: now,
            created_by,
        }
    }

    /// The widget after an edit. Whether a version was added shows in [`Widget::version`].
    #[must_use]
    pub fn edited(mut self, change: WidgetChange, now: Timestamp) -> Self {
        let renews = change.schema.as_ref().is_some_and(|s| s.text() != self.schema.text())
            || change.component.as_ref().is_some_and(|c| c != &self.component);
        if renews {
            self.version.0 += 1;
        }
        self.revision.0 += 1;
        self.updated_at = now.max(self.updated_at);
        self.name = change.name.unwrap_or(self.name);
        self.description = change.description.unwrap_or(self.description);
        self.category = change.category.unwrap_or(self.category);
        self.tags = change.tags.unwrap_or(self.tags);
        self.schema = change.schema.unwrap_or(self.schema);
        self.component = change.component.unwrap_or(self.component);
        self
    }
}

impl Widget {
    /// The widget with the content of one of its versions, as a new version; the widget as it is if that is its content.
    #[must_use]
    pub fn restored(self, version: WidgetVersion, now: Timestamp) -> Self {
        if self.schema.text() == version.schema.text() && self.component == version.component {
            return self;
        }
        let change = WidgetChange {
            schema: Some(version.schema),
            component: Some(version.component),
            ..WidgetChange::default()
        };
        self.edited(change, now)
    }
}

/// A widget and how many peers of the workspace have it.
#[derive(Debug, Clone, PartialEq)]
pub struct WidgetWithUsage {
    /// The widget.
    pub widget: Widget,
    /// Peers that have it, enabled or not.
    pub usage_count: u64,
}

/// What lists show of a widget: no schema and no component.
#[derive(Debug, Clone, PartialEq)]
pub struct WidgetSummary {
    /// Made by the service.
    pub id: WidgetId,
    /// Unique in the workspace.
    pub key: WidgetKey,
    /// Shown to people.
    pub name: WidgetName,
    /// Shown to people and agents.
    pub description: Description,
    /// One of the reference's six.
    pub category: Category,
    /// As they were sent.
    pub tags: Tags,
    /// The current version.
    pub version: Version,
    /// When it was created.
    pub created_at: Timestamp,
}

/// What a message needs of a widget: which version it is pinned to, and that version's schema.
#[derive(Debug, Clone, PartialEq)]
pub struct WidgetContract {
    /// The widget.
    pub id: WidgetId,
    /// Its key.
    pub key: WidgetKey,
    /// Its current version.
    pub version: Version,
    /// That version's schema.
    pub schema: Schema,
}
