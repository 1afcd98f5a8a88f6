use actix_web::{HttpRequest, HttpResponse, web};

use crate::{
    HttpState,
    request::{self, Caller},
    response::{ApiError, Success, VersionView, ok},
};

/// Get a version of a widget
///
/// With its schema and component.
#[utoipa::path(
    get, path = "/api/v1/widget/{widgetId}/versions/{version}", operation_id = "getVersion", tag = "Versions",
    params(request::WidgetIdPath, request::VersionPath),
    responses(
        (status = 200, description = "The version", body = Success<VersionView>),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let id = request::widget_id(&request)?;
    let version = request::version(&request)?;
    let found = state.versions.find(&caller, id, version).await?;
    Ok(ok(VersionView::from(&found)))
}
