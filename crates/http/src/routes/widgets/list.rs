use actix_web::{HttpRequest, HttpResponse, web};
use domain::{
    limits::{MAX_TAGS, PAGE_LIMIT},
    widget::{Category, Page, SearchTerm, Tag, TagSet, WidgetFilter},
};
use schema::field::Invalid;

use crate::{
    HttpState,
    request::{Caller, Query, describe_parameters},
    response::{ApiError, Success, WidgetList, ok},
    schemas::CategorySchema,
};

describe_parameters! {
    ListWidgetsQuery in Query {
        /// Counted from 1; 1 if absent.
        #[param(minimum = 1, maximum = 4_294_967_295_i64, value_type = Option<i64>, nullable = false)]
        page: Option<u32>,
        /// Results per page; 20 if absent.
        #[param(minimum = 1, maximum = 100, nullable = false)]
        limit: Option<u32>,
        /// Only this category.
        #[param(nullable = false)]
        category: Option<CategorySchema>,
        /// A substring of name, description or tags, in any case and normal form.
        #[param(max_length = 200, pattern = r"^[^\u0000-\u001F\u007F-\u009F]*$", nullable = false)]
        search: Option<String>,
        /// Up to 20 tags joined by commas; all of them must be present. White space around each is left out.
        #[param(pattern = r"^([\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]([^,\u0000-\u001F\u007F-\u009F]{0,48}[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000])?[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*(,[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]([^,\u0000-\u001F\u007F-\u009F]{0,48}[^,\u0000-\u0020\u007F-\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000])?[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*){0,19})?$", nullable = false)]
        tags: Option<String>,
    }
}

/// List widgets
///
/// The workspace's own widgets, newest first. Filters combine with AND.
#[utoipa::path(
    get, path = "/api/v1/widget", operation_id = "listWidgets", tag = "Widgets",
    params(ListWidgetsQuery),
    responses(
        (status = 200, description = "A page of widgets", body = Success<WidgetList>),
    )
)]
pub(crate) async fn handle(
    state: web::Data<HttpState>,
    caller: Caller,
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

/// A widget has at most 20 tags, so a filter has no more.
fn tags(text: &str) -> Result<TagSet, Invalid> {
    let tags = text.split(',').take(MAX_TAGS + 1).map(|tag| Tag::parse(tag.trim())).collect::<Result<Vec<_>, _>>()?;
    TagSet::new(tags)
}
