use app::PublishedWidget;
use domain::{
    id::WidgetId,
    widget::{Category, Description, Tags, Version, WidgetKey, WidgetName},
};
use schema::json::JsonText;
use serde::Serialize;
use utoipa::ToSchema;

/// A widget of the system.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PrebuiltWidget)]
pub(crate) struct PrebuiltView<'a> {
    /// Never changes.
    #[schema(value_type = String)]
    id: WidgetId,
    #[schema(value_type = String, example = "sales-funnel-progress")]
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
    /// JSON Schema of the widget's data.
    #[schema(value_type = Object)]
    schema: &'a JsonText,
    /// The source of the component.
    component: &'a str,
    /// Data that shows the widget at its best.
    #[schema(value_type = Object)]
    example_data: &'a JsonText,
}

impl<'a> From<&'a PublishedWidget> for PrebuiltView<'a> {
    fn from(PublishedWidget { widget, version }: &'a PublishedWidget) -> Self {
        Self {
            id: widget.id,
            key: &widget.key,
            name: &widget.name,
            description: &widget.description,
            category: widget.category,
            tags: &widget.tags,
            version: *version,
            schema: widget.schema.text(),
            component: widget.component.as_str(),
            example_data: widget.example.text(),
        }
    }
}

/// The widgets of the system.
#[derive(Serialize, ToSchema)]
pub(crate) struct PrebuiltList<'a> {
    pub(crate) widgets: Vec<PrebuiltView<'a>>,
}
