use actix_web::{HttpRequest, HttpResponse, web};
use app::WidgetEdit;
use domain::{
    access::Manager,
    widget::{Description, WidgetName},
};
use serde_json::Value;

use super::fields;
use crate::{
    HttpState,
    request::{self, Caller, Object, RequestBody, describe_bodies},
    response::{ApiError, Success, WidgetView, ok},
    schemas::{CategorySchema, ResourcesSchema, StylesSchema, TagSchema},
};

describe_bodies! {
    /// Changes of a widget. Members that GET returns and that cannot be changed are ignored.
    UpdateWidget {
        /// If it is named it must be the widget's.
        #[schema(nullable = false)]
        key: Option<String>,
        #[schema(min_length = 1, max_length = 120, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*[^\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000][^\u0000-\u001F\u007F-\u009F]*$", nullable = false)]
        name: Option<String>,
        #[schema(max_length = 2000, pattern = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$", nullable = false)]
        description: Option<String>,
        #[schema(nullable = false)]
        category: Option<CategorySchema>,
        #[schema(max_items = 20, nullable = false)]
        tags: Option<Vec<TagSchema>>,
        #[schema(value_type = Option<Object>, nullable = false)]
        schema: Option<Value>,
        #[schema(min_length = 1, max_length = 262_144, nullable = false)]
        component: Option<String>,
        /// Replaces all that it loads from other origins.
        #[schema(value_type = Option<ResourcesSchema>, nullable = false)]
        resources: Option<Value>,
        #[schema(nullable = false)]
        styles: Option<StylesSchema>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        id: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        version: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        created_at: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        updated_at: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        created_by: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        usage_count: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        language: Option<Value>,
        /// Ignored.
        #[schema(value_type = Option<Value>)]
        warnings: Option<Value>,
    }
}

/// Members that GET returns and that cannot be edited. They are ignored, so that the answer of GET can be sent with PUT.
const READ_ONLY: [&str; 8] =
    ["id", "version", "createdAt", "updatedAt", "createdBy", "usageCount", "language", "warnings"];

/// Update a widget
///
/// Changes only what is named. A change of schema, component, resources or styles creates a new version; messages sent before keep theirs.
#[utoipa::path(
    put, path = "/api/v1/widget/{widgetId}", operation_id = "updateWidget", tag = "Widgets",
    params(request::WidgetIdPath, request::IfMatchHeader),
    request_body = UpdateWidget,
    responses(
        (
            status = 200, description = "Updated", body = Success<WidgetView>,
            headers(("ETag" = String, description = "The entity tag of the widget as it is now")),
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
    let edit = body.read_with(&state, read).await?;
    if let Some(resources) = &edit.resources {
        fields::refuse_own_origin(&state, &request, resources)?;
    }
    let id = request::widget_id(&request)?;
    let precondition = request::precondition(&request)?;
    let (updated, warnings) = state.widgets.update(&caller, id, edit, &precondition).await?;
    let mut response = ok(WidgetView::of(&updated.widget, Some(updated.usage_count)).with_warnings(warnings));
    let etag = request::etag(updated.widget.revision, updated.usage_count);
    request::set_etag(&mut response, &etag);
    Ok(body.hold_until_sent(response))
}

fn read(mut body: Object<'_>) -> Result<WidgetEdit, ApiError> {
    body.ignore(&READ_ONLY);
    let edit = WidgetEdit {
        key: body.optional_string("key", |text| Ok(text.to_owned())),
        name: body.optional_string("name", |text| WidgetName::parse(text)),
        description: body.optional_string("description", |text| Description::parse(text)),
        category: fields::category(&mut body),
        tags: fields::tags(&mut body),
        schema: fields::schema(&mut body),
        component: fields::component(&mut body),
        resources: fields::resources(&mut body),
        styles: fields::styles(&mut body),
    };
    body.finish(Some(edit))
}
