use actix_web::{HttpRequest, HttpResponse, web};
use app::FoundWidget;

use crate::{
    HttpState,
    request::{self, Caller},
    response::{ApiError, Success, WidgetView, ok},
};

/// Get a widget
///
/// One of the workspace's own, or a pre-built one.
#[utoipa::path(
    get, path = "/api/v1/widget/{widgetId}", operation_id = "getWidget", tag = "Widgets",
    params(request::WidgetIdPath, request::IfNoneMatchHeader),
    responses(
        (
            status = 200, description = "The widget", body = Success<WidgetView>,
            headers(("ETag" = String, description = "The entity tag of the widget as it is now")),
        ),
        (
            status = 304, description = "The entity tag in `If-None-Match` is still right",
            headers(("ETag" = String, description = "The entity tag of the widget as it is now")),
        ),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let id = request::widget_id(&request)?;
    match state.widgets.find(&caller, id).await? {
        FoundWidget::Own(found) => {
            let etag = request::etag(found.widget.revision, found.usage_count);
            Ok(request::unless_not_modified(&request, &etag, || {
                ok(WidgetView::of(&found.widget, Some(found.usage_count)))
            }))
        }
        FoundWidget::Prebuilt(published, usage_count) => {
            let etag = request::prebuilt_etag(published.version, usage_count);
            let view = || ok(WidgetView::of_prebuilt(&published.widget, published.version, usage_count));
            Ok(request::unless_not_modified(&request, &etag, view))
        }
    }
}
