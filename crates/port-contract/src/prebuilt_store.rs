//! Checks of [`PrebuiltStore`](ports::PrebuiltStore).

use domain::{
    id::WidgetId,
    widget::{Page, PrebuiltWidget, Version, WidgetFilter},
};
use futures_util::future::join_all;
use ports::DeleteWidgetError;
use schema::{field::FieldPath, json::JsonDocument};

use super::{
    Stores,
    fresh::{self, NOW},
};

/// Publishing the same content again returns the same version, even with another name.
pub async fn the_same_content_has_the_same_version(stores: &Stores) {
    let widget = prebuilt();
    let renamed = PrebuiltWidget { name: fresh::name("Renamed"), tags: fresh::tags(&["new"]), ..widget.clone() };
    for (n, widget) in [&widget, &widget, &renamed, &widget].into_iter().enumerate() {
        let later = NOW.plus_seconds(n as i64);
        assert_eq!(stores.prebuilt.publish(widget, later).await.expect("publish"), Version::FIRST);
    }
}

/// Upgrades and downgrades between releases create a version only for new content.
pub async fn an_older_binary_gets_the_version_it_had(stores: &Stores) {
    let first = prebuilt();
    let second = PrebuiltWidget { component: fresh::component("export default () => 2;"), ..first.clone() };
    let third = PrebuiltWidget { component: fresh::component("export default () => 3;"), ..first.clone() };
    for (widget, version) in [(&first, 1), (&second, 2), (&first, 1), (&third, 3), (&second, 2), (&third, 3)] {
        assert_eq!(stores.prebuilt.publish(widget, NOW).await.expect("publish"), Version(version));
    }
}

/// A version is a pair of schema and component.
pub async fn schema_and_component_each_make_a_version(stores: &Stores) {
    let first = prebuilt();
    let schema = fresh::schema(r#"{ "type":"object" }"#);
    let component = fresh::component("export default () => null; ");
    let second = PrebuiltWidget { schema: schema.clone(), ..first.clone() };
    let third = PrebuiltWidget { component: component.clone(), ..first.clone() };
    let fourth = PrebuiltWidget { schema, component, ..first.clone() };
    for (n, widget) in [first, second, third, fourth].iter().enumerate() {
        assert_eq!(stores.prebuilt.publish(widget, NOW).await.expect("publish"), Version(n as u32 + 1));
    }
}

/// 16 services of two releases that start together create two versions, one for each release.
pub async fn services_that_publish_concurrently_agree_on_the_version(stores: &Stores) {
    let old = prebuilt();
    let new = PrebuiltWidget { component: fresh::component("export default () => 'new';"), ..old.clone() };
    let publications = (0..16).map(|n| stores.prebuilt.publish(if n % 2 == 0 { &old } else { &new }, NOW));
    let versions: Vec<_> = join_all(publications).await.into_iter().map(|result| result.expect("publish")).collect();
    let mut pair = [versions[0], versions[1]];
    assert_eq!(versions, pair.repeat(8));
    pair.sort_unstable();
    assert_eq!(pair, [Version(1), Version(2)]);
}

/// A published widget can be bound by its id in any workspace. Each workspace counts only its own peers.
pub async fn every_workspace_can_bind_a_published_widget(stores: &Stores) {
    let widget = prebuilt();
    let workspace = fresh::workspace();
    let early = stores.bindings.add(&workspace, &fresh::binding("peer", widget.id), None).await;
    assert!(matches!(early, Err(ports::BindError::WidgetNotFound)), "not published yet: {early:?}");
    stores.prebuilt.publish(&widget, NOW).await.expect("publish");
    for workspace in [fresh::workspace(), fresh::workspace()] {
        let binding = fresh::binding("peer", widget.id);
        stores.bindings.add(&workspace, &binding, None).await.expect("add");
        let found = stores.bindings.find(&workspace, &binding.peer, binding.id).await.expect("find").expect("there");
        assert_eq!((&found.binding, &found.widget_key, &found.widget_name), (&binding, &widget.key, &widget.name));
        assert_eq!(stores.bindings.list(&workspace, &binding.peer).await.expect("list"), [found]);
        assert_eq!(stores.bindings.usage_count(&workspace, widget.id).await.expect("count"), 1);
    }
}

/// A new release may rename a pre-built widget.
pub async fn bindings_show_the_latest_published_name(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = prebuilt();
    stores.prebuilt.publish(&widget, NOW).await.expect("publish");
    let binding = fresh::binding("peer", widget.id);
    stores.bindings.add(&workspace, &binding, None).await.expect("add");
    for name in ["Second Name", "Third Name"] {
        let renamed = PrebuiltWidget { name: fresh::name(name), ..widget.clone() };
        stores.prebuilt.publish(&renamed, NOW).await.expect("publish");
        let found = stores.bindings.find(&workspace, &binding.peer, binding.id).await.expect("find").expect("there");
        assert_eq!(found.widget_name, renamed.name);
    }
}

/// No workspace can list, find or delete them as its own. Their keys are free for its own widgets.
pub async fn no_workspace_owns_pre_built_widgets(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = prebuilt();
    stores.prebuilt.publish(&widget, NOW).await.expect("publish");
    assert_eq!(stores.widgets.find(&workspace, widget.id).await.expect("find"), None);
    assert_eq!(stores.widgets.contract(&workspace, &widget.key).await.expect("contract"), None);
    let page = Page { number: 1, limit: 10 };
    let listed = stores.widgets.list(&workspace, &WidgetFilter::default(), page).await.expect("list");
    assert_eq!(listed.total, 0);
    let any = domain::revision::Precondition::Any;
    let error = stores.widgets.delete(&workspace, widget.id, &any, NOW).await.expect_err("not its own");
    assert!(matches!(error, DeleteWidgetError::NotFound), "{error:?}");
    let own = fresh::widget(widget.key.as_str());
    stores.widgets.create(&workspace, &own, fresh::module(), None).await.expect("the key is free");
    let contract = stores.widgets.contract(&workspace, &own.key).await.expect("contract");
    assert_eq!(contract.map(|contract| contract.id), Some(own.id));
}

pub(super) fn prebuilt() -> PrebuiltWidget {
    let id = WidgetId::from_uuid(fresh::uuid());
    let draft = fresh::draft(&format!("prebuilt-{}", id.as_uuid().simple()));
    let example = JsonDocument::parse(fresh::json(r#"{"revenue":1}"#), &FieldPath::root("data"));
    PrebuiltWidget {
        id,
        key: draft.key,
        name: draft.name,
        description: draft.description,
        category: draft.category,
        tags: draft.tags,
        schema: draft.schema,
        component: draft.component,
        example: example.expect("a document"),
    }
}
