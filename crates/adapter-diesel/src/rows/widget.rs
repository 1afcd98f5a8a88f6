use diesel::prelude::*;
use domain::{
    component::{ComponentSource, Language},
    id::WidgetId,
    names::{UserId, WorkspaceId},
    resources::Resources,
    revision::Revision,
    styles::Styles,
    time::Timestamp,
    widget::{
        Category, Description, PrebuiltWidget, Tag, Tags, Version, Widget, WidgetContract, WidgetKey, WidgetName,
        WidgetSummary,
    },
};
use ports::StoreError;
use schema::Schema;

use super::{
    Digest, Id,
    bytes::Bytes,
    resources::{read_resources, write_resources},
};
use crate::{
    failure::damaged,
    schema::{widget, widget_tag, widget_version},
};

/// The columns of a widget that lists read.
#[derive(Queryable, Selectable)]
#[diesel(table_name = widget)]
pub(crate) struct SummaryRow {
    id: Id,
    key: String,
    category: String,
    version: i64,
    created_at: i64,
    name: String,
    tags: String,
    description: String,
}

impl SummaryRow {
    pub(crate) fn into_domain(self) -> Result<WidgetSummary, StoreError> {
        Ok(WidgetSummary {
            id: WidgetId::from_uuid(self.id.into()),
            key: read_key(self.key)?,
            name: read_name(self.name)?,
            description: Description::parse(self.description).map_err(|why| damaged("widget.description", why))?,
            category: Category::parse(&self.category).map_err(|why| damaged("widget.category", why))?,
            tags: read_tags(&self.tags)?,
            version: read_version(self.version)?,
            created_at: Timestamp::from_micros(self.created_at),
        })
    }
}

/// A widget without its schema and component.
#[derive(Queryable, Selectable)]
#[diesel(table_name = widget)]
pub(crate) struct WidgetRow {
    #[diesel(embed)]
    summary: SummaryRow,
    revision: i64,
    created_by: String,
    updated_at: i64,
}

/// The columns of a version that a widget contains.
#[derive(Queryable, Selectable)]
#[diesel(table_name = widget_version)]
pub(crate) struct ContentRow {
    schema_digest: Digest,
    schema: String,
    component: String,
    resources: Option<String>,
    language: Option<String>,
    styles: Option<String>,
}

/// The content of a version.
pub(crate) struct Content {
    pub(crate) schema: Schema,
    pub(crate) component: ComponentSource,
    pub(crate) language: Language,
    pub(crate) resources: Resources,
    pub(crate) styles: Styles,
}

impl ContentRow {
    pub(crate) fn into_domain(self) -> Result<Content, StoreError> {
        Ok(Content {
            schema: Schema::from_stored(self.schema, self.schema_digest.0),
            component: ComponentSource::from_stored(self.component),
            language: read_language(self.language.as_deref())?,
            resources: read_resources(self.resources)?,
            styles: self.styles.as_deref().map_or(Ok(Styles::Auto), read_styles)?,
        })
    }
}

fn read_language(text: Option<&str>) -> Result<Language, StoreError> {
    match text {
        None => Ok(Language::Jsx),
        Some(text) if text == Language::Tsx.as_str() => Ok(Language::Tsx),
        Some(text) => Err(damaged("widget_version.language", text)),
    }
}

fn read_styles(text: &str) -> Result<Styles, StoreError> {
    Styles::parse(text).map_err(|why| damaged("widget_version.styles", why))
}

impl WidgetRow {
    pub(crate) fn into_domain(self, content: ContentRow) -> Result<Widget, StoreError> {
        let summary = self.summary.into_domain()?;
        let Content { schema, component, language, resources, styles } = content.into_domain()?;
        Ok(Widget {
            id: summary.id,
            key: summary.key,
            name: summary.name,
            description: summary.description,
            category: summary.category,
            tags: summary.tags,
            version: summary.version,
            revision: read_revision(self.revision)?,
            schema,
            component,
            language,
            resources,
            styles,
            created_at: summary.created_at,
            updated_at: Timestamp::from_micros(self.updated_at),
            created_by: UserId::reserved(&self.created_by),
        })
    }
}

/// The columns that sending a message reads: id, version, digest and text of the schema.
pub(crate) type ContractRow = (Id, i64, Digest, String);

pub(crate) fn read_contract(row: ContractRow, key: WidgetKey) -> Result<WidgetContract, StoreError> {
    let (id, version, digest, schema) = row;
    Ok(WidgetContract {
        id: WidgetId::from_uuid(id.into()),
        key,
        version: read_version(version)?,
        schema: Schema::from_stored(schema, digest.0),
    })
}

#[derive(Insertable)]
#[diesel(table_name = widget, treat_none_as_default_value = false)]
pub(crate) struct NewWidget<'a> {
    workspace_id: &'a str,
    id: Id,
    key: &'a str,
    category: &'a str,
    version: i64,
    revision: i64,
    created_by: &'a str,
    created_at: i64,
    updated_at: i64,
    deleted_at: Option<i64>,
    name: &'a str,
    tags: String,
    search_text: String,
    search_revision: i64,
    description: &'a str,
}

impl<'a> NewWidget<'a> {
    pub(crate) fn new(workspace: &'a WorkspaceId, widget: &'a Widget) -> Result<Self, StoreError> {
        Ok(Self {
            workspace_id: workspace.as_str(),
            id: widget.id.as_uuid().into(),
            key: widget.key.as_str(),
            category: widget.category.as_str(),
            version: widget.version.0.into(),
            revision: widget.revision.0.into(),
            created_by: widget.created_by.as_str(),
            created_at: widget.created_at.as_micros(),
            updated_at: widget.updated_at.as_micros(),
            deleted_at: None,
            name: widget.name.as_str(),
            tags: write_tags(&widget.tags)?,
            search_text: widget.search_text(),
            search_revision: widget.revision.0.into(),
            description: widget.description.as_str(),
        })
    }
}

/// The columns of a widget that an edit may change.
#[derive(AsChangeset)]
#[diesel(table_name = widget)]
pub(crate) struct EditedWidget<'a> {
    category: &'a str,
    version: i64,
    revision: i64,
    updated_at: i64,
    name: &'a str,
    tags: String,
    search_text: String,
    search_revision: i64,
    description: &'a str,
}

impl<'a> EditedWidget<'a> {
    pub(crate) fn new(widget: &'a Widget) -> Result<Self, StoreError> {
        Ok(Self {
            category: widget.category.as_str(),
            version: widget.version.0.into(),
            revision: widget.revision.0.into(),
            updated_at: widget.updated_at.as_micros(),
            name: widget.name.as_str(),
            tags: write_tags(&widget.tags)?,
            search_text: widget.search_text(),
            search_revision: widget.revision.0.into(),
            description: widget.description.as_str(),
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = widget_version, treat_none_as_default_value = false)]
pub(crate) struct NewVersion<'a> {
    workspace_id: &'a str,
    widget_id: Id,
    version: i64,
    schema_digest: Digest,
    created_at: i64,
    schema: &'a str,
    component: &'a str,
    resources: Option<String>,
    language: Option<&'static str>,
    styles: Option<&'static str>,
}

impl<'a> NewVersion<'a> {
    /// The current version of a widget.
    pub(crate) fn of(workspace: &'a WorkspaceId, widget: &'a Widget) -> Self {
        Self {
            workspace_id: workspace.as_str(),
            widget_id: widget.id.as_uuid().into(),
            version: widget.version.0.into(),
            schema_digest: Bytes(widget.schema.digest().0),
            created_at: widget.updated_at.as_micros(),
            schema: widget.schema.text().as_str(),
            component: widget.component.as_str(),
            resources: write_resources(&widget.resources),
            language: (widget.language != Language::Jsx).then(|| widget.language.as_str()),
            styles: (widget.styles != Styles::Auto).then(|| widget.styles.as_str()),
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = widget_tag, treat_none_as_default_value = false)]
pub(crate) struct NewTag<'a> {
    pub(crate) workspace_id: &'a str,
    pub(crate) tag: &'a str,
    pub(crate) widget_id: Id,
}

/// A pre-built widget at this version. Its author is the service.
pub(crate) fn prebuilt_as_widget(widget: &PrebuiltWidget, version: Version, now: Timestamp) -> Widget {
    Widget {
        id: widget.id,
        key: widget.key.clone(),
        name: widget.name.clone(),
        description: widget.description.clone(),
        category: widget.category,
        tags: widget.tags.clone(),
        version,
        revision: Revision::FIRST,
        schema: widget.schema.clone(),
        component: widget.component.clone(),
        language: Language::Jsx,
        resources: Resources::default(),
        styles: Styles::Auto,
        created_at: now,
        updated_at: now,
        created_by: UserId::reserved("@widgetd"),
    }
}

/// The pre-built widget after this version of it is published; `None` if nothing changes, as at most starts of the service.
pub(crate) fn republished(
    current: &Widget,
    prebuilt: &PrebuiltWidget,
    version: Version,
    now: Timestamp,
) -> Option<Widget> {
    let next = Widget {
        revision: current.revision,
        created_at: current.created_at,
        updated_at: current.updated_at,
        ..prebuilt_as_widget(prebuilt, version, now)
    };
    (next != *current).then(|| Widget { revision: Revision(current.revision.0 + 1), updated_at: now, ..next })
}

pub(crate) fn read_key(key: String) -> Result<WidgetKey, StoreError> {
    WidgetKey::parse(key).map_err(|why| damaged("widget key", why))
}

pub(crate) fn read_name(name: String) -> Result<WidgetName, StoreError> {
    WidgetName::parse(name).map_err(|why| damaged("widget.name", why))
}

pub(crate) fn read_version(version: i64) -> Result<Version, StoreError> {
    u32::try_from(version).map(Version).map_err(|why| damaged("widget version", why))
}

pub(crate) fn read_revision(revision: i64) -> Result<Revision, StoreError> {
    u32::try_from(revision).map(Revision).map_err(|why| damaged("widget.revision", why))
}

pub(crate) fn read_tags(json: &str) -> Result<Tags, StoreError> {
    let tags: Vec<String> = serde_json::from_str(json).map_err(|why| damaged("widget.tags", why))?;
    let tags = tags.into_iter().map(Tag::from_stored).collect();
    Tags::new(tags).map_err(|why| damaged("widget.tags", why))
}

pub(crate) fn write_tags(tags: &Tags) -> Result<String, StoreError> {
    serde_json::to_string(tags).map_err(|why| StoreError::Internal(why.to_string()))
}
