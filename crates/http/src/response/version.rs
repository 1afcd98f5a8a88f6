use app::FoundVersion;
use domain::{
    component::Language,
    id::WidgetId,
    module::StoredModule,
    resources::Resources,
    styles::Styles,
    time::Timestamp,
    widget::{Page, Version, VersionPage},
};
use schema::json::JsonText;
use serde::Serialize;
use utoipa::ToSchema;

use super::widget::Pagination;

/// What a browser loads to render a version. Absent for versions saved before libraries existed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LoadView {
    /// What the component imports, sorted.
    #[schema(example = json!(["react", "recharts"]))]
    imports: Vec<String>,
    /// The number of the library set; absent if it imports files of none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    library_set: Option<u32>,
    /// Bytes with gzip: module, style sheet and files of libraries, without the frame.
    load_bytes: u64,
}

impl LoadView {
    pub(crate) fn of(module: &StoredModule) -> Option<Self> {
        let load_bytes = module.load_bytes?;
        Some(Self { imports: module.imports.clone(), library_set: module.library_set, load_bytes })
    }
}

/// What lists show of a version.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = VersionSummary)]
pub(crate) struct VersionSummaryView {
    #[schema(value_type = u32, minimum = 1)]
    version: Version,
    /// Whether messages are sent with it now.
    current: bool,
    /// The ES module of the component. Null until the module of a version saved before modules were stored is first requested.
    #[schema(required)]
    module: Option<String>,
    #[serde(flatten)]
    load: Option<LoadView>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

/// A page of versions, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionList {
    versions: Vec<VersionSummaryView>,
    pagination: Pagination,
}

impl VersionList {
    pub(crate) fn of(found: &VersionPage, page: Page) -> Self {
        let versions = found.versions.iter().map(|summary| VersionSummaryView {
            version: summary.version,
            current: summary.version == found.current,
            module: summary.module.as_ref().map(|module| module.digest.module_path()),
            load: summary.module.as_ref().and_then(LoadView::of),
            created_at: summary.created_at,
        });
        Self { versions: versions.collect(), pagination: Pagination::of(page, found.total) }
    }
}

/// A version with its schema and component.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WidgetVersion)]
pub(crate) struct VersionView<'a> {
    #[schema(value_type = String)]
    widget_id: WidgetId,
    #[schema(value_type = u32, minimum = 1)]
    version: Version,
    /// Whether messages are sent with it now.
    current: bool,
    /// The ES module of the component.
    module: String,
    #[serde(flatten)]
    load: Option<LoadView>,
    /// JSON Schema of the widget's data, as it was sent.
    #[schema(value_type = Object)]
    schema: &'a JsonText,
    /// The source of the component.
    component: &'a str,
    /// What it loads from other origins; absent if nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<crate::schemas::ResourcesSchema>, nullable = false)]
    resources: Option<&'a Resources>,
    #[schema(value_type = crate::schemas::LanguageSchema)]
    language: Language,
    #[schema(value_type = crate::schemas::StylesSchema)]
    styles: Styles,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl<'a> From<&'a FoundVersion> for VersionView<'a> {
    fn from(FoundVersion { version, module, is_current }: &'a FoundVersion) -> Self {
        Self {
            widget_id: version.widget,
            version: version.version,
            current: *is_current,
            module: module.digest.module_path(),
            load: LoadView::of(module),
            schema: version.schema.text(),
            component: version.component.as_str(),
            resources: Some(&version.resources).filter(|resources| !resources.is_empty()),
            language: version.language,
            styles: version.styles,
            created_at: version.created_at,
        }
    }
}
