use diesel::{dsl::auto_type, prelude::*};

use crate::{
    rows::Id,
    schema::{widget, widget_tag, widget_version},
};

/// A widget that is not deleted.
#[auto_type]
pub(crate) fn live<'a>(workspace: &'a str, id: Id) -> _ {
    widget::table
        .filter(widget::workspace_id.eq(workspace))
        .filter(widget::id.eq(id))
        .filter(widget::deleted_at.is_null())
}

/// The widget with this key that is not deleted.
#[auto_type]
pub(crate) fn live_by_key<'a>(workspace: &'a str, key: &'a str) -> _ {
    widget::table
        .filter(widget::workspace_id.eq(workspace))
        .filter(widget::key.eq(key))
        .filter(widget::deleted_at.is_null())
}

/// All widgets with their current versions.
#[auto_type]
fn with_version() -> _ {
    widget::table.inner_join(
        widget_version::table.on(widget_version::workspace_id
            .eq(widget::workspace_id)
            .and(widget_version::widget_id.eq(widget::id))
            .and(widget_version::version.eq(widget::version))),
    )
}

/// A widget that is not deleted, with its current version.
#[auto_type]
pub(crate) fn live_with_version<'a>(workspace: &'a str, id: Id) -> _ {
    let all: with_version = with_version();
    all.filter(widget::workspace_id.eq(workspace)).filter(widget::id.eq(id)).filter(widget::deleted_at.is_null())
}

/// The same by key. Every message runs this query.
#[auto_type]
pub(crate) fn live_with_version_by_key<'a>(workspace: &'a str, key: &'a str) -> _ {
    let all: with_version = with_version();
    all.filter(widget::workspace_id.eq(workspace)).filter(widget::key.eq(key)).filter(widget::deleted_at.is_null())
}

/// All versions of a widget, deleted or not.
#[auto_type]
pub(crate) fn versions<'a>(workspace: &'a str, id: Id) -> _ {
    widget_version::table.filter(widget_version::workspace_id.eq(workspace)).filter(widget_version::widget_id.eq(id))
}

/// The tags of a widget.
#[auto_type]
pub(crate) fn tags<'a>(workspace: &'a str, id: Id) -> _ {
    widget_tag::table.filter(widget_tag::workspace_id.eq(workspace)).filter(widget_tag::widget_id.eq(id))
}

/// The ids of the widgets that have a tag.
#[auto_type]
pub(crate) fn ids_with_tag<'a>(workspace: &'a str, tag: &'a str) -> _ {
    widget_tag::table
        .filter(widget_tag::workspace_id.eq(workspace))
        .filter(widget_tag::tag.eq(tag))
        .select(widget_tag::widget_id)
}
