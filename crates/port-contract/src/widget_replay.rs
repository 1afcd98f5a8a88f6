//! Checks of [`WidgetStore`](ports::WidgetStore): retried creations.

use domain::{
    id::ApiKeyId,
    idempotency::Attempt,
    revision::Precondition,
    widget::{Page, WidgetChange, WidgetFilter},
};
use futures_util::future::join_all;
use ports::{CreateWidgetError, Creation, ReplayError};

use super::{
    Stores,
    fresh::{self, NOW},
};

/// A retry returns the widget as it was created, even after an edit or a deletion, and creates nothing.
pub async fn a_retried_creation_returns_the_first_result(stores: &Stores) {
    let workspace = fresh::workspace();
    let (widget, attempt) = (fresh::widget("repeated"), fresh::attempt());
    let made = stores.widgets.create(&workspace, &widget, fresh::module(), Some(&attempt)).await.expect("create");
    assert_eq!(made, Creation::Created(widget.clone()));

    let change = WidgetChange {
        name: Some(fresh::name("Edited")),
        tags: Some(fresh::tags(&[])),
        component: Some(fresh::component("export default () => null;")),
        ..fresh::change()
    };
    let later = Attempt { made_at: NOW.plus_seconds(60), ..attempt };
    let again = fresh::widget("repeated");
    for step in 0..3 {
        let repeated =
            stores.widgets.create(&workspace, &again, fresh::module(), Some(&later)).await.expect("create again");
        assert_eq!(repeated, Creation::Replayed(widget.clone()), "step {step}");
        let replayed = stores.widgets.replay(&workspace, &later).await.expect("replay");
        assert_eq!(replayed.as_ref(), Some(&widget), "step {step}");
        match step {
            0 => {
                let edit = stores.widgets.update(&workspace, widget.id, change.clone(), &Precondition::Any, NOW);
                edit.await.map(drop).expect("update");
            }
            1 => stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete"),
            _ => {}
        }
    }
    assert_eq!(stores.widgets.find(&workspace, again.id).await.expect("find"), None);
}

/// The key is bound to its request.
pub async fn another_request_with_the_same_key_is_a_mismatch(stores: &Stores) {
    let workspace = fresh::workspace();
    let attempt = fresh::attempt();
    stores.widgets.create(&workspace, &fresh::widget("first"), fresh::module(), Some(&attempt)).await.expect("create");
    let other = fresh::other_request(&attempt);
    let error = stores
        .widgets
        .create(&workspace, &fresh::widget("second"), fresh::module(), Some(&other))
        .await
        .expect_err("mismatch");
    assert!(matches!(error, CreateWidgetError::AttemptMismatch), "{error:?}");
    let error = stores.widgets.replay(&workspace, &other).await.expect_err("mismatch");
    assert!(matches!(error, ReplayError::Mismatch), "{error:?}");
    assert_eq!(stores.widgets.contract(&workspace, &fresh::key("second")).await.expect("contract"), None);
}

/// Of 32 concurrent equal attempts one creates a widget, and all return it.
pub async fn of_concurrent_equal_attempts_one_creates(stores: &Stores) {
    let workspace = fresh::workspace();
    let attempt = fresh::attempt();
    let widgets: Vec<_> = (0..32).map(|_| fresh::widget("once")).collect();
    let creations =
        widgets.iter().map(|widget| stores.widgets.create(&workspace, widget, fresh::module(), Some(&attempt)));
    let (mut made, mut answers) = (0, Vec::new());
    for creation in join_all(creations).await {
        let creation = creation.expect("create");
        made += usize::from(matches!(creation, Creation::Created(_)));
        answers.push(creation.into_inner());
    }
    assert_eq!(made, 1);
    answers.dedup();
    assert_eq!(answers.len(), 1);
    let page = Page { number: 1, limit: 10 };
    let page = stores.widgets.list(&workspace, &WidgetFilter::default(), page).await.expect("list");
    assert_eq!(page.total, 1);
}

/// Only housekeeping forgets a key. The time of a later attempt has no effect, as its clock may be wrong.
pub async fn a_key_is_remembered_whatever_the_clock_says(stores: &Stores) {
    let workspace = fresh::workspace();
    let (widget, attempt) = (fresh::widget("daily"), fresh::attempt());
    stores.widgets.create(&workspace, &widget, fresh::module(), Some(&attempt)).await.expect("create");
    for made_at in fresh::any_times() {
        let later = Attempt { made_at, ..attempt.clone() };
        assert_eq!(stores.widgets.replay(&workspace, &later).await.expect("replay"), Some(widget.clone()));
        let again = stores.widgets.create(&workspace, &fresh::widget("next"), fresh::module(), Some(&later)).await;
        assert_eq!(again.expect("create again"), Creation::Replayed(widget.clone()));
    }
}

/// An idempotency key is separate for each API key and each workspace.
pub async fn callers_do_not_share_idempotency_keys(stores: &Stores) {
    let (ours, theirs) = (fresh::workspace(), fresh::workspace());
    let attempt = fresh::attempt();
    stores.widgets.create(&ours, &fresh::widget("ours"), fresh::module(), Some(&attempt)).await.expect("create");
    let colleague = Attempt { api_key: ApiKeyId::from_uuid(fresh::uuid()), ..attempt.clone() };
    for (workspace, attempt, key) in [(&ours, &colleague, "colleague"), (&theirs, &attempt, "theirs")] {
        assert_eq!(stores.widgets.replay(workspace, attempt).await.expect("replay"), None);
        let widget = fresh::widget(key);
        let made = stores.widgets.create(workspace, &widget, fresh::module(), Some(attempt)).await.expect("create");
        assert_eq!(made, Creation::Created(widget));
    }
}

/// After a refusal the caller may send a corrected request with the same key.
pub async fn a_failed_creation_does_not_use_up_the_key(stores: &Stores) {
    let workspace = fresh::workspace();
    stores.widgets.create(&workspace, &fresh::widget("taken"), fresh::module(), None).await.expect("create");
    let attempt = fresh::attempt();
    let error = stores
        .widgets
        .create(&workspace, &fresh::widget("taken"), fresh::module(), Some(&attempt))
        .await
        .expect_err("taken");
    assert!(matches!(error, CreateWidgetError::KeyTaken), "{error:?}");
    assert_eq!(stores.widgets.replay(&workspace, &attempt).await.expect("replay"), None);
    let (widget, corrected) = (fresh::widget("free"), fresh::other_request(&attempt));
    let made = stores.widgets.create(&workspace, &widget, fresh::module(), Some(&corrected)).await.expect("create");
    assert_eq!(made, Creation::Created(widget));
}
