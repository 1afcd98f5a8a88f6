//! Checks of [`WidgetStore::restore`](ports::WidgetStore::restore).

use domain::{
    id::WidgetId,
    idempotency::{Attempt, MIN_RETENTION_SECONDS},
    names::WorkspaceId,
    revision::{Precondition, Revision},
    widget::{Version, Widget, WidgetChange},
};
use futures_util::future::join_all;
use ports::{Creation, RestoreError};

use super::{
    Stores,
    fresh::{self, NOW},
};

/// A restoration creates a new version with the old content and module. The versions between stay, and `contract` returns the new one.
pub async fn an_old_version_comes_back_as_a_new_one(stores: &Stores) {
    let (workspace, first, second) = edited(stores).await;
    let later = NOW.plus_seconds(60);
    let restored = stores.widgets.restore(&workspace, first.id, Version::FIRST, &Precondition::Any, None, later).await;
    let restored = restored.expect("restore");
    let expected = Widget {
        version: Version(3),
        revision: Revision(3),
        updated_at: later,
        schema: first.schema.clone(),
        component: first.component.clone(),
        resources: first.resources.clone(),
        ..second.clone()
    };
    assert_eq!(restored, Creation::Created(expected.clone()));
    let found = stores.widgets.find(&workspace, first.id).await.expect("find").expect("there");
    assert_eq!(found.widget, expected);
    let contract = stores.widgets.contract(&workspace, &first.key).await.expect("contract").expect("there");
    assert_eq!((contract.version, contract.schema), (Version(3), first.schema));
    let version = stores.versions.find_version(&workspace, first.id, Version(3)).await.expect("find").expect("there");
    assert_eq!((version.module, version.created_at), (Some(fresh::module().summary().clone()), later));
    let version = stores.versions.find_version(&workspace, first.id, Version(2)).await.expect("find").expect("there");
    let content = (version.schema, version.component, version.resources);
    assert_eq!(content, (second.schema, second.component, second.resources));
}

/// Restoring the current version, or another one with the same content, changes neither revision nor time.
pub async fn restoring_the_current_content_changes_nothing(stores: &Stores) {
    let (workspace, first, second) = edited(stores).await;
    let current = restore(stores, &workspace, second.id, 2, &Precondition::Any, None).await.expect("restore");
    assert_eq!(current, Creation::Created(second));
    let third = restore(stores, &workspace, first.id, 1, &Precondition::Any, None).await.expect("restore").into_inner();
    assert_eq!(third.version, Version(3));
    for same in [1, 3] {
        let again = restore(stores, &workspace, first.id, same, &Precondition::Any, None).await.expect("restore");
        assert_eq!(again, Creation::Created(third.clone()), "{same}");
    }
}

/// An unmet precondition refuses the restoration, even one that would change nothing. Of 8 concurrent ones one succeeds.
pub async fn a_restoration_with_a_stale_revision_changes_nothing(stores: &Stores) {
    let (workspace, first, second) = edited(stores).await;
    let stale = Precondition::OneOf(vec![Revision::FIRST]);
    for version in [1, 2] {
        let error = restore(stores, &workspace, first.id, version, &stale, None).await.expect_err("stale");
        assert!(matches!(error, RestoreError::Stale), "{error:?}");
    }
    let found = stores.widgets.find(&workspace, first.id).await.expect("find").expect("there");
    assert_eq!(found.widget, second);
    let met = Precondition::OneOf(vec![second.revision]);
    let restored = join_all((0..8).map(|_| restore(stores, &workspace, first.id, 1, &met, None))).await;
    assert_eq!(restored.iter().filter(|result| result.is_ok()).count(), 1);
}

/// Unknown version, unknown widget, another workspace's widget, deleted widget.
pub async fn a_missing_widget_or_version_is_not_restored(stores: &Stores) {
    let (workspace, first, second) = edited(stores).await;
    for version in [0, 3, u32::MAX] {
        let error = restore(stores, &workspace, first.id, version, &Precondition::Any, None).await.expect_err("none");
        assert!(matches!(error, RestoreError::VersionNotFound), "{version}: {error:?}");
    }
    let missing = WidgetId::from_uuid(fresh::uuid());
    for (workspace, id) in [(&fresh::workspace(), first.id), (&workspace, missing)] {
        let error = restore(stores, workspace, id, 1, &Precondition::Any, None).await.expect_err("not there");
        assert!(matches!(error, RestoreError::NotFound), "{error:?}");
    }
    let found = stores.widgets.find(&workspace, first.id).await.expect("find").expect("there");
    assert_eq!(found.widget, second);
    stores.widgets.delete(&workspace, first.id, &Precondition::Any, NOW).await.expect("delete");
    let error = restore(stores, &workspace, first.id, 1, &Precondition::Any, None).await.expect_err("deleted");
    assert!(matches!(error, RestoreError::NotFound), "{error:?}");
}

/// A retry returns the widget as it was restored, even after an edit or a deletion. Of concurrent retries one restores.
pub async fn a_retried_restoration_returns_the_first_result(stores: &Stores) {
    let (workspace, first, _) = edited(stores).await;
    let attempt = fresh::attempt();
    let results =
        join_all((0..8).map(|_| restore(stores, &workspace, first.id, 1, &Precondition::Any, Some(&attempt)))).await;
    let creations: Vec<_> = results.into_iter().map(|result| result.expect("restore")).collect();
    assert_eq!(creations.iter().filter(|creation| !creation.is_replay()).count(), 1);
    let restored = creations[0].get().clone();
    assert_eq!(restored.version, Version(3));
    assert!(creations.iter().all(|creation| *creation.get() == restored), "{creations:?}");

    let change = WidgetChange { component: Some(fresh::component("export default () => 4;")), ..fresh::change() };
    stores.widgets.update(&workspace, first.id, change, &Precondition::Any, NOW).await.expect("update");
    for step in 0..2 {
        let later = Attempt { made_at: NOW.plus_seconds(MIN_RETENTION_SECONDS), ..attempt.clone() };
        let again = restore(stores, &workspace, first.id, 1, &Precondition::Any, Some(&later)).await;
        assert_eq!(again.expect("again"), Creation::Replayed(restored.clone()), "{step}");
        assert_eq!(stores.widgets.replay(&workspace, &later).await.expect("replay"), Some(restored.clone()), "{step}");
        if step == 0 {
            stores.widgets.delete(&workspace, first.id, &Precondition::Any, NOW).await.expect("delete");
        }
    }
}

/// The key is bound to its request. A refused restoration does not use up the key.
pub async fn another_request_with_the_same_key_restores_nothing(stores: &Stores) {
    let (workspace, first, _) = edited(stores).await;
    let attempt = fresh::attempt();
    let error = restore(stores, &workspace, first.id, 9, &Precondition::Any, Some(&attempt)).await;
    assert!(matches!(error, Err(RestoreError::VersionNotFound)), "{error:?}");
    let made = restore(stores, &workspace, first.id, 1, &Precondition::Any, Some(&attempt)).await.expect("restore");
    assert!(!made.is_replay());
    let other = fresh::other_request(&attempt);
    let error = restore(stores, &workspace, first.id, 2, &Precondition::Any, Some(&other)).await;
    assert!(matches!(error, Err(RestoreError::AttemptMismatch)), "{error:?}");
    let found = stores.widgets.find(&workspace, first.id).await.expect("find").expect("there");
    assert_eq!(&found.widget, made.get());
}

/// A widget with two versions: as it was created, and as it is now.
async fn edited(stores: &Stores) -> (WorkspaceId, Widget, Widget) {
    let workspace = fresh::workspace();
    let first = fresh::widget("restored");
    stores.widgets.create(&workspace, &first, fresh::module(), None).await.expect("create");
    let source = fresh::component("export default () => 2;");
    let compiled = fresh::compiled(&source, &fresh::module_of("second"));
    let change = WidgetChange {
        name: Some(fresh::name("Second")),
        schema: Some(fresh::schema(r#"{"type":"object","maxProperties":2}"#)),
        component: Some(source),
        compiled: Some(compiled),
        resources: Some(fresh::resources("https://second.example")),
        ..fresh::change()
    };
    let later = NOW.plus_seconds(1);
    let second = stores.widgets.update(&workspace, first.id, change, &Precondition::Any, later).await.expect("update");
    (workspace, first, second.widget)
}

async fn restore(
    stores: &Stores,
    workspace: &WorkspaceId,
    id: WidgetId,
    version: u32,
    precondition: &Precondition,
    attempt: Option<&Attempt>,
) -> Result<Creation<Widget>, RestoreError> {
    let (version, later) = (Version(version), NOW.plus_seconds(2));
    stores.widgets.restore(workspace, id, version, precondition, attempt, later).await
}
