//! Changes as PostgreSQL passes them on: `NOTIFY`, in the transaction that makes them.

use diesel::sql_types::Text;
use domain::names::{PeerId, WorkspaceId};
use ports::Change;

/// The channel that every process of the service listens to.
pub(crate) const CHANNEL: &str = "widgetd_changes";

diesel::define_sql_function! {
    /// Tells all who listen to the channel, if and when the transaction is committed.
    fn pg_notify(channel: Text, payload: Text) -> Nullable<Text>;
}

/// What a statement that makes a change returns: then change and notification are one, in one round trip, and a statement
/// that finds nothing to change notifies nobody.
pub(crate) fn told(change: &Change) -> pg_notify<&'static str, String> {
    pg_notify(CHANNEL, written(change))
}

/// A change as text. Names hold no spaces.
fn written(change: &Change) -> String {
    match change {
        Change::ApiKeys => "keys".to_owned(),
        Change::Widgets(workspace) => format!("widgets {workspace}"),
        Change::Bindings(workspace, peer) => format!("bindings {workspace} {peer}"),
        Change::Everything => "everything".to_owned(),
    }
}

/// Reads a change. What is not understood may be anything: it comes from a newer version, or from someone who has changed
/// rows by hand and says so with `NOTIFY widgetd_changes`.
pub(crate) fn read(text: &str) -> Change {
    let workspace = |name| WorkspaceId::parse(name).ok();
    let words: Vec<&str> = text.split(' ').collect();
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
        let (workspace, peer) = (WorkspaceId::parse("w.1:a-b").unwrap(), PeerId::parse("p_2").unwrap());
        for change in
            [Change::ApiKeys, Change::Widgets(workspace.clone()), Change::Bindings(workspace, peer), Change::Everything]
        {
            assert_eq!(read(&written(&change)), change);
        }
    }

    #[test]
    fn what_is_not_understood_is_everything() {
        for text in ["", "keys ", "keys w", "widgets", "widgets a b", "widgets é", "bindings w", "bindings w p q", "x"]
        {
            assert_eq!(read(text), Change::Everything, "{text:?}");
        }
    }
}
