//! Changes as notifications of PostgreSQL: `NOTIFY`, in the transaction that makes the change.

use diesel::sql_types::Text;
use domain::names::{PeerId, WorkspaceId};
use ports::Change;

/// The channel that every process of the service listens to.
pub(crate) const CHANNEL: &str = "widgetd_changes";

diesel::define_sql_function! {
    /// Notifies all listeners of the channel when the transaction commits.
    fn pg_notify(channel: Text, payload: Text) -> Nullable<Text>;
}

/// The `RETURNING` clause of a statement that makes a change. It sends the notification in the same round trip, and only if
/// the statement changes a row.
pub(crate) fn notify(change: &Change) -> pg_notify<&'static str, String> {
    pg_notify(CHANNEL, write(change))
}

/// A change as text. The name of a workspace contains no spaces; that of a peer may, so it comes last.
fn write(change: &Change) -> String {
    match change {
        Change::ApiKeys => "keys".to_owned(),
        Change::Widgets(workspace) => format!("widgets {workspace}"),
        Change::Bindings(workspace, peer) => format!("bindings {workspace} {peer}"),
        Change::Everything => "everything".to_owned(),
    }
}

/// Reads a change. An unknown text may mean any change: a newer version sends it, or an operator who has edited rows by
/// hand and calls `NOTIFY widgetd_changes`.
pub(crate) fn read(text: &str) -> Change {
    let workspace = |name| WorkspaceId::parse(name).ok();
    let words: Vec<&str> = text.splitn(3, ' ').collect();
    let change = match words[..] {
        ["keys"] => Some(Change::ApiKeys),
        ["widgets", name] => workspace(name).map(Change::Widgets),
        ["bindings", name, peer] => workspace(name).zip(PeerId::parse(peer).ok()).map(|(w, p)| Change::Bindings(w, p)),
        _ => None,
    };
    change.unwrap_or(Change::Everything)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_reads_back() {
        let workspace = WorkspaceId::parse("w.1:a-b").unwrap();
        let bindings = ["p_2", "19:a@thread.tacv2", " + 49  170 ", "bindings w p", "é/%"]
            .map(|peer| Change::Bindings(workspace.clone(), PeerId::parse(peer).unwrap()));
        let others = [Change::ApiKeys, Change::Widgets(workspace), Change::Everything];
        for change in others.into_iter().chain(bindings) {
            assert_eq!(read(&write(&change)), change);
        }
    }

    #[test]
    fn an_unknown_text_means_every_change() {
        for text in ["", "keys ", "keys w", "widgets", "widgets a b", "widgets é", "bindings w", "bindings w ", "x"] {
            assert_eq!(read(text), Change::Everything, "{text:?}");
        }
    }
}
