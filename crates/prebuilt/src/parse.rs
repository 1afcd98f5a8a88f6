//! Parses the embedded files of a widget.

use domain::{
    component::ComponentSource,
    id::WidgetId,
    widget::{Category, Description, PrebuiltWidget, Tag, Tags, WidgetKey, WidgetName},
};
use schema::{
    Schema,
    field::{FieldError, FieldPath, Invalid},
    json::{JsonDocument, JsonText},
};
use serde_json::value::RawValue;

use crate::Files;

/// The content of `widget.json`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Metadata {
    name: String,
    description: String,
    category: String,
    tags: Vec<String>,
}

/// Parses the files of a widget. Errors name the invalid fields.
pub(crate) fn widget(files: &Files) -> Result<PrebuiltWidget, Vec<FieldError>> {
    let at = |field: &'static str| move |invalid: Invalid| vec![invalid.at(field)];
    let metadata: Metadata = serde_json::from_str(files.metadata)
        .map_err(|error| vec![FieldError::new("widget.json", error.to_string())])?;
    let tags: Vec<Tag> = metadata.tags.into_iter().map(Tag::parse).collect::<Result<_, _>>().map_err(at("tags"))?;
    Ok(PrebuiltWidget {
        id: WidgetId::parse(files.id).map_err(at("id"))?,
        key: WidgetKey::parse(files.key).map_err(at("key"))?,
        name: WidgetName::parse(metadata.name).map_err(at("name"))?,
        description: Description::parse(metadata.description).map_err(at("description"))?,
        category: Category::parse(&metadata.category).map_err(at("category"))?,
        tags: Tags::new(tags).map_err(at("tags"))?,
        schema: Schema::parse(json_text("schema", files.schema)?)?.schema,
        component: ComponentSource::parse(files.component).map_err(at("component"))?,
        example: JsonDocument::parse(json_text("data", files.example)?, &FieldPath::root("data"))
            .map_err(|error| vec![error])?,
    })
}

fn json_text(root: &'static str, text: &'static str) -> Result<JsonText, Vec<FieldError>> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| vec![FieldError::new(root, error.to_string())])?;
    Ok(JsonText::from_raw(raw))
}
