//! Use cases of widgets.

use std::sync::Arc;

use app::{AppError, RenderTest, Reviewer, WidgetEdit, WidgetResolver, Widgets};
use domain::{
    access::Manager,
    component::ComponentError,
    id::WidgetId,
    origin::{AllowedOrigins, Origin},
    resources::{Origins, Resources},
    revision::Precondition,
    styles::Styles,
    widget::{Widget, WidgetWithUsage},
};
use ports::{
    CheckError, ComponentReview, CreateWidgetError, Creation, MockBindingStore, MockComponentReviewer,
    MockSchemaChecker, MockWidgetStore, SchemaReview, StoreError, WidgetStore,
};
use schema::field::FieldError;
use uuid::Uuid;

use crate::fixture::{
    accepted, accepting_reviewer, attempt, caller, catalog, clock, ids, new_widget, reviewer, unused_reviewer, widget,
};

async fn widgets(store: MockWidgetStore, reviewer: Arc<Reviewer>) -> Widgets {
    let store: Arc<dyn WidgetStore> = Arc::new(store);
    let widgets = WidgetResolver { widgets: Arc::clone(&store), prebuilt: catalog("weather").await };
    let render_test = Arc::new(RenderTest { renderer: None, reviewer: Arc::clone(&reviewer) });
    let bindings = Arc::new(MockBindingStore::new());
    Widgets { store, widgets, bindings, reviewer, render_test, clock: clock(), ids: ids() }
}

#[tokio::test]
async fn a_retry_returns_the_created_widget_without_another_review() {
    let mut store = MockWidgetStore::new();
    store.expect_replay().return_once(|_, _| Ok(Some(widget())));
    let widgets = widgets(store, unused_reviewer()).await;
    let created = widgets.create(&caller::<Manager>(), new_widget(), Some(&attempt())).await.unwrap();
    assert_eq!(created, (Creation::Replayed(widget()), Vec::new()));
}

#[tokio::test]
async fn a_refused_widget_is_not_saved_and_the_errors_of_both_parts_are_reported() {
    let error = ComponentError {
        line: 5,
        column: 1,
        message: "Syntax error: Unexpected token".to_owned(),
        code: "syntax".to_owned(),
    };
    let errors = vec![error.clone()];
    let mut components = MockComponentReviewer::new();
    components.expect_review().return_once(|_, _, _| Ok(ComponentReview::new(Err(errors))));
    let wrong = FieldError::new("schema", "Required field 'type' is missing");
    let review = SchemaReview { outcome: Err(vec![wrong.clone()]), warnings: Vec::new() };
    let mut schemas = MockSchemaChecker::new();
    schemas.expect_review().return_once(|_, _| Ok(review));
    let reviewer = reviewer(schemas, components);
    let widgets = widgets(MockWidgetStore::new(), Arc::new(reviewer)).await; // a call of the store would fail the test
    let refused = widgets.create(&caller::<Manager>(), new_widget(), None).await.unwrap_err();
    let AppError::WidgetRejected { schema_errors, component_errors } = refused else { panic!("{refused:?}") };
    assert_eq!(component_errors, [error]);
    assert_eq!(schema_errors, [wrong]);
}

#[tokio::test]
async fn a_busy_or_broken_checker_is_not_reported_as_the_callers_mistake() {
    for (failure, busy) in [(CheckError::Overloaded, true), (CheckError::Internal("gone".to_owned()), false)] {
        let mut components = MockComponentReviewer::new();
        components.expect_review().return_once(|_, _, _| Err(failure));
        let mut schemas = MockSchemaChecker::new();
        schemas.expect_review().returning(|text, _| Ok(accepted(text)));
        let reviewer = reviewer(schemas, components);
        let widgets = widgets(MockWidgetStore::new(), Arc::new(reviewer)).await;
        let error = widgets.create(&caller::<Manager>(), new_widget(), None).await.unwrap_err();
        assert!(matches!((&error, busy), (AppError::Overloaded, true) | (AppError::Internal(_), false)), "{error:?}");
    }
}

/// Creates an error of the store.
type Failure = fn() -> CreateWidgetError;
/// Whether the use case returned the expected error.
type Expected = fn(&AppError) -> bool;

#[tokio::test]
async fn failures_of_the_store_keep_their_kind() {
    let cases: [(Failure, Expected); 4] = [
        (|| CreateWidgetError::KeyTaken, |error| matches!(error, AppError::KeyTaken(key) if key.as_str() == "chart")),
        (|| CreateWidgetError::AttemptMismatch, |error| matches!(error, AppError::IdempotencyMismatch)),
        (|| StoreError::Unavailable("disk full".to_owned()).into(), |error| matches!(error, AppError::Unavailable(_))),
        (|| StoreError::Internal("a defect".to_owned()).into(), |error| matches!(error, AppError::Internal(_))),
    ];
    for (failure, expected) in cases {
        let mut store = MockWidgetStore::new();
        store.expect_create().return_once(move |_, _, _, _| Err(failure()));
        let error = widgets(store, accepting_reviewer())
            .await
            .create(&caller::<Manager>(), new_widget(), None)
            .await
            .unwrap_err();
        assert!(expected(&error), "{error:?}");
    }
}

#[tokio::test]
async fn a_prebuilt_widget_cannot_be_changed() {
    let widgets = widgets(MockWidgetStore::new(), unused_reviewer()).await; // a call of the store would fail the test
    let id = WidgetId::from_uuid(Uuid::from_u128(99));
    let edited = widgets.update(&caller::<Manager>(), id, WidgetEdit::default(), &Precondition::Any).await;
    assert!(matches!(edited, Err(AppError::PrebuiltReadOnly)));
    let deleted = widgets.delete(&caller::<Manager>(), id, &Precondition::Any).await;
    assert!(matches!(deleted, Err(AppError::PrebuiltReadOnly)));
}

#[tokio::test]
async fn a_stale_or_misdirected_edit_is_refused_before_it_is_reviewed() {
    let found = || WidgetWithUsage { widget: widget(), usage_count: 0 };
    let mut store = MockWidgetStore::new();
    store.expect_find().returning(move |_, _| Ok(Some(found())));
    let widgets = widgets(store, unused_reviewer()).await;
    let edit = || WidgetEdit { component: Some("x".to_owned()), ..WidgetEdit::default() };
    let stale = widgets.update(&caller::<Manager>(), widget().id, edit(), &Precondition::OneOf(vec![])).await;
    assert!(matches!(stale, Err(AppError::Stale)));
    let renamed = WidgetEdit { key: Some("other".to_owned()), ..edit() };
    let refused = widgets.update(&caller::<Manager>(), widget().id, renamed, &Precondition::Any).await;
    assert!(matches!(refused, Err(AppError::InvalidRequest(errors)) if errors[0].field == "key"));
}

fn connecting_to(origins: &[&str]) -> Resources {
    let origins = origins.iter().map(|text| Origin::parse(text).unwrap()).collect();
    Resources { connect: Origins::new(origins).unwrap(), ..Resources::default() }
}

/// The use case over a widget that makes requests, with these answers of the component reviewer and the store.
async fn requesting(components: MockComponentReviewer, mut store: MockWidgetStore) -> Widgets {
    let found = || Widget { resources: connecting_to(&["https://api.example"]), ..widget() };
    store.expect_find().returning(move |_, _| Ok(Some(WidgetWithUsage { widget: found(), usage_count: 0 })));
    widgets(store, Arc::new(reviewer(MockSchemaChecker::new(), components))).await
}

#[tokio::test]
async fn a_component_is_reviewed_with_the_resources_that_it_will_have() {
    for (resources, expected) in [
        (None, connecting_to(&["https://api.example"])),
        (Some(connecting_to(&["https://b.example"])), connecting_to(&["https://b.example"])),
    ] {
        let mut components = MockComponentReviewer::new();
        components.expect_review().times(1).withf(move |_, reviewed, _| reviewed.resources == expected).returning(
            |_, _, _| {
                let error = ComponentError { line: 1, column: 1, message: "No".to_owned(), code: "no-eval".to_owned() };
                Ok(ComponentReview::new(Err(vec![error])))
            },
        );
        let widgets = requesting(components, MockWidgetStore::new()).await;
        let edit = WidgetEdit { component: Some("x".to_owned()), resources, ..WidgetEdit::default() };
        let refused = widgets.update(&caller::<Manager>(), widget().id, edit, &Precondition::Any).await;
        assert!(matches!(refused, Err(AppError::WidgetRejected { .. })), "{refused:?}");
    }
}

#[tokio::test]
async fn an_edit_that_takes_the_network_away_reviews_the_current_component_and_does_not_save_it_again() {
    for (resources, reviews) in [(connecting_to(&["https://b.example"]), 0), (Resources::default(), 1)] {
        let mut components = MockComponentReviewer::new();
        components.expect_review().times(reviews).returning(|source, _, _| {
            assert_eq!(*source, widget().component);
            Ok(ComponentReview::new(Ok(crate::fixture::module())))
        });
        let mut store = MockWidgetStore::new();
        store.expect_update().times(1).returning(|_, _, change, _, _| {
            assert!(change.component.is_none() && change.resources.is_some());
            Ok(WidgetWithUsage { widget: widget(), usage_count: 0 })
        });
        let widgets = requesting(components, store).await;
        let edit = WidgetEdit { resources: Some(resources), ..WidgetEdit::default() };
        widgets.update(&caller::<Manager>(), widget().id, edit, &Precondition::Any).await.unwrap();
    }
}

#[tokio::test]
async fn an_edit_of_styles_compiles_the_current_component_with_the_new_setting() {
    for (styles, reviews) in [(Styles::Auto, 0), (Styles::None, 1)] {
        let mut components = MockComponentReviewer::new();
        components.expect_review().times(reviews).returning(|source, settings, _| {
            assert_eq!((source, settings.styles), (&widget().component, Styles::None));
            Ok(ComponentReview::new(Ok(crate::fixture::module())))
        });
        let mut store = MockWidgetStore::new();
        store.expect_find().returning(|_, _| Ok(Some(WidgetWithUsage { widget: widget(), usage_count: 0 })));
        store.expect_update().times(1).returning(move |_, _, change, _, _| {
            assert_eq!(change.compiled.map(|compiled| compiled.styles), (reviews > 0).then_some(styles));
            assert!(change.component.is_none());
            Ok(WidgetWithUsage { widget: widget(), usage_count: 0 })
        });
        let widgets = widgets(store, Arc::new(reviewer(MockSchemaChecker::new(), components))).await;
        let edit = WidgetEdit { styles: Some(styles), ..WidgetEdit::default() };
        widgets.update(&caller::<Manager>(), widget().id, edit, &Precondition::Any).await.unwrap();
    }
}

#[test]
fn an_origin_that_the_operator_does_not_allow_is_a_warning_with_its_place() {
    let origins = AllowedOrigins::parse("https://a.example").unwrap();
    let reviewer = Reviewer { origins, ..reviewer(MockSchemaChecker::new(), MockComponentReviewer::new()) };
    let [warning] = &reviewer.warnings_of(&connecting_to(&["https://a.example", "https://b.example"]))[..] else {
        panic!("one warning");
    };
    assert!(warning.starts_with("resources.connect[1]: ") && warning.contains("WIDGETD_WIDGET_ORIGINS"), "{warning}");
}
