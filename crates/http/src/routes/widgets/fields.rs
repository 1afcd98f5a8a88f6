//! The fields of bodies that create, update or validate a widget.

use actix_web::HttpRequest;
use domain::{
    origin::Origin,
    resources::{Origins, Resources},
    styles::Styles,
    widget::{Category, Tag, Tags},
};
use schema::{
    field::{FieldError, FieldPath},
    json::JsonText,
};

use crate::{
    HttpState, PublicUrl,
    request::{JsonKind, Object, own_origin},
    response::ApiError,
};

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

/// The setting of styles, if it is present.
pub(super) fn styles(body: &mut Object<'_>) -> Option<Styles> {
    body.optional_string("styles", Styles::parse)
}

/// What it loads from other origins, if it is present. An absent list is empty.
pub(super) fn resources(body: &mut Object<'_>) -> Option<Resources> {
    body.optional_object("resources", |lists| Resources {
        images: origins(lists, "images"),
        fonts: origins(lists, "fonts"),
        connect: origins(lists, "connect"),
    })
}

fn origins(lists: &mut Object<'_>, name: &str) -> Origins {
    let origins = lists.optional_strings(name, Origin::parse).unwrap_or_default();
    Origins::new(origins).map_err(|invalid| lists.refuse(name, invalid.0)).unwrap_or_default()
}

/// An error for each place where the resources name the service itself, which no widget may make requests to.
pub(super) fn errors_of_own_origin(resources: &Resources, own: Option<&PublicUrl>) -> Vec<FieldError> {
    let Some(own) = own else { return Vec::new() };
    let mut errors = Vec::new();
    for (name, list) in Resources::LISTS {
        let path = FieldPath::root("resources").member(name);
        let places = list(resources).iter().enumerate().filter(|(_, origin)| own.is_of(origin));
        errors.extend(
            places.map(|(index, _)| FieldError::new(path.index(index), "Must not be the origin of this service")),
        );
    }
    errors
}

/// Fails if the resources name the service itself.
pub(super) fn refuse_own_origin(
    state: &HttpState,
    request: &HttpRequest,
    resources: &Resources,
) -> Result<(), ApiError> {
    let own = own_origin(request, state.public_url());
    let errors = errors_of_own_origin(resources, own.as_deref());
    if errors.is_empty() { Ok(()) } else { Err(ApiError::invalid(errors)) }
}
