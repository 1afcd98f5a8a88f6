use diesel::{dsl::auto_type, prelude::*};

use crate::{
    rows::Id,
    schema::{peer_widget, widget},
};

/// One binding of a peer.
#[auto_type]
pub(crate) fn of_peer<'a>(workspace: &'a str, peer: &'a str, id: Id) -> _ {
    peer_widget::table
        .filter(peer_widget::workspace_id.eq(workspace))
        .filter(peer_widget::id.eq(id))
        .filter(peer_widget::peer_id.eq(peer))
}

/// The binding of a widget to a peer.
#[auto_type]
pub(crate) fn by_widget<'a>(workspace: &'a str, peer: &'a str, widget: Id) -> _ {
    peer_widget::table
        .filter(peer_widget::workspace_id.eq(workspace))
        .filter(peer_widget::peer_id.eq(peer))
        .filter(peer_widget::widget_id.eq(widget))
}

/// All bindings of a widget.
#[auto_type]
pub(crate) fn of_widget<'a>(workspace: &'a str, widget: Id) -> _ {
    peer_widget::table.filter(peer_widget::workspace_id.eq(workspace)).filter(peer_widget::widget_id.eq(widget))
}

/// All bindings with their widgets, which are of the same workspace or pre-built. With an `OR` of the two, PostgreSQL would
/// read all widgets.
#[auto_type]
pub(crate) fn with_widgets<'a>(workspace: &'a str, prebuilt: &'a str) -> _ {
    let either: [&'a str; 2] = [workspace, prebuilt];
    peer_widget::table
        .inner_join(widget::table.on(widget::id.eq(peer_widget::widget_id).and(widget::workspace_id.eq_any(either))))
        .filter(peer_widget::workspace_id.eq(workspace))
}

/// The bindings of a peer with their widgets, in the order of their creation.
#[auto_type]
pub(crate) fn of_peer_with_widgets<'a>(workspace: &'a str, prebuilt: &'a str, peer: &'a str) -> _ {
    let all: with_widgets<'a> = with_widgets(workspace, prebuilt);
    all.filter(peer_widget::peer_id.eq(peer)).order((peer_widget::added_at.asc(), peer_widget::id.asc()))
}
