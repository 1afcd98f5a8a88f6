use actix_web::{HttpRequest, HttpResponse, web};
use domain::access::Manager;

use crate::{
    HttpState,
    request::{self, Caller, JsonBody},
    response::{ApiError, Success, WidgetView, restored},
};

/// Restore a version of a widget
///
/// Its schema and component become the current ones again, as a new version; no version is lost. Restoring the current one
/// changes nothing. The request has no body.
#[utoipa::path(
    post, path = "/api/v1/widget/{widgetId}/versions/{version}/restore", operation_id = "restoreVersion", tag = "Versions",
    params(request::WidgetIdPath, request::VersionPath, request::IfMatchHeader, request::IdempotencyKeyHeader),
    responses(
        (
            status = 200, description = "The widget as it is now", body = Success<WidgetView>,
            headers(
                ("ETag" = String, description = "The entity tag of the widget as it is now"),
                ("Idempotency-Replayed" = bool, description = "True if an earlier request under the key restored it; else absent"),
            ),
        ),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller<Manager>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let id = request::widget_id(&request)?;
    let version = request::version(&request)?;
    let precondition = request::precondition(&request)?;
    let attempt = request::attempt(&state, &request, caller.key, &JsonBody::empty())?;
    let restoration = state.versions.restore(&caller, id, version, &precondition, attempt.as_ref()).await?;
    let found = restoration.get();
    let view = WidgetView::of(&found.widget, Some(found.usage_count));
    let mut response = restored(view, restoration.is_replay());
    request::set_etag(&mut response, &request::etag(found.widget.revision, found.usage_count));
    Ok(response)
}
