//! Widgets: a component, the schema of its data, and descriptive fields to find it by.

mod fields;
mod fold;
mod prebuilt;
mod query;
mod version;

pub use fields::{Category, Description, Tag, Tags, WidgetKey, WidgetName};
pub use prebuilt::{PrebuiltWidget, prebuilt_workspace};
pub use query::{Page, SearchTerm, TagSet, WidgetFilter, WidgetPage, search_text};
pub use version::{Version, VersionPage, VersionSummary, WidgetVersion};

use schema::Schema;

use crate::{
    component::{ComponentSource, Language},
    id::WidgetId,
    module::{CompiledModule, Component},
    names::UserId,
    resources::Resources,
    revision::Revision,
    styles::Styles,
    time::Timestamp,
};

/// A caller's request for a new widget.
#[derive(Debug, Clone)]
pub struct WidgetDraft {
    /// Unique in the workspace; never changes.
    pub key: WidgetKey,
    /// Shown to people.
    pub name: WidgetName,
    /// Shown to people and agents.
    pub description: Description,
    /// One of the reference's six.
    pub category: Category,
    /// Tags to filter by.
    pub tags: Tags,
    /// The schema of the widget's data.
    pub schema: Schema,
    /// The source of the component.
    pub component: ComponentSource,
    /// The language of the component.
    pub language: Language,
    /// What it loads from other origins.
    pub resources: Resources,
    /// Whether it is styled with Tailwind CSS.
    pub styles: Styles,
}

/// An edit of a widget. Absent fields stay unchanged.
#[derive(Debug, Clone, Default)]
pub struct WidgetChange {
    /// New name.
    pub name: Option<WidgetName>,
    /// New description.
    pub description: Option<Description>,
    /// New category.
    pub category: Option<Category>,
    /// New tags; they replace all current ones.
    pub tags: Option<Tags>,
    /// New schema; one that differs from the current schema creates a new version.
    pub schema: Option<Schema>,
    /// New source; one that differs from the current source creates a new version.
    pub component: Option<ComponentSource>,
    /// New resources; they replace all current ones, and others than the current ones create a new version.
    pub resources: Option<Resources>,
    /// New setting; another than the current one creates a new version.
    pub styles: Option<Styles>,
    /// The component as it is after the change, compiled. If it is absent, or another edit changed the component meanwhile, the source
    /// is compiled when its module is first requested.
    pub compiled: Option<Component>,
}

/// Where a new version gets its module from.
#[derive(Debug)]
pub enum NewModule<'a> {
    /// From the version before it, if that has one.
    Copied,
    /// From the change.
    Compiled(&'a CompiledModule),
    /// It is compiled when it is first requested.
    Later,
}

/// A widget at its current version.
#[derive(Debug, Clone, PartialEq)]
pub struct Widget {
    /// The id of the widget, assigned by the service.
    pub id: WidgetId,
    /// Unique in the workspace.
    pub key: WidgetKey,
    /// Shown to people.
    pub name: WidgetName,
    /// Shown to people and agents.
    pub description: Description,
    /// One of the reference's six.
    pub category: Category,
    /// The tags, in the order in which they were sent.
    pub tags: Tags,
    /// The version of `schema`, `component`, `resources` and `styles`.
    pub version: Version,
    /// Counts every edit.
    pub revision: Revision,
    /// The schema of the widget's data.
    pub schema: Schema,
    /// The source of the component.
    pub component: ComponentSource,
    /// The language of the component.
    pub language: Language,
    /// What it loads from other origins.
    pub resources: Resources,
    /// Whether it is styled with Tailwind CSS.
    pub styles: Styles,
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
            language: draft.language,
            resources: draft.resources,
            styles: draft.styles,
            created_at: now,
            updated_at: now,
            created_by,
        }
    }

    /// The widget after an edit. If schema, component, resources or styles changed, [`Widget::version`] is one higher.
    #[must_use]
    pub fn edited(mut self, change: WidgetChange, now: Timestamp) -> Self {
        let changes_content = change.schema.as_ref().is_some_and(|s| s != &self.schema)
            || change.component.as_ref().is_some_and(|c| c != &self.component)
            || change.resources.as_ref().is_some_and(|r| r != &self.resources)
            || change.styles.is_some_and(|s| s != self.styles);
        if changes_content {
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
        self.resources = change.resources.unwrap_or(self.resources);
        self.styles = change.styles.unwrap_or(self.styles);
        if let Some(compiled) = change.compiled.filter(|it| it.source == self.component) {
            self.language = compiled.language;
        }
        self
    }

    /// Where the version of this widget gets its module from, if it was `before` and an edit with `compiled` made a new version.
    pub fn new_module<'a>(&self, before: &Self, compiled: Option<&'a Component>) -> NewModule<'a> {
        match compiled {
            _ if self.component == before.component && self.styles == before.styles => NewModule::Copied,
            Some(it) if it.source == self.component && it.styles == self.styles => NewModule::Compiled(&it.module),
            _ => NewModule::Later,
        }
    }

    /// The widget with the content of one of its versions as a new version. Unchanged if it has that content already.
    #[must_use]
    pub fn restored(self, version: WidgetVersion, now: Timestamp) -> Self {
        let same_parts =
            self.component == version.component && self.resources == version.resources && self.styles == version.styles;
        if same_parts && self.schema.text() == version.schema.text() {
            return self;
        }
        let change = WidgetChange {
            schema: Some(version.schema),
            component: Some(version.component),
            resources: Some(version.resources),
            styles: Some(version.styles),
            ..WidgetChange::default()
        };
        Self { language: version.language, ..self.edited(change, now) }
    }
}

/// A widget, and how many peers of the workspace it is bound to.
#[derive(Debug, Clone, PartialEq)]
pub struct WidgetWithUsage {
    /// The widget.
    pub widget: Widget,
    /// The number of its bindings, enabled or not.
    pub usage_count: u64,
}

/// A widget in a list, without schema and component.
#[derive(Debug, Clone, PartialEq)]
pub struct WidgetSummary {
    /// The id of the widget, assigned by the service.
    pub id: WidgetId,
    /// Unique in the workspace.
    pub key: WidgetKey,
    /// Shown to people.
    pub name: WidgetName,
    /// Shown to people and agents.
    pub description: Description,
    /// One of the reference's six.
    pub category: Category,
    /// The tags, in the order in which they were sent.
    pub tags: Tags,
    /// The current version.
    pub version: Version,
    /// When it was created.
    pub created_at: Timestamp,
}

/// The parts of a widget that sending a message needs: the version to pin, and that version's schema.
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
