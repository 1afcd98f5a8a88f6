//! Checks of [`WidgetStore::update`](ports::WidgetStore::update): versions, revisions and preconditions.

use domain::{
    resources::Resources,
    revision::{Precondition, Revision},
    styles::Styles,
    widget::{Category, Version, WidgetChange},
};
use futures_util::future::join_all;
use ports::{DeleteWidgetError, UpdateWidgetError};

use super::{
    Stores,
    fresh::{self, NOW},
    widget_store::{create, update},
};

/// A new schema, a new component, new resources, another setting of styles, or all of them create one version. `contract` returns its schema from then on.
pub async fn a_change_of_content_creates_a_version(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("versioned")).await;
    let schema = fresh::schema(r#"{"type":"object","maxProperties":1e2}"#);
    let component = fresh::component("export default () => <i>new</i>;");
    let changes = [
        WidgetChange { schema: Some(schema.clone()), ..fresh::change() },
        WidgetChange { component: Some(component.clone()), ..fresh::change() },
        WidgetChange { resources: Some(Resources::default()), ..fresh::change() },
        WidgetChange { styles: Some(Styles::Tailwind), ..fresh::change() },
        WidgetChange {
            schema: Some(widget.schema.clone()),
            component: Some(widget.component.clone()),
            resources: Some(widget.resources.clone()),
            styles: Some(widget.styles),
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
    assert_eq!((expected.version, expected.revision), (Version(6), Revision(6)));
}

/// Changes of name, description, category or tags create no version, nor does content that is sent but unchanged.
pub async fn a_change_of_anything_else_creates_no_version(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = create(stores, &workspace, fresh::widget("renamed")).await;
    let change = WidgetChange {
        name: Some(fresh::name("Renamed")),
        description: Some(fresh::description("")),
        category: Some(Category::Finance),
        tags: Some(fresh::tags(&[])),
        schema: Some(widget.schema.clone()),
        component: Some(widget.component.clone()),
        resources: Some(widget.resources.clone()),
        styles: Some(widget.styles),
        compiled: Some(fresh::compiled(&widget.component, &fresh::module_of("the same content, compiled again"))),
    };
    let later = NOW.plus_seconds(1);
    let updated =
        stores.widgets.update(&workspace, widget.id, change.clone(), &Precondition::Any, later).await.expect("update");
    assert_eq!(updated.widget, widget.edited(change, later));
    assert_eq!((updated.widget.version, updated.widget.revision), (Version::FIRST, Revision(2)));
    let found = stores.widgets.find(&workspace, updated.widget.id).await.expect("find");
    assert_eq!(found, Some(updated));
}

/// Of 16 concurrent edits with the same revision as precondition exactly one succeeds.
pub async fn of_concurrent_edits_with_the_same_revision_one_succeeds(stores: &Stores) {
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

/// 16 concurrent edits without a precondition all succeed, each with a different revision and version.
pub async fn concurrent_edits_are_all_applied(stores: &Stores) {
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

/// An unmet precondition refuses edits and deletions. An empty list of revisions is never met.
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
