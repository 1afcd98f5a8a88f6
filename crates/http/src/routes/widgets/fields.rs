//! The fields of bodies that create, update or validate a widget.

use domain::widget::{Category, Tag, Tags};
use schema::json::JsonText;

use crate::request::{JsonKind, Object};

/// The tags, if they are present.
pub(super) fn tags(body: &mut Object<'_>) -> Option<Tags> {
    let tags = body.optional_strings("tags", |text| Tag::parse(text))?;
    Tags::new(tags).map_err(|invalid| body.refuse("tags", invalid.0)).ok()
}

/// The category, if it is present.
pub(super) fn category(body: &mut Object<'_>) -> Option<Category> {
    body.optional_string("category", Category::parse)
}

/// The text of the schema, if it is present. Only its type is checked here; the review checks its content.
pub(super) fn schema(body: &mut Object<'_>) -> Option<JsonText> {
    let raw = body.take("schema")?;
    body.expect("schema", raw, JsonKind::Object).then(|| JsonText::from_raw(raw))
}

/// The source of the component, if it is present. Only its type is checked here; the review checks its content.
pub(super) fn component(body: &mut Object<'_>) -> Option<String> {
    body.optional_string("component", |text| Ok(text.to_owned()))
}
