//! What [`WidgetStore`](ports::WidgetStore) promises of single widgets.

use domain::{
    id::WidgetId,
    limits::PEERS_NAMED,
    names::WorkspaceId,
    revision::{Precondition, Revision},
    widget::{Category, Page, TagSet, Version, Widget, WidgetChange, WidgetDraft, WidgetFilter, WidgetWithUsage},
};
use futures_util::future::join_all;
use ports::{CreateWidgetError, Creation, DeleteWidgetError, UpdateWidgetError};

use super::{
    Stores,
    fresh::{self, NOW},
};

const FIRST_PAGE: Page = Page { number: 1, limit: 100 };

/// Documents, names and times come back as they were saved, to the byte.
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
    assert_eq!(made, Creation::Made(widget.clone()));

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

/// Of 32 creations with one key at once exactly one is made.
pub async fn of_many_creates_with_one_key_one_is_made(stores: &Stores) {
    let workspace = fresh::workspace();
    let widgets: Vec<Widget> = (0..32).map(|_| fresh::widget("contested")).collect();
    let results =
        join_all(widgets.iter().map(|widget| stores.widgets.create(&workspace, widget, fresh::module(), None))).await;
    let made: Vec<Widget> = results
        .into_iter()
        .filter_map(|result| match result {
            Ok(Creation::Made(widget)) => Some(widget),
            Err(CreateWidgetError::KeyTaken) => None,
            other => panic!("neither made nor refused: {other:?}"),
        })
        .collect();
    assert_eq!(made.len(), 1);
    let contract = stores.widgets.contract(&workspace, &fresh::key("contested")).await.expect("contract");
    assert_eq!(contract.map(|contract| contract.id), Some(made[0].id));
    assert_eq!(total(stores, &workspace).await, 1);
}

/// A creation with a taken key leaves nothing behind.
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

/// Keys are unique in a workspace, not beyond.
pub async fn two_workspaces_may_use_one_key(stores: &Stores) {
    let (ours, theirs) = (fresh::workspace(), fresh::workspace());
    let our = create(stores, &ours, fresh::widget("shared")).await;
    let their = create(stores, &theirs, fresh::widget("shared")).await;
    for (workspace, widget) in [(&ours, &our), (&theirs, &their)] {
        let contract = stores.widgets.contract(workspace, &widget.key).await.expect("contract");
        assert_eq!(contract.map(|contract| contract.id), Some(widget.id));
    }
}

/// No method shows or touches another workspace's widget.
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

/// A new schema, a new component, or both make one version; messages get its schema from then on.
pub async fn a_change_of_content_makes_a_version(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("versioned")).await;
    let schema = fresh::schema(r#"{"type":"object","maxProperties":1e2}"#);
    let component = fresh::component("export default () => <i>new</i>;");
    let changes = [
        WidgetChange { schema: Some(schema.clone()), ..fresh::change() },
        WidgetChange { component: Some(component.clone()), ..fresh::change() },
        WidgetChange {
            schema: Some(widget.schema.clone()),
            component: Some(widget.component.clone()),
            ..fresh::change()
        },
    ];
    let mut expected = widget;
    for change in changes {
        let later = NOW.plus_seconds(i64::from(expected.revision.0));
        expected = expected.edited(change.clone(), later);
        let updated =
            stores.widgets.update(&workspace, expected.id, change, &Precondition::Any, later).await.expect("update");
        assert_eq!(updated.widget, expected);
        let found = stores.widgets.find(&workspace, expected.id).await.expect("find").expect("it is there");
        assert_eq!(found.widget, expected);
        let contract = stores.widgets.contract(&workspace, &expected.key).await.expect("contract").expect("there");
        assert_eq!((contract.version, &contract.schema), (expected.version, &expected.schema));
    }
    assert_eq!((expected.version, expected.revision), (Version(4), Revision(4)));
}

/// Names, descriptions, categories and tags belong to no version; content that is named but the same makes none.
pub async fn a_change_of_anything_else_makes_none(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("renamed")).await;
    let change = WidgetChange {
        name: Some(fresh::name("Renamed")),
        description: Some(fresh::description("")),
        category: Some(Category::Finance),
        tags: Some(fresh::tags(&[])),
        schema: Some(widget.schema.clone()),
        component: Some(widget.component.clone()),
        module: Some(fresh::module_of("the same content, compiled again")),
    };
    let later = NOW.plus_seconds(1);
    let updated =
        stores.widgets.update(&workspace, widget.id, change.clone(), &Precondition::Any, later).await.expect("update");
    assert_eq!(updated.widget, widget.edited(change, later));
    assert_eq!((updated.widget.version, updated.widget.revision), (Version::FIRST, Revision(2)));
    let found = stores.widgets.find(&workspace, updated.widget.id).await.expect("find");
    assert_eq!(found, Some(updated));
}

/// Of 16 edits at once that name one revision exactly one succeeds.
pub async fn of_many_edits_with_one_revision_one_succeeds(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("if-match")).await;
    let first = Precondition::OneOf(vec![Revision::FIRST]);
    let edits = (0..16).map(|n| {
        let change = WidgetChange { name: Some(fresh::name(&format!("edit {n}"))), ..fresh::change() };
        update(stores, &workspace, widget.id, change, &first)
    });
    let mut winners = Vec::new();
    for result in join_all(edits).await {
        match result {
            Ok(updated) => winners.push(updated),
            Err(UpdateWidgetError::Stale) => {}
            Err(other) => panic!("neither saved nor stale: {other:?}"),
        }
    }
    let [winner] = &winners[..] else { panic!("one edit succeeds: {winners:?}") };
    assert_eq!(winner.widget.revision, Revision(2));
    let found = stores.widgets.find(&workspace, widget.id).await.expect("find").expect("it is there");
    assert_eq!(found.widget, winner.widget);
}

/// 16 edits at once are made one after the other: each has a revision and a version of its own.
pub async fn no_edit_is_lost(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("busy")).await;
    let edits = (0..16).map(|n| {
        let component = fresh::component(&format!("export default () => <i>{n}</i>;"));
        let change = WidgetChange { component: Some(component), ..fresh::change() };
        update(stores, &workspace, widget.id, change, &Precondition::Any)
    });
    let updated = join_all(edits).await.into_iter().map(|result| result.expect("update").widget);
    let mut revisions: Vec<(u32, u32)> = updated.map(|widget| (widget.revision.0, widget.version.0)).collect();
    revisions.sort_unstable();
    assert_eq!(revisions, (2..=17).map(|n| (n, n)).collect::<Vec<_>>());
}

/// A precondition that is not met stops edits and deletions; an empty list is met by none.
pub async fn an_unmet_precondition_changes_nothing(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("guarded")).await;
    for unmet in [vec![], vec![Revision(2)], vec![Revision(7), Revision(9)]] {
        let unmet = Precondition::OneOf(unmet);
        let change = WidgetChange { name: Some(fresh::name("never")), ..fresh::change() };
        let error = update(stores, &workspace, widget.id, change, &unmet).await.expect_err("update");
        assert!(matches!(error, UpdateWidgetError::Stale), "{error:?}");
        let error = stores.widgets.delete(&workspace, widget.id, &unmet, NOW).await.expect_err("delete");
        assert!(matches!(error, DeleteWidgetError::Stale), "{error:?}");
    }
    let found = stores.widgets.find(&workspace, widget.id).await.expect("find").expect("it stays");
    assert_eq!(found.widget, widget);
    let met = Precondition::OneOf(vec![Revision(9), Revision::FIRST]);
    stores.widgets.delete(&workspace, widget.id, &met, NOW).await.expect("a met precondition deletes");
}

/// An id and a key that nobody made are answered with nothing, or "not found".
pub async fn what_is_not_there_is_not_found(stores: &Stores) {
    let workspace = fresh::workspace();
    let id = WidgetId::from_uuid(fresh::uuid());
    assert_eq!(stores.widgets.find(&workspace, id).await.expect("find"), None);
    assert_eq!(stores.widgets.contract(&workspace, &fresh::key("nobody")).await.expect("contract"), None);
    assert_eq!(stores.widgets.replay(&workspace, &fresh::attempt()).await.expect("replay"), None);
    let error =
        update(stores, &workspace, id, fresh::change(), &Precondition::OneOf(vec![])).await.expect_err("update");
    assert!(matches!(error, UpdateWidgetError::NotFound), "{error:?}");
    let error = stores.widgets.delete(&workspace, id, &Precondition::OneOf(vec![]), NOW).await.expect_err("delete");
    assert!(matches!(error, DeleteWidgetError::NotFound), "{error:?}");
}

/// After the deletion every method answers as if the widget had never been.
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

/// A new widget may take the key, and the old one stays deleted.
pub async fn the_key_of_a_deleted_widget_is_free_at_once(stores: &Stores) {
    let workspace = fresh::workspace();
    for _ in 0..3 {
        let widget = create(stores, &workspace, fresh::widget("again")).await;
        let contract = stores.widgets.contract(&workspace, &widget.key).await.expect("contract");
        assert_eq!(contract.map(|contract| contract.id), Some(widget.id));
        stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete");
    }
    assert_eq!(total(stores, &workspace).await, 0);
}

/// The refusal counts the peers, enabled or not, and names the first of them.
pub async fn a_widget_that_peers_have_is_not_deleted(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("used")).await;
    let mut names: Vec<String> = (0..PEERS_NAMED + 3).rev().map(|n| format!("peer_{n:04}")).collect();
    for name in &names {
        let mut binding = fresh::binding(name, widget.id);
        binding.enabled = name.ends_with('1');
        stores.bindings.add(&workspace, &binding, None).await.expect("add");
    }
    let error = stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect_err("in use");
    let DeleteWidgetError::InUse { count, peers } = error else { panic!("in use: {error:?}") };
    names.sort_unstable();
    names.truncate(PEERS_NAMED);
    assert_eq!(count, PEERS_NAMED as u64 + 3);
    assert_eq!(peers.iter().map(|peer| peer.as_str()).collect::<Vec<_>>(), names);
    let found = stores.widgets.find(&workspace, widget.id).await.expect("find").expect("it stays");
    assert_eq!(found.widget, widget);
}

/// `find` and `update` answer how many peers of the workspace have the widget.
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

async fn create(stores: &Stores, workspace: &WorkspaceId, widget: Widget) -> Widget {
    stores.widgets.create(workspace, &widget, fresh::module(), None).await.expect("create").into_inner()
}

async fn update(
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
