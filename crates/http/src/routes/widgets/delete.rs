use actix_web::{HttpRequest, HttpResponse, web};
use domain::access::Manager;

use crate::{
    HttpState,
    request::{self, Caller},
    response::{ApiError, Done},
};

/// Delete a widget
///
/// Only while no peer has it. Messages that were sent with it stay readable; its key is free again.
#[utoipa::path(
    delete, path = "/api/v1/widget/{widgetId}", operation_id = "deleteWidget", tag = "Widgets",
    params(request::WidgetIdPath, request::IfMatchHeader),
    responses(
        (status = 200, description = "Deleted", body = Done),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller<Manager>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let id = request::widget_id(&request)?;
    let precondition = request::precondition(&request)?;
    state.widgets.delete(&caller, id, &precondition).await?;
    Ok(Done::with("Widget deleted successfully"))
}
