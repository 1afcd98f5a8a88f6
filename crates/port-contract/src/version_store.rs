//! Checks of [`VersionStore`](ports::VersionStore), and of the versions that the other stores create.

use std::sync::Arc;

use domain::{
    component::Language,
    id::WidgetId,
    module::{AssetDigest, AssetKind, CompiledModule, Component},
    names::WorkspaceId,
    resources::Resources,
    revision::Precondition,
    styles::Styles,
    widget::{Page, Version, VersionSummary, Widget, WidgetChange, WidgetVersion, prebuilt_workspace},
};
use futures_util::future::join_all;

use super::{
    Stores,
    fresh::{self, NOW},
};

/// A new widget's first version has the module, and the module's text is found by its digest.
pub async fn a_new_widget_has_its_module(stores: &Stores) {
    let workspace = fresh::workspace();
    let (widget, module) = (fresh::widget("compiled"), fresh::module_of("a new one"));
    stores.widgets.create(&workspace, &widget, &module, None).await.expect("create");
    let version = find(stores, &workspace, widget.id, 1).await;
    assert_eq!(
        version,
        WidgetVersion {
            widget: widget.id,
            widget_name: widget.name,
            version: Version::FIRST,
            schema: widget.schema,
            component: widget.component,
            language: Language::Jsx,
            resources: widget.resources,
            styles: Styles::Auto,
            module: Some(module.summary().clone()),
            created_at: NOW,
        }
    );
    assert_texts_of(stores, &module).await;
}

/// A version with a new component has a new module. One with only a new schema or new resources has the module of the version before.
pub async fn every_version_has_the_module_of_its_component(stores: &Stores) {
    let workspace = fresh::workspace();
    let (widget, first, second) = (fresh::widget("edited"), fresh::module_of("first"), fresh::module_of("second"));
    stores.widgets.create(&workspace, &widget, &first, None).await.expect("create");
    let schema = |text| WidgetChange { schema: Some(fresh::schema(text)), ..fresh::change() };
    let source = fresh::component("export default () => 2;");
    let compiled = Some(fresh::compiled(&source, &second));
    let component = WidgetChange { component: Some(source), compiled, ..fresh::change() };
    let changes = [
        schema(r#"{"type":"object","maxProperties":1}"#),
        component.clone(),
        WidgetChange { resources: Some(fresh::resources("https://new.example")), ..fresh::change() },
        WidgetChange { name: Some(fresh::name("Renamed")), ..component },
    ];
    for (n, change) in changes.into_iter().enumerate() {
        update(stores, &workspace, &widget, change, n as i64 + 1).await;
    }
    for (version, module) in [(1, &first), (2, &first), (3, &second), (4, &second)] {
        let found = find(stores, &workspace, widget.id, version).await;
        assert_eq!(found.module.as_ref(), Some(module.summary()), "{version}");
        assert_eq!(
            (found.created_at, found.widget_name.as_str()),
            (NOW.plus_seconds(i64::from(version) - 1), "Renamed")
        );
    }
    assert_eq!(stores.versions.find_version(&workspace, widget.id, Version(5)).await.expect("find"), None);
    assert_texts_of(stores, &first).await;
    assert_texts_of(stores, &second).await;
}

/// Of 16 concurrent calls one saves its module, and all return it. An existing module is never replaced.
pub async fn a_version_without_a_module_keeps_the_first_one_saved(stores: &Stores) {
    let workspace = fresh::workspace();
    let (widget, old) = (fresh::widget("old"), fresh::module_of("old"));
    stores.widgets.create(&workspace, &widget, &old, None).await.expect("create");
    let change = WidgetChange { component: Some(fresh::component("export default () => 2;")), ..fresh::change() };
    update(stores, &workspace, &widget, change, 1).await;
    assert_eq!(find(stores, &workspace, widget.id, 2).await.module, None);

    let modules: Vec<_> = (0..16).map(|n| fresh::module_of(&format!("new {n}"))).collect();
    let keeping = modules.iter().map(|module| stores.versions.save_module(&workspace, widget.id, Version(2), module));
    let kept: Vec<_> = join_all(keeping).await.into_iter().map(|kept| kept.expect("keep")).collect();
    assert!(kept.iter().all(|module| *module == kept[0]), "{kept:?}");
    assert_eq!(find(stores, &workspace, widget.id, 2).await.module.as_ref(), Some(&kept[0]));
    for module in modules {
        let is_kept = *module.summary() == kept[0];
        assert_eq!(asset(stores, AssetKind::Module, module.digest()).await.is_some(), is_kept);
    }
    let first = stores.versions.save_module(&workspace, widget.id, Version::FIRST, &fresh::module_of("late")).await;
    assert_eq!(first.expect("keep"), *old.summary());
    update(stores, &workspace, &widget, schema_of(3), 2).await;
    assert_eq!(
        find(stores, &workspace, widget.id, 3).await.module.as_ref(),
        Some(&kept[0]),
        "a new schema keeps it too"
    );
}

/// A new schema after a version without a module creates another version without one.
pub async fn a_new_schema_does_not_need_a_module(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = fresh::widget("old");
    stores.widgets.create(&workspace, &widget, fresh::module(), None).await.expect("create");
    let change = WidgetChange { component: Some(fresh::component("export default () => 2;")), ..fresh::change() };
    update(stores, &workspace, &widget, change, 1).await;
    update(stores, &workspace, &widget, schema_of(3), 2).await;
    assert_eq!(find(stores, &workspace, widget.id, 3).await.module, None);
}

/// A page also has the current version and the total.
pub async fn versions_are_listed_newest_first(stores: &Stores) {
    let workspace = fresh::workspace();
    let (widget, module) = (fresh::widget("listed"), fresh::module_of("listed"));
    stores.widgets.create(&workspace, &widget, &module, None).await.expect("create");
    for n in 1..5 {
        update(stores, &workspace, &widget, schema_of(n), n).await;
    }
    let mut listed = Vec::new();
    for number in 1..=4 {
        let page = stores.versions.list_versions(&workspace, widget.id, Page { number, limit: 2 }).await.expect("list");
        let page = page.expect("it is there");
        assert_eq!((page.current, page.total), (Version(5), 5));
        assert_eq!(page.versions.len(), [2, 2, 1, 0][number as usize - 1]);
        listed.extend(page.versions);
    }
    let expected = |n: u32| VersionSummary {
        version: Version(n),
        module: Some(module.summary().clone()),
        created_at: NOW.plus_seconds(i64::from(n) - 1),
    };
    assert_eq!(listed, [5, 4, 3, 2, 1].map(expected));
}

/// After a widget's deletion its versions can still be found, so its messages can be rendered. They are no longer listed.
pub async fn versions_outlive_their_widget(stores: &Stores) {
    let workspace = fresh::workspace();
    let (widget, module) = (fresh::widget("mortal"), fresh::module_of("mortal"));
    stores.widgets.create(&workspace, &widget, &module, None).await.expect("create");
    let before = find(stores, &workspace, widget.id, 1).await;
    stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete");
    assert_eq!(find(stores, &workspace, widget.id, 1).await, before);
    assert_texts_of(stores, &module).await;
    let listed = stores.versions.list_versions(&workspace, widget.id, Page { number: 1, limit: 10 }).await;
    assert_eq!(listed.expect("list"), None);
}

/// What a version loads from other origins is found by the digest of its module, in any workspace, even after its widget's deletion.
/// Versions with one module may have different resources.
pub async fn resources_are_found_by_version_and_module(stores: &Stores) {
    let workspace = fresh::workspace();
    let (widget, module) = (fresh::widget("framed"), fresh::module_of(&format!("framed in {workspace}")));
    stores.widgets.create(&workspace, &widget, &module, None).await.expect("create");
    let resources = fresh::resources("https://second.example:8443");
    let change = WidgetChange { resources: Some(resources.clone()), ..fresh::change() };
    update(stores, &workspace, &widget, change, 1).await;
    let change = WidgetChange { resources: Some(Resources::default()), ..fresh::change() };
    update(stores, &workspace, &widget, change, 2).await;
    stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete");
    let other = fresh::widget("other");
    stores.widgets.create(&fresh::workspace(), &other, &module, None).await.expect("create");
    let find = |widget, version, digest| async move {
        stores.versions.frame_resources(widget, Version(version), digest).await.expect("find")
    };
    let digest = module.digest();
    assert_eq!(find(widget.id, 1, digest).await, Some(widget.resources.clone()));
    assert_eq!(find(widget.id, 2, digest).await, Some(resources));
    assert_eq!(find(widget.id, 3, digest).await, Some(Resources::default()));
    assert_eq!(find(widget.id, 4, digest).await, None);
    assert_eq!(find(other.id, 1, digest).await, Some(other.resources));
    assert_eq!(find(other.id, 2, digest).await, None);
    assert_eq!(find(widget.id, 1, module.source_map_digest()).await, None);
    assert_eq!(find(WidgetId::from_uuid(fresh::uuid()), 1, digest).await, None);
}

/// What a browser loads for a version is stored with it: in a new widget, an edited one, a restored one, and with a later module.
/// Versions of all workspaces share the files of libraries.
pub async fn style_sheets_and_files_of_libraries_are_stored(stores: &Stores) {
    let workspace = fresh::workspace();
    let modules = [1, 2, 3].map(|n| fresh::styled_module_of(&format!("styled {n} of {workspace}")));
    let [(first, file), (second, _), (third, _)] = &modules;
    let widget = Widget { language: Language::Tsx, styles: Styles::Tailwind, ..fresh::widget("styled") };
    stores.widgets.create(&workspace, &widget, first, None).await.expect("create");
    let source = fresh::component("export default () => 2;");
    let compiled = Component { language: Language::Tsx, styles: Styles::Tailwind, ..fresh::compiled(&source, second) };
    let change = WidgetChange { component: Some(source), compiled: Some(compiled), ..fresh::change() };
    update(stores, &workspace, &widget, change, 1).await;
    let change = WidgetChange { styles: Some(Styles::None), ..fresh::change() };
    update(stores, &workspace, &widget, change, 2).await;
    assert_eq!(find(stores, &workspace, widget.id, 3).await.module, None, "it is compiled with the setting");
    stores.versions.save_module(&workspace, widget.id, Version(3), third).await.expect("save");
    let restore = stores.widgets.restore(&workspace, widget.id, Version::FIRST, &Precondition::Any, None, NOW);
    restore.await.expect("restore");
    let expected = [
        (1, first, Styles::Tailwind),
        (2, second, Styles::Tailwind),
        (3, third, Styles::None),
        (4, first, Styles::Tailwind),
    ];
    for (version, module, styles) in expected {
        let found = find(stores, &workspace, widget.id, version).await;
        assert_eq!(
            (found.module.as_ref(), found.styles, found.language),
            (Some(module.summary()), styles, Language::Tsx)
        );
        let stylesheet = module.summary().stylesheet.expect("a style sheet");
        assert_eq!(asset(stores, AssetKind::Stylesheet, stylesheet).await.as_deref(), module.stylesheet());
        assert_eq!(asset(stores, AssetKind::Module, stylesheet).await, None);
    }
    let code = first.libraries().expect("libraries").files[file];
    assert_eq!(asset(stores, AssetKind::LibraryFile, *file).await.as_deref(), Some(code));
    assert_eq!(asset(stores, AssetKind::Module, *file).await, None);
}

/// Of concurrent transactions that need the same file, each succeeds.
pub async fn concurrent_versions_store_the_files_that_they_share(stores: &Stores) {
    let create = (0..8).map(|n| async move {
        let (module, _) = fresh::styled_module_of(&format!("shared {n}"));
        stores.widgets.create(&fresh::workspace(), &fresh::widget("shared"), &module, None).await
    });
    assert!(join_all(create).await.iter().all(Result::is_ok));
}

/// Nor can a module be saved for another workspace's version.
pub async fn another_workspaces_versions_are_never_seen(stores: &Stores) {
    let (ours, theirs) = (fresh::workspace(), fresh::workspace());
    let widget = fresh::widget("theirs");
    stores.widgets.create(&theirs, &widget, fresh::module(), None).await.expect("create");
    assert_eq!(stores.versions.find_version(&ours, widget.id, Version::FIRST).await.expect("find"), None);
    let listed = stores.versions.list_versions(&ours, widget.id, Page { number: 1, limit: 10 }).await;
    assert_eq!(listed.expect("list"), None);
    let module = fresh::module_of("of a missing version");
    stores.versions.save_module(&ours, widget.id, Version::FIRST, &module).await.expect_err("no such version");
    assert_eq!(asset(stores, AssetKind::Module, module.digest()).await, None);
}

/// Versions of several workspaces may share a module. An unknown digest returns nothing.
pub async fn a_module_is_found_by_its_digest_alone(stores: &Stores) {
    let module = fresh::module_of(&format!("shared by {}", fresh::workspace()));
    for key in ["first", "second"] {
        stores.widgets.create(&fresh::workspace(), &fresh::widget(key), &module, None).await.expect("create");
    }
    assert_texts_of(stores, &module).await;
    // A source map is not a module, nor the reverse.
    assert_eq!(asset(stores, AssetKind::Module, module.source_map_digest()).await, None);
    assert_eq!(asset(stores, AssetKind::SourceMap, module.digest()).await, None);
    let nothing = AssetDigest::of(&format!("nothing of {}", fresh::workspace()));
    for kind in [AssetKind::Module, AssetKind::SourceMap, AssetKind::Stylesheet, AssetKind::LibraryFile] {
        assert_eq!(asset(stores, kind, nothing).await, None);
    }
}

/// A pre-built version is published without a module, and gets one when it has been compiled.
pub async fn pre_built_versions_have_modules_too(stores: &Stores) {
    let (widget, workspace) = (super::prebuilt_store::prebuilt(), prebuilt_workspace());
    let version = stores.prebuilt.publish(&widget, NOW).await.expect("publish");
    assert_eq!(find(stores, &workspace, widget.id, version.0).await.module, None);
    let module = fresh::module_of("pre-built");
    let kept = stores.versions.save_module(&workspace, widget.id, version, &module).await.expect("keep");
    assert_eq!(kept, *module.summary());
    stores.prebuilt.publish(&widget, NOW).await.expect("publish again");
    let found = find(stores, &workspace, widget.id, version.0).await;
    assert_eq!((found.module, found.component, found.widget_name), (Some(kept), widget.component, widget.name));
    assert_texts_of(stores, &module).await;
}

async fn find(stores: &Stores, workspace: &WorkspaceId, widget: WidgetId, version: u32) -> WidgetVersion {
    let found = stores.versions.find_version(workspace, widget, Version(version)).await;
    found.expect("find").expect("the version is there")
}

async fn update(stores: &Stores, workspace: &WorkspaceId, widget: &Widget, change: WidgetChange, second: i64) {
    let updated = stores.widgets.update(workspace, widget.id, change, &Precondition::Any, NOW.plus_seconds(second));
    updated.await.expect("update");
}

fn schema_of(n: i64) -> WidgetChange {
    let schema = fresh::schema(&format!(r#"{{"type":"object","maxProperties":{n}}}"#));
    WidgetChange { schema: Some(schema), ..fresh::change() }
}

async fn assert_texts_of(stores: &Stores, module: &CompiledModule) {
    let text = asset(stores, AssetKind::Module, module.digest()).await;
    assert_eq!(text.as_deref(), Some(module.code()));
    let map = asset(stores, AssetKind::SourceMap, module.source_map_digest()).await;
    assert_eq!(map.as_deref(), Some(module.source_map()));
}

async fn asset(stores: &Stores, kind: AssetKind, digest: AssetDigest) -> Option<Arc<str>> {
    stores.versions.asset(kind, digest).await.expect("asset")
}
