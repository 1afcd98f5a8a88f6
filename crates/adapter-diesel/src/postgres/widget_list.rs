use diesel::{pg::Pg, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{
    names::WorkspaceId,
    widget::{Page, WidgetFilter, WidgetPage},
};
use futures_util::future::try_join;
use ports::StoreError;

use super::transaction::Stop;
use crate::{queries, rows::widget::SummaryRow, schema::widget};

/// A page of the widgets that match, and how many match.
///
/// Two statements, since a window count would make every page pay for all widgets; sent together, so they cost one round
/// trip. A widget that is made between them is in the one and not in the other, as it would be for the next request.
pub(super) async fn page(
    connection: &mut AsyncPgConnection,
    workspace: &WorkspaceId,
    filter: &WidgetFilter,
    page: Page,
) -> Result<WidgetPage, Stop<StoreError>> {
    let connection = &*connection;
    let (mut one, mut other) = (connection, connection);
    let count = matching(workspace, filter).count();
    let (total, rows) =
        try_join(count.get_result::<i64>(&mut one), newest(workspace, filter, page).load::<SummaryRow>(&mut other))
            .await?;
    let widgets = rows.into_iter().map(SummaryRow::into_domain).collect::<Result<_, _>>()?;
    Ok(WidgetPage { widgets, total: u64::try_from(total).unwrap_or(0) })
}

#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn newest<'a>(workspace: &'a WorkspaceId, filter: &'a WidgetFilter, page: Page) -> _ {
    let matching: widget::BoxedQuery<'a, Pg> = matching(workspace, filter);
    let offset: i64 = i64::try_from(page.offset()).unwrap_or(i64::MAX);
    let limit: i64 = i64::from(page.limit);
    let summary: diesel::dsl::AsSelect<SummaryRow, Pg> = SummaryRow::as_select();
    matching.order(widget::id.desc()).limit(limit).offset(offset).select(summary)
}

pub(super) fn matching<'a>(workspace: &'a WorkspaceId, filter: &'a WidgetFilter) -> widget::BoxedQuery<'a, Pg> {
    let mut query = widget::table
        .filter(widget::workspace_id.eq(workspace.as_str()))
        .filter(widget::deleted_at.is_null())
        .into_boxed();
    if let Some(category) = filter.category {
        query = query.filter(widget::category.eq(category.as_str()));
    }
    if let Some(term) = &filter.search {
        query = query.filter(widget::search_text.like(containing(term.as_str())));
    }
    for tag in filter.tags.iter() {
        query = query.filter(widget::id.eq_any(queries::widget::ids_with_tag(workspace.as_str(), tag.as_str())));
    }
    query
}

/// A pattern of `LIKE` for texts that hold this one, in which nothing stands for anything else.
fn containing(term: &str) -> String {
    let mut pattern = String::with_capacity(term.len() + 2);
    pattern.push('%');
    for character in term.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_plain_characters() {
        assert_eq!(containing("sales"), "%sales%");
        assert_eq!(containing(r"100%_\"), r"%100\%\_\\%");
    }
}
