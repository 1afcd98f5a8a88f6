//! Widgets whose search text is out of date: an earlier version of the service wrote it.

use diesel::{
    QueryableByName,
    sql_types::{BigInt, Binary, Text},
};
use domain::widget::{Tag, search_text};

use super::{Id, widget::read_tags};

/// Selects up to 100 of them that follow a widget (`$1`, `$2`) in the order of the index that has no others.
pub(crate) const OUTDATED: &str = "SELECT workspace_id, id, revision, name, tags, description FROM widget
    WHERE search_revision <> revision AND deleted_at IS NULL AND (workspace_id, id) > ($1, $2)
    ORDER BY workspace_id, id LIMIT 100";

#[derive(QueryableByName)]
pub(crate) struct OutdatedRow {
    #[diesel(sql_type = Text)]
    workspace_id: String,
    #[diesel(sql_type = Binary)]
    id: Id,
    #[diesel(sql_type = BigInt)]
    revision: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    tags: String,
    #[diesel(sql_type = Text)]
    description: String,
}

/// The primary key of a widget.
pub(crate) type WidgetRowKey = (String, Id);

/// A key before those of all widgets.
pub(crate) fn first_key() -> WidgetRowKey {
    (String::new(), Id::ZERO)
}

/// The search text of a widget at a revision. A widget that was edited since has a text already.
pub(crate) struct Folded {
    pub(crate) workspace_id: String,
    pub(crate) id: Id,
    pub(crate) revision: i64,
    pub(crate) search_text: String,
}

/// Folds the texts of the rows. Also returns the last row's key; `None` if there is no row.
///
/// It leaves out a row whose tags cannot be read, which would block all others. A read of that widget returns the error.
pub(crate) fn fold(rows: Vec<OutdatedRow>) -> (Vec<Folded>, Option<WidgetRowKey>) {
    let last = rows.last().map(|row| (row.workspace_id.clone(), row.id));
    let folded = rows.into_iter().filter_map(|row| {
        let tags = read_tags(&row.tags).ok()?;
        let search_text = search_text(&row.name, &row.description, tags.iter().map(Tag::as_str));
        Some(Folded { workspace_id: row.workspace_id, id: row.id, revision: row.revision, search_text })
    });
    (folded.collect(), last)
}
