use actix_web::{HttpRequest, HttpResponse, web};
use domain::{limits::PAGE_LIMIT, widget::Page};

use crate::{
    HttpState,
    request::{self, Caller, Query, describe_parameters},
    response::{ApiError, Success, VersionList, ok},
};

describe_parameters! {
    PageQuery in Query {
        /// Counted from 1; 1 if absent.
        #[param(minimum = 1, maximum = 4_294_967_295_i64, value_type = Option<i64>, nullable = false)]
        page: Option<u32>,
        /// Results per page; 20 if absent.
        #[param(minimum = 1, maximum = 100, nullable = false)]
        limit: Option<u32>,
    }
}

/// List a widget's versions
///
/// Newest first. Of one of the workspace's own widgets, or a pre-built one.
#[utoipa::path(
    get, path = "/api/v1/widget/{widgetId}/versions", operation_id = "listVersions", tag = "Versions",
    params(request::WidgetIdPath, PageQuery),
    responses(
        (status = 200, description = "A page of versions", body = Success<VersionList>),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller,
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
