//! Checks of [`WidgetStore`](ports::WidgetStore): single widgets.

use domain::{
    id::WidgetId,
    limits::MAX_PEERS_NAMED,
    names::WorkspaceId,
    revision::Precondition,
    widget::{Category, Page, TagSet, Version, Widget, WidgetChange, WidgetDraft, WidgetFilter, WidgetWithUsage},
};
use futures_util::future::join_all;
use ports::{CreateWidgetError, Creation, DeleteWidgetError, UpdateWidgetError};

use super::{
    Stores,
    fresh::{self, NOW},
};

const FIRST_PAGE: Page = Page { number: 1, limit: 100 };

/// Documents, names and times are returned exactly as they were saved.
pub async fn a_widget_comes_back_as_it_was_saved(stores: &Stores) {
    let workspace = fresh::workspace();
    let text = "{ \"type\":\"object\",\n\t\"properties\": {\"z\":{\"enum\":[12345678901234567890123, 1e2, 1.0, -0]},\"a\":{\"const\":\"\\u0000 \\/ é 🦀\"}} }";
    let draft = WidgetDraft {
        name: fresh::name("  Ünïcode 🦀 %_' \"quoted\" "),
        description: fresh::description("two\r\nlines\tand a tab; -- DROP TABLE widget"),
        category: Category::CustomerService,
        tags: fresh::tags(&["b", "a", "b", "ÄÖ", "[\"json\"]"]),
        schema: fresh::schema(text),
        component: fresh::component("\u{feff}// é 🦀\r\nexport default () => <i>{'\\u0000'}</i>;\n\n"),
        ..fresh::draft("exact")
    };
    let widget = fresh::widget_of(draft);
    let made = stores.widgets.create(&workspace, &widget, fresh::module(), None).await.expect("create");
    assert_eq!(made, Creation::Created(widget.clone()));

    let found = stores.widgets.find(&workspace, widget.id).await.expect("find").expect("it is there");
    assert_eq!((&found.widget, found.usage_count), (&widget, 0));
    assert_eq!(found.widget.schema.text().as_str(), text);

    let contract = stores.widgets.contract(&workspace, &widget.key).await.expect("contract").expect("it is there");
    assert_eq!((contract.id, contract.version, contract.schema), (widget.id, Version::FIRST, widget.schema));
    assert_eq!(contract.key, widget.key);

    let page = stores.widgets.list(&workspace, &WidgetFilter::default(), FIRST_PAGE).await.expect("list");
    assert_eq!(page.total, 1);
    let [summary] = &page.widgets[..] else { panic!("one widget: {page:?}") };
    assert_eq!((summary.id, &summary.key, &summary.name), (widget.id, &widget.key, &widget.name));
    assert_eq!((&summary.description, summary.category), (&widget.description, widget.category));
    assert_eq!((&summary.tags, summary.version, summary.created_at), (&widget.tags, widget.version, NOW));
}

/// Of 32 concurrent creations with the same key exactly one succeeds.
pub async fn concurrent_creates_with_the_same_key_create_one_widget(stores: &Stores) {
    let workspace = fresh::workspace();
    let widgets: Vec<Widget> = (0..32).map(|_| fresh::widget("contested")).collect();
    let results =
        join_all(widgets.iter().map(|widget| stores.widgets.create(&workspace, widget, fresh::module(), None))).await;
    let made: Vec<Widget> = results
        .into_iter()
        .filter_map(|result| match result {
            Ok(Creation::Created(widget)) => Some(widget),
            Err(CreateWidgetError::KeyTaken) => None,
            other => panic!("neither created nor refused: {other:?}"),
        })
        .collect();
    assert_eq!(made.len(), 1);
    let contract = stores.widgets.contract(&workspace, &fresh::key("contested")).await.expect("contract");
    assert_eq!(contract.map(|contract| contract.id), Some(made[0].id));
    assert_eq!(total(stores, &workspace).await, 1);
}

/// A creation with a taken key saves nothing.
pub async fn a_taken_key_is_refused_and_nothing_is_saved(stores: &Stores) {
    let workspace = fresh::workspace();
    let first = create(stores, &workspace, fresh::widget("taken")).await;
    let second = fresh::widget("taken");
    let error = stores.widgets.create(&workspace, &second, fresh::module(), None).await.expect_err("the key is taken");
    assert!(matches!(error, CreateWidgetError::KeyTaken), "{error:?}");
    assert_eq!(stores.widgets.find(&workspace, second.id).await.expect("find"), None);
    let found = stores.widgets.find(&workspace, first.id).await.expect("find").expect("the first stays");
    assert_eq!(found.widget, first);
    assert_eq!(total(stores, &workspace).await, 1);
}

/// Keys are unique only within a workspace.
pub async fn two_workspaces_may_use_the_same_key(stores: &Stores) {
    let (ours, theirs) = (fresh::workspace(), fresh::workspace());
    let our = create(stores, &ours, fresh::widget("shared")).await;
    let their = create(stores, &theirs, fresh::widget("shared")).await;
    for (workspace, widget) in [(&ours, &our), (&theirs, &their)] {
        let contract = stores.widgets.contract(workspace, &widget.key).await.expect("contract");
        assert_eq!(contract.map(|contract| contract.id), Some(widget.id));
    }
}

/// No method returns or changes another workspace's widget.
pub async fn another_workspaces_widgets_are_never_seen(stores: &Stores) {
    let (ours, theirs) = (fresh::workspace(), fresh::workspace());
    let widget = create(stores, &theirs, fresh::widget("theirs")).await;

    assert_eq!(stores.widgets.find(&ours, widget.id).await.expect("find"), None);
    assert_eq!(stores.widgets.contract(&ours, &widget.key).await.expect("contract"), None);
    assert_eq!(total(stores, &ours).await, 0);
    let error = update(stores, &ours, widget.id, fresh::change(), &Precondition::Any).await.expect_err("update");
    assert!(matches!(error, UpdateWidgetError::NotFound), "{error:?}");
    let error = stores.widgets.delete(&ours, widget.id, &Precondition::Any, NOW).await.expect_err("delete");
    assert!(matches!(error, DeleteWidgetError::NotFound), "{error:?}");

    let found = stores.widgets.find(&theirs, widget.id).await.expect("find").expect("untouched");
    assert_eq!(found.widget, widget);
}

/// An unknown id or key returns nothing, or "not found".
pub async fn a_missing_widget_is_not_found(stores: &Stores) {
    let workspace = fresh::workspace();
    let id = WidgetId::from_uuid(fresh::uuid());
    assert_eq!(stores.widgets.find(&workspace, id).await.expect("find"), None);
    assert_eq!(stores.widgets.contract(&workspace, &fresh::key("missing")).await.expect("contract"), None);
    assert_eq!(stores.widgets.replay(&workspace, &fresh::attempt()).await.expect("replay"), None);
    let error =
        update(stores, &workspace, id, fresh::change(), &Precondition::OneOf(vec![])).await.expect_err("update");
    assert!(matches!(error, UpdateWidgetError::NotFound), "{error:?}");
    let error = stores.widgets.delete(&workspace, id, &Precondition::OneOf(vec![]), NOW).await.expect_err("delete");
    assert!(matches!(error, DeleteWidgetError::NotFound), "{error:?}");
}

/// After the deletion every method behaves as if the widget had never existed.
pub async fn a_deleted_widget_is_found_by_no_method(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("deleted")).await;
    stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete");

    assert_eq!(stores.widgets.find(&workspace, widget.id).await.expect("find"), None);
    assert_eq!(stores.widgets.contract(&workspace, &widget.key).await.expect("contract"), None);
    let error = update(stores, &workspace, widget.id, fresh::change(), &Precondition::Any).await.expect_err("update");
    assert!(matches!(error, UpdateWidgetError::NotFound), "{error:?}");
    let error = stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect_err("again");
    assert!(matches!(error, DeleteWidgetError::NotFound), "{error:?}");
    let tagged = WidgetFilter {
        tags: TagSet::new(widget.tags.iter().cloned().collect()).expect("few tags"),
        ..WidgetFilter::default()
    };
    for filter in [WidgetFilter::default(), tagged] {
        let page = stores.widgets.list(&workspace, &filter, FIRST_PAGE).await.expect("list");
        assert_eq!((page.widgets.len(), page.total), (0, 0));
    }
}

/// A new widget may use the key, and the old one stays deleted.
pub async fn the_key_of_a_deleted_widget_is_free_immediately(stores: &Stores) {
    let workspace = fresh::workspace();
    for _ in 0..3 {
        let widget = create(stores, &workspace, fresh::widget("again")).await;
        let contract = stores.widgets.contract(&workspace, &widget.key).await.expect("contract");
        assert_eq!(contract.map(|contract| contract.id), Some(widget.id));
        stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete");
    }
    assert_eq!(total(stores, &workspace).await, 0);
}

/// The error counts all peers with a binding, enabled or not, and names the first ones.
pub async fn a_widget_in_use_is_not_deleted(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("used")).await;
    let mut names: Vec<String> = (0..MAX_PEERS_NAMED + 3).rev().map(|n| format!("peer_{n:04}")).collect();
    for name in &names {
        let mut binding = fresh::binding(name, widget.id);
        binding.enabled = name.ends_with('1');
        stores.bindings.add(&workspace, &binding, None).await.expect("add");
    }
    let error = stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect_err("in use");
    let DeleteWidgetError::InUse { count, peers } = error else { panic!("in use: {error:?}") };
    names.sort_unstable();
    names.truncate(MAX_PEERS_NAMED);
    assert_eq!(count, MAX_PEERS_NAMED as u64 + 3);
    assert_eq!(peers.iter().map(|peer| peer.as_str()).collect::<Vec<_>>(), names);
    let found = stores.widgets.find(&workspace, widget.id).await.expect("find").expect("it stays");
    assert_eq!(found.widget, widget);
}

/// `find`, `update` and `usage_count` return the number of peers of the workspace that have the widget.
pub async fn usage_counts_the_peers_of_the_workspace(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("counted")).await;
    let other = create(stores, &workspace, fresh::widget("other")).await;
    stores.bindings.add(&workspace, &fresh::binding("peer_1", other.id), None).await.expect("add");
    for (peer, expected) in [("peer_1", 1), ("peer_2", 2), ("peer_3", 3)] {
        stores.bindings.add(&workspace, &fresh::binding(peer, widget.id), None).await.expect("add");
        let found = stores.widgets.find(&workspace, widget.id).await.expect("find").expect("it is there");
        assert_eq!(found.usage_count, expected);
        let updated = update(stores, &workspace, widget.id, fresh::change(), &Precondition::Any).await.expect("update");
        assert_eq!(updated.usage_count, expected);
        assert_eq!(stores.bindings.usage_count(&workspace, widget.id).await.expect("count"), expected);
    }
}

pub(super) async fn create(stores: &Stores, workspace: &WorkspaceId, widget: Widget) -> Widget {
    stores.widgets.create(workspace, &widget, fresh::module(), None).await.expect("create").into_inner()
}

pub(super) async fn update(
    stores: &Stores,
    workspace: &WorkspaceId,
    id: WidgetId,
    change: WidgetChange,
    precondition: &Precondition,
) -> Result<WidgetWithUsage, UpdateWidgetError> {
    stores.widgets.update(workspace, id, change, precondition, NOW).await
}

async fn total(stores: &Stores, workspace: &WorkspaceId) -> u64 {
    stores.widgets.list(workspace, &WidgetFilter::default(), FIRST_PAGE).await.expect("list").total
}
