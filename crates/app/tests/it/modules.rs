//! Modules of versions that were saved before modules were stored.

use std::sync::Arc;

use app::{AppError, Modules, Versions, WidgetResolver};
use domain::{
    access::Principal,
    component::ComponentError,
    id::ApiKeyId,
    module::StoredModule,
    origin::{AllowedOrigins, Origin},
    resources::{Origins, Resources},
    widget::{Version, WidgetVersion, WidgetWithUsage, prebuilt_workspace},
};
use ports::{
    CheckError, ComponentReview, MockBindingStore, MockComponentReviewer, MockVersionStore, MockWidgetStore, StoreError,
};
use uuid::Uuid;

use crate::fixture::{NOW, caller, catalog, clock, component_review, module, unused_reviewer, widget};

fn version(module: Option<StoredModule>) -> WidgetVersion {
    let widget = widget();
    WidgetVersion {
        widget: widget.id,
        widget_name: widget.name,
        version: Version::FIRST,
        schema: widget.schema,
        component: widget.component,
        language: widget.language,
        resources: widget.resources,
        styles: widget.styles,
        module,
        created_at: NOW,
    }
}

fn modules_over(store: MockVersionStore, components: MockComponentReviewer) -> Modules {
    Modules { store: Arc::new(store), components: Arc::new(components), origins: AllowedOrigins::default() }
}

/// The versions of a workspace with one widget, over these mocks.
async fn versions(store: MockVersionStore, components: MockComponentReviewer) -> Versions {
    let store = Arc::new(store);
    let mut widgets = MockWidgetStore::new();
    widgets.expect_find().returning(|_, _| Ok(Some(WidgetWithUsage { widget: widget(), usage_count: 0 })));
    Versions {
        store: Arc::clone(&store) as _,
        widgets: WidgetResolver { widgets: Arc::new(widgets), prebuilt: catalog("other").await },
        bindings: Arc::new(MockBindingStore::new()),
        reviewer: unused_reviewer(),
        modules: Arc::new(Modules { store, components: Arc::new(components), origins: AllowedOrigins::default() }),
        clock: clock(),
    }
}

#[tokio::test]
async fn a_version_with_a_module_is_not_compiled_again() {
    let mut store = MockVersionStore::new();
    store.expect_find_version().return_once(|_, _, _| Ok(Some(version(Some(module().summary().clone())))));
    let versions = versions(store, MockComponentReviewer::new()).await; // a call of the compiler would fail the test
    let found = versions.find(&caller::<Principal>(), widget().id, Version::FIRST).await.unwrap();
    assert!(found.is_current && found.module == *module().summary());
}

#[tokio::test]
async fn an_old_version_is_compiled_on_request_and_gets_the_module_that_is_stored() {
    let stored = StoredModule { load_bytes: Some(7), ..module().summary().clone() };
    let faster = stored.clone();
    let mut store = MockVersionStore::new();
    store.expect_find_version().return_once(|_, _, _| Ok(Some(version(None))));
    store.expect_save_module().times(1).return_once(move |_, _, _, compiled| {
        assert_eq!(*compiled, module());
        Ok(faster)
    });
    let mut components = MockComponentReviewer::new();
    components.expect_compile_stored().times(1).return_once(|source, _, _| {
        assert_eq!(*source, widget().component);
        Ok(component_review())
    });
    let found = versions(store, components).await.find(&caller::<Principal>(), widget().id, Version::FIRST).await;
    assert_eq!(found.unwrap().module, stored);
}

#[tokio::test]
async fn a_version_that_does_not_compile_is_reported_with_the_components_errors() {
    let error = ComponentError { line: 2, column: 3, message: "No".to_owned(), code: "too-complex".to_owned() };
    let errors = vec![error.clone()];
    let mut store = MockVersionStore::new();
    store.expect_find_version().return_once(|_, _, _| Ok(Some(version(None))));
    let mut components = MockComponentReviewer::new();
    components.expect_compile_stored().return_once(|_, _, _| Ok(ComponentReview::new(Err(errors))));
    let found = versions(store, components).await.find(&caller::<Principal>(), widget().id, Version::FIRST).await;
    let Err(AppError::WidgetRejected { component_errors, schema_errors }) = found else { panic!("{found:?}") };
    assert_eq!((component_errors, schema_errors), (vec![error], Vec::new()));
}

#[tokio::test]
async fn a_start_compiles_the_missing_modules_of_pre_built_widgets_and_survives_failures() {
    let prebuilt = catalog("chart").await;
    let service = ApiKeyId::from_uuid(Uuid::nil());
    for (lacks, answer, failures) in
        [(false, Ok(component_review()), 0), (true, Ok(component_review()), 0), (true, Err(CheckError::Overloaded), 1)]
    {
        let mut store = MockVersionStore::new();
        store.expect_find_version().returning(move |workspace, _, version_of| {
            assert_eq!((workspace, version_of), (&prebuilt_workspace(), Version(2)));
            Ok(Some(version((!lacks).then(|| module().summary().clone()))))
        });
        let stored = usize::from(lacks && failures == 0);
        store.expect_save_module().times(stored).returning(|_, _, _, module| Ok(module.summary().clone()));
        let mut components = MockComponentReviewer::new();
        components.expect_compile_stored().times(usize::from(lacks)).return_once(|_, _, _| answer);
        let modules = modules_over(store, components);
        assert_eq!(modules.prepare(&prebuilt, service).await.len(), failures);
    }
    let mut store = MockVersionStore::new();
    store.expect_find_version().returning(|_, _, _| Err(StoreError::Unavailable("gone".to_owned())));
    let modules = modules_over(store, MockComponentReviewer::new());
    assert_eq!(modules.prepare(&prebuilt, service).await.len(), 1);
}

#[tokio::test]
async fn a_frame_loads_what_its_version_declares_and_the_operator_allows() {
    let origins =
        |texts: &[&str]| Origins::new(texts.iter().map(|text| Origin::parse(text).unwrap()).collect()).unwrap();
    let declared = Resources { images: origins(&["https://a.example", "https://b.example"]), ..Resources::default() };
    for (setting, allowed) in [("off", vec![]), ("https://b.example,https://c.example", vec!["https://b.example"])] {
        let mut store = MockVersionStore::new();
        let stored = declared.clone();
        store.expect_frame_resources().return_once(move |_, _, _| Ok(Some(stored)));
        let origins_of_operator = AllowedOrigins::parse(setting).unwrap();
        let modules = Modules { origins: origins_of_operator, ..modules_over(store, MockComponentReviewer::new()) };
        let found = modules.frame_resources(widget().id, Version::FIRST, module().digest()).await.unwrap();
        assert_eq!(found, Resources { images: origins(&allowed), ..Resources::default() });
    }
    let mut store = MockVersionStore::new();
    store.expect_frame_resources().return_once(|_, _, _| Ok(None));
    let modules = modules_over(store, MockComponentReviewer::new());
    let missing = modules.frame_resources(widget().id, Version::FIRST, module().digest()).await;
    assert!(matches!(missing, Err(AppError::ModuleNotFound)), "{missing:?}");
}
