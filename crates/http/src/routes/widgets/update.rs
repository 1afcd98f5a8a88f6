use actix_web::{HttpRequest, HttpResponse, web};
use app::WidgetEdit;
use domain::{
    access::Manager,
    widget::{Description, WidgetName},
};

use super::fields;
use crate::{
    HttpState, openapi,
    request::{self, Caller, Object, RequestBody, Writes},
    response::{ApiError, Success, WidgetView, ok},
};

/// What GET shows and nobody edits: accepted and ignored, so that what GET gave can be PUT back.
const READ_ONLY: [&str; 6] = ["id", "version", "createdAt", "updatedAt", "createdBy", "usageCount"];

/// Update a widget
///
/// Changes only what is named. Another schema or component makes a new version; messages sent before keep theirs.
#[utoipa::path(
    put, path = "/api/v1/widget/{widgetId}", operation_id = "updateWidget", tag = "Widgets",
    params(openapi::WidgetIdPath, openapi::IfMatchHeader),
    request_body = openapi::UpdateWidget,
    security(("apiKey" = ["WIDGETS_MANAGE"])),
    responses(
        (
            status = 200, description = "Updated", body = Success<WidgetView>,
            headers(("ETag" = String, description = "The entity tag of the widget as it is now")),
        ),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller<Manager, Writes>,
    request: HttpRequest,
    body: RequestBody,
) -> Result<HttpResponse, ApiError> {
    let body = body.read(&caller).await?;
    let edit = body.read_with(&state, read).await?;
    let id = request::widget_id(&request)?;
    let precondition = request::precondition(&request)?;
    let updated = state.widgets.update(&caller, id, edit, &precondition).await?;
    let mut response = ok(WidgetView::of(&updated.widget, Some(updated.usage_count)));
    let etag = request::etag(updated.widget.revision, updated.usage_count);
    request::set_etag(&mut response, &etag);
    Ok(response)
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
    };
    body.finish(Some(edit))
}
