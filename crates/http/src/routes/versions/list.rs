use actix_web::{HttpRequest, HttpResponse, web};
use domain::{access::Principal, limits::PAGE_LIMIT, widget::Page};

use crate::{
    HttpState, openapi,
    request::{self, Caller, Lists, Query},
    response::{ApiError, Success, VersionList, ok},
};

/// List a widget's versions
///
/// Newest first. Of one of the workspace's own widgets, or a pre-built one.
#[utoipa::path(
    get, path = "/api/v1/widget/{widgetId}/versions", operation_id = "listVersions", tag = "Versions",
    params(openapi::WidgetIdPath, openapi::PageQuery),
    responses(
        (status = 200, description = "A page of versions", body = Success<VersionList>),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller<Principal, Lists>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let mut query = Query::of(&request);
    let page = Page {
        number: query.number("page", 1, u32::MAX).unwrap_or(1),
        limit: query.number("limit", 1, PAGE_LIMIT.1).unwrap_or(PAGE_LIMIT.0),
    };
    let page = query.finish(page)?;
    let id = request::widget_id(&request)?;
    let found = state.versions.list(&caller, id, page).await?;
    Ok(ok(VersionList::of(&found, page)))
}
