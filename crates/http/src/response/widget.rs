use domain::{
    component::Language,
    id::WidgetId,
    names::UserId,
    resources::Resources,
    styles::Styles,
    time::Timestamp,
    widget::{
        Category, Description, Page, PrebuiltWidget, Tags, Version, Widget, WidgetKey, WidgetName, WidgetPage,
        WidgetSummary,
    },
};
use schema::json::JsonText;
use serde::Serialize;
use utoipa::ToSchema;

/// A widget with its schema and component.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Widget)]
pub(crate) struct WidgetView<'a> {
    #[schema(value_type = String, example = "widget_01k9x2m5f3e8h9s4t6v7w8x9y0")]
    id: WidgetId,
    #[schema(value_type = String, example = "sales-dashboard")]
    key: &'a WidgetKey,
    #[schema(value_type = String, example = "Sales Dashboard")]
    name: &'a WidgetName,
    #[schema(value_type = String)]
    description: &'a Description,
    #[schema(value_type = crate::schemas::CategorySchema)]
    category: Category,
    #[schema(value_type = Vec<String>)]
    tags: &'a Tags,
    /// Counts the changes of schema, component, resources and styles, from 1.
    #[schema(value_type = u32, minimum = 1)]
    version: Version,
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
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// The user of the key that created it; `system` for pre-built widgets.
    #[schema(value_type = String)]
    created_by: &'a str,
    /// How many peers of the workspace have it; not in the answer to its creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    usage_count: Option<u64>,
    /// What a render test with an example of the schema found; absent if nothing, and only in answers to changes of the component.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(nullable = false, required = false)]
    warnings: Vec<String>,
}

/// The creation time of all pre-built widgets: the date of the reference.
const PREBUILT_CREATED_AT: Timestamp = Timestamp::from_micros(1_760_954_400_000_000);

impl<'a> WidgetView<'a> {
    pub(crate) fn of(widget: &'a Widget, usage_count: Option<u64>) -> Self {
        Self {
            id: widget.id,
            key: &widget.key,
            name: &widget.name,
            description: &widget.description,
            category: widget.category,
            tags: &widget.tags,
            version: widget.version,
            schema: widget.schema.text(),
            component: widget.component.as_str(),
            resources: Some(&widget.resources).filter(|resources| !resources.is_empty()),
            language: widget.language,
            styles: Some(widget.styles).filter(|styles| *styles != Styles::Auto),
            created_at: widget.created_at,
            updated_at: widget.updated_at,
            created_by: UserId::as_str(&widget.created_by),
            usage_count,
            warnings: Vec::new(),
        }
    }

    /// The widget with what a render test found.
    pub(crate) fn with_warnings(self, warnings: Vec<String>) -> Self {
        Self { warnings, ..self }
    }

    pub(crate) fn of_prebuilt(widget: &'a PrebuiltWidget, version: Version, usage_count: u64) -> Self {
        Self {
            id: widget.id,
            key: &widget.key,
            name: &widget.name,
            description: &widget.description,
            category: widget.category,
            tags: &widget.tags,
            version,
            schema: widget.schema.text(),
            component: widget.component.as_str(),
            resources: None,
            language: Language::Jsx,
            styles: None,
            created_at: PREBUILT_CREATED_AT,
            updated_at: PREBUILT_CREATED_AT,
            created_by: "system",
            usage_count: Some(usage_count),
            warnings: Vec::new(),
        }
    }
}

/// What lists show of a widget.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WidgetSummary)]
pub(crate) struct WidgetSummaryView<'a> {
    #[schema(value_type = String)]
    id: WidgetId,
    #[schema(value_type = String)]
    key: &'a WidgetKey,
    #[schema(value_type = String)]
    name: &'a WidgetName,
    #[schema(value_type = String)]
    description: &'a Description,
    #[schema(value_type = crate::schemas::CategorySchema)]
    category: Category,
    #[schema(value_type = Vec<String>)]
    tags: &'a Tags,
    #[schema(value_type = u32, minimum = 1)]
    version: Version,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
}

impl<'a> From<&'a WidgetSummary> for WidgetSummaryView<'a> {
    fn from(widget: &'a WidgetSummary) -> Self {
        Self {
            id: widget.id,
            key: &widget.key,
            name: &widget.name,
            description: &widget.description,
            category: widget.category,
            tags: &widget.tags,
            version: widget.version,
            created_at: widget.created_at,
        }
    }
}

/// A page of widgets, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct WidgetList<'a> {
    widgets: Vec<WidgetSummaryView<'a>>,
    pagination: Pagination,
}

/// Which part of a list this is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Pagination {
    /// Counted from 1.
    page: u32,
    /// Results per page.
    limit: u32,
    /// Results on all pages.
    total: u64,
    /// How many pages there are; 0 when nothing matches.
    pages: u64,
}

impl Pagination {
    pub(super) fn of(page: Page, total: u64) -> Self {
        Self { page: page.number, limit: page.limit, total, pages: total.div_ceil(u64::from(page.limit)) }
    }
}

impl<'a> WidgetList<'a> {
    pub(crate) fn of(found: &'a WidgetPage, page: Page) -> Self {
        let pagination = Pagination::of(page, found.total);
        Self { widgets: found.widgets.iter().map(WidgetSummaryView::from).collect(), pagination }
    }
}
