use actix_web::{HttpRequest, HttpResponse, web};
use app::NewWidget;
use domain::{
    access::Manager,
    widget::{Description, WidgetKey, WidgetName},
};
use ports::ReviewSettings;
use serde_json::Value;

use super::fields;
use crate::{
    HttpState,
    base_path::BASE_PATH,
    request::{self, Caller, Object, RequestBody, describe_bodies},
    response::{ApiError, Success, WidgetView, created},
    schemas::{CategorySchema, ResourcesSchema, StylesSchema, TagSchema},
};

describe_bodies! {
    /// A new widget.
    CreateWidget {
        /// Unique in the workspace. It cannot be changed.
        #[schema(max_length = 64, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", example = "sales-dashboard")]
        key: String,
        #[schema(min_length = 1, max_length = 120, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000][^\u0000-\u001F\u007F-\u009F]*$", example = "Sales Dashboard")]
        name: String,
        #[schema(max_length = 2000, pattern = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$", nullable = false)]
        description: Option<String>,
        /// `general` if absent.
        #[schema(nullable = false)]
        category: Option<CategorySchema>,
        #[schema(max_items = 20, nullable = false)]
        tags: Option<Vec<TagSchema>>,
        /// JSON Schema (draft-07, 2019-09 or 2020-12) of the widget's data, at most 128 KiB; its root says `"type": "object"` or refers to a schema that does.
        #[schema(value_type = Object)]
        schema: Value,
        /// A JavaScript or TypeScript module with JSX, at most 256 KiB, whose default export, or only exported component, is a React component.
        #[schema(min_length = 1, max_length = 262_144)]
        component: String,
        /// What it loads from other origins.
        #[schema(value_type = Option<ResourcesSchema>, nullable = false)]
        resources: Option<Value>,
        /// `auto` if absent.
        #[schema(nullable = false)]
        styles: Option<StylesSchema>,
    }
}

/// Create a widget
///
/// Checks schema, component and resources, and saves them as version 1.
#[utoipa::path(
    post, path = "/api/v1/widget", operation_id = "createWidget", tag = "Widgets",
    params(request::IdempotencyKeyHeader),
    request_body = CreateWidget,
    responses(
        (
            status = 201, description = "Created", body = Success<WidgetView>,
            headers(
                ("Location" = String, description = "Its address"),
                ("ETag" = String, description = "The entity tag of the widget as it is now"),
                ("Idempotency-Replayed" = bool, description = "True if an earlier request under the key created it; else absent"),
            ),
        ),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller<Manager>,
    request: HttpRequest,
    body: RequestBody,
) -> Result<HttpResponse, ApiError> {
    let body = body.read(&caller).await?;
    let attempt = request::attempt(&state, &request, caller.key, &body)?;
    let new = body.read_with(&state, read).await?;
    fields::refuse_own_origin(&state, &request, &new.settings.resources)?;
    let (creation, warnings) = state.widgets.create(&caller, new, attempt.as_ref()).await?;
    let widget = creation.get();
    let location = format!("{BASE_PATH}/widget/{}", widget.id);
    let mut response = created(WidgetView::of(widget, None).with_warnings(warnings), location, creation.is_replay());
    request::set_etag(&mut response, &request::etag(widget.revision, 0));
    Ok(body.hold_until_sent(response))
}

fn read(mut body: Object<'_>) -> Result<NewWidget, ApiError> {
    let key = body.required_string("key", |text| WidgetKey::parse(text));
    let name = body.required_string("name", |text| WidgetName::parse(text));
    let description = body.optional_string("description", |text| Description::parse(text)).unwrap_or_default();
    let category = fields::category(&mut body).unwrap_or_default();
    let tags = fields::tags(&mut body).unwrap_or_default();
    body.require("schema");
    body.require("component");
    let schema = fields::schema(&mut body);
    let component = fields::component(&mut body);
    let resources = fields::resources(&mut body).unwrap_or_default();
    let styles = fields::styles(&mut body).unwrap_or_default();
    let settings = ReviewSettings { resources, styles };
    let new = (|| {
        let (schema, component) = (schema?, component?);
        Some(NewWidget { key: key?, name: name?, description, category, tags, schema, component, settings })
    })();
    body.finish(new)
}
