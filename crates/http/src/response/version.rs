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

/// What the module's component imports, unless it was saved before libraries existed.
pub(super) fn imports(module: &StoredModule) -> Option<Vec<String>> {
    module.load_bytes.map(|_| module.imports.clone())
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
    /// What the component imports, sorted; absent for a version saved before libraries existed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = json!(["react", "recharts"]))]
    imports: Option<Vec<String>>,
    /// The number of the library set; absent if it imports no file of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    library_set: Option<u32>,
    /// What a browser loads, in bytes with gzip: module, style sheet and files of libraries, without the frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    load_bytes: Option<u64>,
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
            imports: summary.module.as_ref().and_then(imports),
            library_set: summary.module.as_ref().and_then(|module| module.library_set),
            load_bytes: summary.module.as_ref().and_then(|module| module.load_bytes),
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
    /// What the component imports, sorted; absent for a version saved before libraries existed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = json!(["react", "recharts"]))]
    imports: Option<Vec<String>>,
    /// The number of the library set; absent if it imports no file of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    library_set: Option<u32>,
    /// What a browser loads, in bytes with gzip: module, style sheet and files of libraries, without the frame.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    load_bytes: Option<u64>,
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
    /// Absent if `auto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<crate::schemas::StylesSchema>, nullable = false)]
    styles: Option<Styles>,
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
            imports: imports(module),
            library_set: module.library_set,
            load_bytes: module.load_bytes,
            schema: version.schema.text(),
            component: version.component.as_str(),
            resources: Some(&version.resources).filter(|resources| !resources.is_empty()),
            language: version.language,
            styles: Some(version.styles).filter(|styles| *styles != Styles::Auto),
            created_at: version.created_at,
        }
    }
}
