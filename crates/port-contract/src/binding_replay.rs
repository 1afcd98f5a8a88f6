//! Checks of [`BindingStore`](ports::BindingStore): retried bindings.

use domain::{binding::PeerWidget, idempotency::Attempt, names::WorkspaceId, widget::Widget};
use futures_util::future::join_all;
use ports::{AppendError, BindError, CreateWidgetError, Creation, ReplayError};

use super::{Stores, fresh};

/// A retry returns the binding as it was created, even after a change or a removal, and creates nothing.
pub async fn a_retried_binding_returns_the_first_result(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace).await;
    let props = "{ \"n\":12345678901234567890123, \"s\":\"\\u0000\" }";
    let binding = PeerWidget { config: fresh::config(Some(props), None), ..fresh::binding("peer", widget.id) };
    let attempt = fresh::attempt();
    let made = stores.bindings.add(&workspace, &binding, Some(&attempt)).await.expect("add");
    assert_eq!(made, Creation::Created(binding.clone()));

    let again = fresh::binding("peer", widget.id);
    let next = PeerWidget { enabled: false, config: fresh::config(None, Some(false)), ..binding.clone() };
    for step in 0..3 {
        let repeated = stores.bindings.add(&workspace, &again, Some(&attempt)).await.expect("add again");
        assert_eq!(repeated, Creation::Replayed(binding.clone()), "step {step}");
        let replayed = stores.bindings.replay(&workspace, &attempt).await.expect("replay");
        assert_eq!(replayed.as_ref(), Some(&binding), "step {step}");
        match step {
            0 => stores.bindings.replace(&workspace, &binding, &next).await.expect("replace"),
            1 => assert!(stores.bindings.remove(&workspace, &binding.peer, binding.id).await.expect("remove")),
            _ => {}
        }
    }
    assert!(stores.bindings.list(&workspace, &binding.peer).await.expect("list").is_empty());
}

/// Of 32 concurrent equal attempts one creates a binding, and all return it.
pub async fn of_concurrent_equal_attempts_one_binds(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace).await;
    let attempt = fresh::attempt();
    let bindings: Vec<_> = (0..32).map(|_| fresh::binding("peer", widget.id)).collect();
    let results =
        join_all(bindings.iter().map(|binding| stores.bindings.add(&workspace, binding, Some(&attempt)))).await;
    let (mut made, mut answers) = (0, Vec::new());
    for result in results {
        let creation = result.expect("add");
        made += usize::from(matches!(creation, Creation::Created(_)));
        answers.push(creation.into_inner());
    }
    assert_eq!(made, 1);
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

/// The key is bound to its request.
pub async fn another_request_with_the_same_key_is_a_mismatch(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace).await;
    let attempt = fresh::attempt();
    stores.bindings.add(&workspace, &fresh::binding("peer_1", widget.id), Some(&attempt)).await.expect("add");
    let other = fresh::other_request(&attempt);
    let binding = fresh::binding("peer_2", widget.id);
    let error = stores.bindings.add(&workspace, &binding, Some(&other)).await.expect_err("mismatch");
    assert!(matches!(error, BindError::AttemptMismatch), "{error:?}");
    let error = stores.bindings.replay(&workspace, &other).await.expect_err("mismatch");
    assert!(matches!(error, ReplayError::Mismatch), "{error:?}");
    assert_eq!(stores.bindings.usage_count(&workspace, widget.id).await.expect("count"), 1);
}

/// A caller's idempotency keys are shared by all stores: one that created a binding cannot create a message or a widget.
pub async fn a_key_used_for_another_kind_of_request_is_a_mismatch(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace).await;
    let (of_binding, of_message, of_widget) = (fresh::attempt(), fresh::attempt(), fresh::attempt());
    let binding = fresh::binding("peer", widget.id);
    stores.bindings.add(&workspace, &binding, Some(&of_binding)).await.expect("add");
    stores.messages.append(&workspace, &fresh::message("c"), Some(&of_message)).await.expect("append");
    stores.widgets.create(&workspace, &fresh::widget("made"), fresh::module(), Some(&of_widget)).await.expect("create");

    for attempt in [&of_message, &of_widget] {
        let other = fresh::binding("other", widget.id);
        let error = stores.bindings.add(&workspace, &other, Some(attempt)).await.expect_err("mismatch");
        assert!(matches!(error, BindError::AttemptMismatch), "{error:?}");
        let error = stores.bindings.replay(&workspace, attempt).await.expect_err("mismatch");
        assert!(matches!(error, ReplayError::Mismatch), "{error:?}");
    }
    for attempt in [&of_binding, &of_widget] {
        let other = fresh::message("c");
        let error = stores.messages.append(&workspace, &other, Some(attempt)).await.expect_err("mismatch");
        assert!(matches!(error, AppendError::AttemptMismatch), "{error:?}");
        let error = stores.messages.replay(&workspace, attempt).await.expect_err("mismatch");
        assert!(matches!(error, ReplayError::Mismatch), "{error:?}");
    }
    for attempt in [&of_binding, &of_message] {
        let other = fresh::widget("other");
        let error =
            stores.widgets.create(&workspace, &other, fresh::module(), Some(attempt)).await.expect_err("mismatch");
        assert!(matches!(error, CreateWidgetError::AttemptMismatch), "{error:?}");
        let error = stores.widgets.replay(&workspace, attempt).await.expect_err("mismatch");
        assert!(matches!(error, ReplayError::Mismatch), "{error:?}");
    }
}

/// Only housekeeping forgets a key. The time of a later attempt has no effect, as its clock may be wrong.
pub async fn a_key_is_remembered_whatever_the_clock_says(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace).await;
    let (binding, attempt) = (fresh::binding("peer_1", widget.id), fresh::attempt());
    stores.bindings.add(&workspace, &binding, Some(&attempt)).await.expect("add");
    for made_at in fresh::any_times() {
        let later = Attempt { made_at, ..attempt.clone() };
        assert_eq!(stores.bindings.replay(&workspace, &later).await.expect("replay"), Some(binding.clone()));
        let again = stores.bindings.add(&workspace, &fresh::binding("peer_2", widget.id), Some(&later)).await;
        assert_eq!(again.expect("add again"), Creation::Replayed(binding.clone()));
    }
}

/// After a refusal the key can be used again.
pub async fn a_failed_binding_does_not_use_up_the_key(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = widget(stores, &workspace).await;
    stores.bindings.add(&workspace, &fresh::binding("peer", widget.id), None).await.expect("add");
    let attempt = fresh::attempt();
    let twice = fresh::binding("peer", widget.id);
    let error = stores.bindings.add(&workspace, &twice, Some(&attempt)).await.expect_err("bound already");
    assert!(matches!(error, BindError::AlreadyBound), "{error:?}");
    assert_eq!(stores.bindings.replay(&workspace, &attempt).await.expect("replay"), None);
}

async fn widget(stores: &Stores, workspace: &WorkspaceId) -> Widget {
    stores.widgets.create(workspace, &fresh::widget("bound"), fresh::module(), None).await.expect("create").into_inner()
}
