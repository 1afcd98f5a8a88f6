use actix_web::{HttpRequest, HttpResponse, web};
use app::NewWidget;
use domain::{
    access::Manager,
    widget::{Description, WidgetKey, WidgetName},
};

use super::fields;
use crate::{
    HttpState, openapi,
    request::{self, Caller, Object, RequestBody, Writes},
    response::{ApiError, Success, WidgetView, created},
    router::BASE,
};

/// Create a widget
///
/// Checks schema and component, and saves them as version 1.
#[utoipa::path(
    post, path = "/api/v1/widget", operation_id = "createWidget", tag = "Widgets",
    params(openapi::IdempotencyKeyHeader),
    request_body = openapi::CreateWidget,
    security(("apiKey" = ["WIDGETS_MANAGE"])),
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
    caller: Caller<Manager, Writes>,
    request: HttpRequest,
    body: RequestBody,
) -> Result<HttpResponse, ApiError> {
    let body = body.read(&caller).await?;
    let attempt = request::attempt(&state, &request, caller.key, &body)?;
    let new = body.read_with(&state, read).await?;
    let creation = state.widgets.create(&caller, new, attempt.as_ref()).await?;
    let widget = creation.get();
    let location = format!("{BASE}/widget/{}", widget.id);
    let mut response = created(WidgetView::of(widget, None), location, creation.is_replay());
    request::set_etag(&mut response, &request::etag(widget.revision, 0));
    Ok(response)
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
    let new = (|| {
        Some(NewWidget { key: key?, name: name?, description, category, tags, schema: schema?, component: component? })
    })();
    body.finish(new)
}
