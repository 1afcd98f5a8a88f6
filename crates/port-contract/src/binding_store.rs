//! Checks of [`BindingStore`](ports::BindingStore).

use domain::{
    binding::PeerWidget,
    id::{PeerWidgetId, WidgetId},
    names::WorkspaceId,
    revision::Precondition,
    widget::{Widget, WidgetChange},
};
use futures_util::future::{join, join_all};
use ports::{BindError, Creation, DeleteWidgetError, ReplaceBindingError};

use super::{
    Stores,
    fresh::{self, NOW},
};

/// Configurations are returned exactly as they were saved. Absent members stay absent.
pub async fn a_binding_comes_back_as_it_was_saved(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace, "bound").await;
    let props = "{ \"z\":12345678901234567890123,\n \"a\":[1e2, \"\\u0000\", \"🦀\"] }";
    let configs = [
        fresh::config(None, None),
        fresh::config(Some(props), None),
        fresh::config(Some("{}"), Some(true)),
        fresh::config(None, Some(false)),
    ];
    for (n, config) in configs.into_iter().enumerate() {
        let binding = PeerWidget { config, enabled: n % 2 == 0, ..fresh::binding(&format!("peer:{n}"), widget.id) };
        let made = stores.bindings.add(&workspace, &binding, None).await.expect("add");
        assert_eq!(made, Creation::Created(binding.clone()));

        let by_widget = stores.bindings.find_by_widget(&workspace, &binding.peer, widget.id).await.expect("find");
        assert_eq!(by_widget.as_ref(), Some(&binding));
        let found = stores.bindings.find(&workspace, &binding.peer, binding.id).await.expect("find").expect("there");
        assert_eq!((&found.binding, &found.widget_key, &found.widget_name), (&binding, &widget.key, &widget.name));
        let listed = stores.bindings.list(&workspace, &binding.peer).await.expect("list");
        assert_eq!(listed, [found]);
    }
}

/// Peers keep their names to the byte, names that differ in a byte are different, and a widget in use names them.
pub async fn caller_names_are_kept_apart(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace, "bound").await;
    let mut names = fresh::caller_names();
    for name in &names {
        let binding = fresh::binding(name, widget.id);
        stores.bindings.add(&workspace, &binding, None).await.expect("add");
        let listed = stores.bindings.list(&workspace, &fresh::peer(name)).await.expect("list");
        assert_eq!(listed.into_iter().map(|named| named.binding).collect::<Vec<_>>(), [binding], "{name}");
    }
    names.sort();
    let expected = names.map(|name| fresh::peer(&name));
    match stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await {
        Err(DeleteWidgetError::InUse { peers, .. }) => assert_eq!(peers, expected),
        other => panic!("not refused: {other:?}"),
    }
}

/// Of 32 concurrent bindings of a widget to the same peer exactly one succeeds.
pub async fn a_peer_has_a_widget_at_most_once(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace, "once").await;
    let bindings: Vec<_> = (0..32).map(|_| fresh::binding("peer", widget.id)).collect();
    let results = join_all(bindings.iter().map(|binding| stores.bindings.add(&workspace, binding, None))).await;
    let mut made = Vec::new();
    for result in results {
        match result {
            Ok(binding) => made.push(binding.into_inner()),
            Err(BindError::AlreadyBound) => {}
            Err(other) => panic!("neither bound nor refused: {other:?}"),
        }
    }
    assert_eq!(made.len(), 1);
    let listed = stores.bindings.list(&workspace, &fresh::peer("peer")).await.expect("list");
    assert_eq!(listed.into_iter().map(|named| named.binding).collect::<Vec<_>>(), made);
    let other_peer = fresh::binding("peer_2", widget.id);
    stores.bindings.add(&workspace, &other_peer, None).await.expect("another peer may have it too");
}

/// An unknown widget, a deleted one, or another workspace's cannot be bound.
pub async fn only_existing_widgets_of_the_workspace_are_bound(stores: &Stores) {
    let (ours, theirs) = (fresh::workspace(), fresh::workspace());
    let their = widget(stores, &theirs, "theirs").await;
    let deleted = widget(stores, &ours, "deleted").await;
    stores.widgets.delete(&ours, deleted.id, &Precondition::Any, NOW).await.expect("delete");
    for id in [their.id, deleted.id, WidgetId::from_uuid(fresh::uuid())] {
        let error = stores.bindings.add(&ours, &fresh::binding("peer", id), None).await.expect_err("no such widget");
        assert!(matches!(error, BindError::WidgetNotFound), "{error:?}");
    }
    assert!(stores.bindings.list(&ours, &fresh::peer("peer")).await.expect("list").is_empty());
}

/// The list includes disabled bindings, and the new name of a renamed widget.
pub async fn bindings_are_listed_oldest_first_with_the_current_widget_name(stores: &Stores) {
    let workspace = fresh::workspace();
    let peer = fresh::peer("peer");
    let mut expected = Vec::new();
    for n in 0..12 {
        let widget = widget(stores, &workspace, &format!("widget-{n}")).await;
        let name = fresh::name(&format!("Name {n}"));
        let change = WidgetChange { name: Some(name.clone()), ..fresh::change() };
        let binding = PeerWidget { enabled: n % 3 == 0, ..fresh::binding("peer", widget.id) };
        stores.bindings.add(&workspace, &binding, None).await.expect("add");
        stores.widgets.update(&workspace, widget.id, change, &Precondition::Any, NOW).await.expect("update");
        expected.push((binding, widget.key, name));
    }
    let listed = stores.bindings.list(&workspace, &peer).await.expect("list");
    let listed: Vec<_> = listed.into_iter().map(|named| (named.binding, named.widget_key, named.widget_name)).collect();
    assert_eq!(listed, expected);
}

/// No method returns or changes another workspace's binding.
pub async fn another_workspaces_bindings_are_never_seen(stores: &Stores) {
    let (ours, theirs) = (fresh::workspace(), fresh::workspace());
    let widget = widget(stores, &theirs, "theirs").await;
    let binding = fresh::binding("peer", widget.id);
    stores.bindings.add(&theirs, &binding, None).await.expect("add");

    assert!(stores.bindings.list(&ours, &binding.peer).await.expect("list").is_empty());
    assert_eq!(stores.bindings.find(&ours, &binding.peer, binding.id).await.expect("find"), None);
    assert_eq!(stores.bindings.find_by_widget(&ours, &binding.peer, widget.id).await.expect("find"), None);
    assert_eq!(stores.bindings.usage_count(&ours, widget.id).await.expect("count"), 0);
    assert!(!stores.bindings.remove(&ours, &binding.peer, binding.id).await.expect("remove"));
    let next = PeerWidget { enabled: false, ..binding.clone() };
    let error = stores.bindings.replace(&ours, &binding, &next).await.expect_err("not ours");
    assert!(matches!(error, ReplaceBindingError::NotFound), "{error:?}");

    let kept = stores.bindings.find_by_widget(&theirs, &binding.peer, widget.id).await.expect("find");
    assert_eq!(kept, Some(binding));
}

/// No method returns or changes a binding by its id with another peer.
pub async fn another_peers_bindings_are_never_seen(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace, "peers").await;
    let binding = fresh::binding("peer_1", widget.id);
    stores.bindings.add(&workspace, &binding, None).await.expect("add");

    let other = fresh::peer("peer_2");
    assert!(stores.bindings.list(&workspace, &other).await.expect("list").is_empty());
    assert_eq!(stores.bindings.find(&workspace, &other, binding.id).await.expect("find"), None);
    assert_eq!(stores.bindings.find_by_widget(&workspace, &other, widget.id).await.expect("find"), None);
    assert!(!stores.bindings.remove(&workspace, &other, binding.id).await.expect("remove"));
    let (current, next) = (
        PeerWidget { peer: other.clone(), ..binding.clone() },
        PeerWidget { peer: other, enabled: false, ..binding.clone() },
    );
    let error = stores.bindings.replace(&workspace, &current, &next).await.expect_err("another peer's");
    assert!(matches!(error, ReplaceBindingError::NotFound), "{error:?}");

    let kept = stores.bindings.find_by_widget(&workspace, &binding.peer, widget.id).await.expect("find");
    assert_eq!(kept, Some(binding));
}

/// Compare-and-swap: of 16 concurrent replacements of the same state exactly one succeeds.
pub async fn of_concurrent_replacements_of_the_same_state_one_succeeds(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace, "swapped").await;
    let current = PeerWidget { config: fresh::config(Some("{}"), None), ..fresh::binding("peer", widget.id) };
    stores.bindings.add(&workspace, &current, None).await.expect("add");
    let nexts: Vec<_> = (0..16)
        .map(|n| PeerWidget {
            config: fresh::config(Some(&format!("{{\"n\":{n}}}")), Some(n % 2 == 0)),
            ..current.clone()
        })
        .collect();
    let results = join_all(nexts.iter().map(|next| stores.bindings.replace(&workspace, &current, next))).await;
    let mut winners = Vec::new();
    for (next, result) in nexts.iter().zip(results) {
        match result {
            Ok(()) => winners.push(next),
            Err(ReplaceBindingError::Changed) => {}
            Err(other) => panic!("neither replaced nor refused: {other:?}"),
        }
    }
    let [winner] = winners[..] else { panic!("one succeeds: {winners:?}") };
    let found = stores.bindings.find_by_widget(&workspace, &current.peer, widget.id).await.expect("find");
    assert_eq!(found.as_ref(), Some(winner));

    let cleared = PeerWidget { enabled: false, config: fresh::config(None, None), ..winner.clone() };
    stores.bindings.replace(&workspace, winner, &cleared).await.expect("a replacement of the current state succeeds");
    let found = stores.bindings.find_by_widget(&workspace, &current.peer, widget.id).await.expect("find");
    assert_eq!(found, Some(cleared));
}

/// Any difference counts as another state: an absent member differs from a present one, and white space matters.
pub async fn a_replacement_of_another_state_changes_nothing(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace, "kept").await;
    let kept = PeerWidget { config: fresh::config(Some("{\"a\":1}"), None), ..fresh::binding("peer", widget.id) };
    stores.bindings.add(&workspace, &kept, None).await.expect("add");
    let others = [
        PeerWidget { enabled: false, ..kept.clone() },
        PeerWidget { config: fresh::config(Some("{\"a\":1}"), Some(true)), ..kept.clone() },
        PeerWidget { config: fresh::config(Some("{\"a\": 1}"), None), ..kept.clone() },
        PeerWidget { config: fresh::config(None, None), ..kept.clone() },
    ];
    for other in others {
        let next = PeerWidget { config: fresh::config(None, Some(false)), ..other.clone() };
        let error = stores.bindings.replace(&workspace, &other, &next).await.expect_err("another state");
        assert!(matches!(error, ReplaceBindingError::Changed), "{error:?}");
    }
    let gone = PeerWidget { id: PeerWidgetId::from_uuid(fresh::uuid()), ..kept.clone() };
    let error = stores.bindings.replace(&workspace, &gone, &kept).await.expect_err("no such binding");
    assert!(matches!(error, ReplaceBindingError::NotFound), "{error:?}");
    let found = stores.bindings.find_by_widget(&workspace, &kept.peer, widget.id).await.expect("find");
    assert_eq!(found, Some(kept));
}

/// `remove` returns whether the binding existed. Afterwards the widget can be bound again, or deleted.
pub async fn a_removed_binding_can_be_created_again(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace, "removed").await;
    for _ in 0..2 {
        let binding = fresh::binding("peer", widget.id);
        stores.bindings.add(&workspace, &binding, None).await.expect("add");
        assert_eq!(stores.bindings.usage_count(&workspace, widget.id).await.expect("count"), 1);
        assert!(stores.bindings.remove(&workspace, &binding.peer, binding.id).await.expect("remove"));
        assert!(!stores.bindings.remove(&workspace, &binding.peer, binding.id).await.expect("remove again"));
        assert_eq!(stores.bindings.find(&workspace, &binding.peer, binding.id).await.expect("find"), None);
        let by_widget = stores.bindings.find_by_widget(&workspace, &binding.peer, widget.id).await.expect("find");
        assert_eq!(by_widget, None);
        assert_eq!(stores.bindings.usage_count(&workspace, widget.id).await.expect("count"), 0);
    }
    stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("no peer has it");
}

/// 40 races of a deletion with four bindings: either the widget is deleted and no peer has it, or it exists.
pub async fn a_widget_is_never_both_deleted_and_bound(stores: &Stores) {
    let workspace = fresh::workspace();
    for round in 0..40 {
        let widget = widget(stores, &workspace, &format!("raced-{round}")).await;
        let bindings: Vec<_> = (0..4).map(|n| fresh::binding(&format!("peer_{n}"), widget.id)).collect();
        let bind = join_all(bindings.iter().map(|binding| stores.bindings.add(&workspace, binding, None)));
        let delete = stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW);
        // Alternates which one is polled first.
        let (bound, deleted) = if round % 2 == 0 {
            join(bind, delete).await
        } else {
            let (deleted, bound) = join(delete, bind).await;
            (bound, deleted)
        };
        let count = bound.iter().filter(|result| result.is_ok()).count() as u64;
        for result in bound {
            assert!(matches!(result, Ok(_) | Err(BindError::WidgetNotFound)), "{result:?}");
        }
        assert_eq!(stores.bindings.usage_count(&workspace, widget.id).await.expect("count"), count);
        let found = stores.widgets.find(&workspace, widget.id).await.expect("find");
        match deleted {
            Ok(()) => assert_eq!((found, count), (None, 0), "round {round}"),
            Err(DeleteWidgetError::InUse { .. }) => {
                assert_eq!(found.map(|found| found.usage_count), Some(count), "round {round}");
                assert!(count > 0, "round {round}");
            }
            Err(other) => panic!("neither deleted nor in use: {other:?}"),
        }
    }
}

async fn widget(stores: &Stores, workspace: &WorkspaceId, key: &str) -> Widget {
    stores.widgets.create(workspace, &fresh::widget(key), fresh::module(), None).await.expect("create").into_inner()
}
