use actix_web::{HttpRequest, HttpResponse, web};
use domain::{
    access::Principal,
    limits::{PAGE_LIMIT, TAGS},
    widget::{Category, Page, SearchTerm, Tag, TagSet, WidgetFilter},
};
use schema::field::Invalid;

use crate::{
    HttpState, openapi,
    request::{Caller, Lists, Query},
    response::{ApiError, Success, WidgetList, ok},
};

/// List widgets
///
/// The workspace's own widgets, newest first. Filters combine with AND.
#[utoipa::path(
    get, path = "/api/v1/widget", operation_id = "listWidgets", tag = "Widgets",
    params(openapi::ListWidgetsQuery),
    responses(
        (status = 200, description = "A page of widgets", body = Success<WidgetList>),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller<Principal, Lists>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let (filter, page) = read(Query::of(&request))?;
    let found = state.widgets.list(&caller, &filter, page).await?;
    Ok(ok(WidgetList::of(&found, page)))
}

fn read(mut query: Query) -> Result<(WidgetFilter, Page), ApiError> {
    let page = Page {
        number: query.number("page", 1, u32::MAX).unwrap_or(1),
        limit: query.number("limit", 1, PAGE_LIMIT.1).unwrap_or(PAGE_LIMIT.0),
    };
    let filter = WidgetFilter {
        category: query.filter("category", Category::parse),
        search: query.filter("search", SearchTerm::parse),
        tags: query.filter("tags", tags).unwrap_or_default(),
    };
    query.finish((filter, page))
}

/// A widget has at most 20 tags, so more can be asked of none.
fn tags(text: &str) -> Result<TagSet, Invalid> {
    let tags = text.split(',').take(TAGS + 1).map(|tag| Tag::parse(tag.trim())).collect::<Result<Vec<_>, _>>()?;
    TagSet::new(tags)
}
