//! Use cases of bindings.

use std::sync::Arc;

use app::{AppError, Bindings, Reviewer, WidgetResolver};
use domain::{
    access::Messenger,
    binding::{BindingChange, BindingConfig, BindingDraft, DefaultProps, NamedPeerWidget, PeerWidget, WidgetRef},
    id::PeerWidgetId,
    names::PeerId,
    widget::WidgetName,
};
use mockall::Sequence;
use ports::{MockBindingStore, MockComponentReviewer, MockSchemaChecker, MockWidgetStore, ReplaceBindingError};
use schema::field::FieldError;
use uuid::Uuid;

use crate::fixture::{NOW, caller, catalog, clock, contract, ids, json, key, reviewer, unused_reviewer, widget};

async fn bindings(store: MockBindingStore, widgets: MockWidgetStore, reviewer: Arc<Reviewer>) -> Bindings {
    let prebuilt = catalog("weather").await;
    let widgets = WidgetResolver { widgets: Arc::new(widgets), prebuilt };
    Bindings { store: Arc::new(store), widgets, reviewer, clock: clock(), ids: ids() }
}

fn peer() -> PeerId {
    PeerId::parse("peer_1").unwrap()
}

fn bound() -> NamedPeerWidget {
    let id = PeerWidgetId::from_uuid(Uuid::from_u128(5));
    let binding = PeerWidget {
        id,
        peer: peer(),
        widget: widget().id,
        enabled: true,
        config: BindingConfig::default(),
        added_at: NOW,
    };
    NamedPeerWidget { binding, widget_key: key(), widget_name: WidgetName::parse("Chart").unwrap() }
}

fn fixed_data(data: &str) -> BindingConfig {
    let props = DefaultProps::new(json(&format!(r#"{{"data":{data}}}"#))).unwrap();
    BindingConfig { default_props: Some(props), allow_custom_data: Some(false) }
}

#[tokio::test]
async fn an_edit_that_conflicts_is_retried_on_the_result_of_the_other() {
    let mut store = MockBindingStore::new();
    let mut sequence = Sequence::new();
    store.expect_find().times(1).in_sequence(&mut sequence).returning(|_, _, _| Ok(Some(bound())));
    store.expect_replace().times(1).in_sequence(&mut sequence).returning(|_, _, _| Err(ReplaceBindingError::Changed));
    let other = BindingConfig { allow_custom_data: Some(true), ..BindingConfig::default() };
    let after_other_edit = {
        let other = other.clone();
        move || {
            let mut named = bound();
            named.binding.config = other.clone();
            named
        }
    };
    store.expect_find().times(1).in_sequence(&mut sequence).returning(move |_, _, _| Ok(Some(after_other_edit())));
    store.expect_replace().times(1).in_sequence(&mut sequence).returning(|_, _, _| Ok(()));
    let bindings = bindings(store, MockWidgetStore::new(), unused_reviewer()).await;
    let change = BindingChange { enabled: Some(false), config: BindingConfig::default() };
    let edited = bindings.update(&caller::<Messenger>(), &peer(), bound().binding.id, change).await.unwrap();
    assert_eq!((edited.enabled, edited.config), (false, other));
}

#[tokio::test]
async fn an_edit_that_always_conflicts_gives_up() {
    let mut store = MockBindingStore::new();
    store.expect_find().returning(|_, _, _| Ok(Some(bound())));
    store.expect_replace().times(8).returning(|_, _, _| Err(ReplaceBindingError::Changed));
    let bindings = bindings(store, MockWidgetStore::new(), unused_reviewer()).await;
    let error = bindings
        .update(&caller::<Messenger>(), &peer(), bound().binding.id, BindingChange::default())
        .await
        .unwrap_err();
    assert!(matches!(error, AppError::Contended));
}

#[tokio::test]
async fn fixed_data_that_does_not_fit_is_not_saved() {
    let wrong = FieldError::new("config.defaultProps.data.revenue", "Expected number, received string");
    let mut schemas = MockSchemaChecker::new();
    let reported = wrong.clone();
    schemas
        .expect_check_data()
        .withf(|_, _, root, _| root == "config.defaultProps.data")
        .return_once(move |_, _, _, _| Ok(vec![reported]));
    let reviewer = reviewer(schemas, MockComponentReviewer::new());
    let mut widgets = MockWidgetStore::new();
    widgets.expect_contract().returning(|_, _| Ok(Some(contract())));
    let found = || domain::widget::WidgetWithUsage { widget: widget(), usage_count: 0 };
    widgets.expect_find().returning(move |_, _| Ok(Some(found())));
    let bindings = bindings(MockBindingStore::new(), widgets, Arc::new(reviewer)).await; // saving would fail the test
    let draft = BindingDraft { widget: WidgetRef::Key(key()), enabled: true, config: fixed_data(r#"{"revenue":"x"}"#) };
    let error = bindings.add(&caller::<Messenger>(), peer(), draft, None).await.unwrap_err();
    assert!(matches!(error, AppError::InvalidRequest(errors) if errors == [wrong]));
}

#[tokio::test]
async fn an_unknown_widget_key_is_not_found() {
    let mut widgets = MockWidgetStore::new();
    widgets.expect_contract().returning(|_, _| Ok(None));
    let bindings = bindings(MockBindingStore::new(), widgets, unused_reviewer()).await;
    let draft = BindingDraft { widget: WidgetRef::Key(key()), enabled: true, config: BindingConfig::default() };
    assert!(matches!(bindings.add(&caller::<Messenger>(), peer(), draft, None).await, Err(AppError::WidgetNotFound)));
}
