//! `/widget/prebuilt`: the widgets that come with the service.

use actix_web::{HttpRequest, HttpResponse, web};
use app::AppError;

use crate::{
    HttpState,
    request::{self, Caller},
    response::{ApiError, PrebuiltList, PrebuiltView, Success, ok},
};

/// List pre-built widgets
#[utoipa::path(
    get, path = "/api/v1/widget/prebuilt", operation_id = "listPrebuiltWidgets", tag = "Pre-built widgets",
    responses(
        (status = 200, description = "All of them", body = Success<PrebuiltList>),
    )
)]
pub(crate) async fn list(state: web::Data<HttpState>, _: Caller) -> HttpResponse {
    let widgets = state.prebuilt.all().iter().map(|published| PrebuiltView::from(published.as_ref())).collect();
    ok(PrebuiltList { widgets })
}

/// Get a pre-built widget
#[utoipa::path(
    get, path = "/api/v1/widget/prebuilt/{widgetKey}", operation_id = "getPrebuiltWidget", tag = "Pre-built widgets",
    params(request::WidgetKeyPath),
    responses(
        (status = 200, description = "The widget with example data", body = Success<PrebuiltView>),
    )
)]
pub(crate) async fn get(
    state: web::Data<HttpState>,
    _: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let key = request::widget_key(&request)?;
    let published = state.prebuilt.by_key(&key).ok_or(AppError::WidgetNotFound)?;
    Ok(ok(PrebuiltView::from(published.as_ref())))
}
