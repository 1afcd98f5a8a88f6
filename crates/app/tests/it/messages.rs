//! Use cases of messages.

use std::sync::Arc;

use app::{AppError, Messages, Reviewer, WidgetResolver};
use domain::{
    access::Messenger,
    binding::{BindingConfig, DefaultProps, PeerWidget},
    id::PeerWidgetId,
    idempotency::Attempt,
    message::{Message, MessageDraft},
    names::{ConversationId, PeerId},
    widget::{Version, WidgetKey},
};
use ports::{Creation, MockBindingStore, MockComponentReviewer, MockMessageStore, MockSchemaChecker, MockWidgetStore};
use schema::field::FieldError;
use uuid::Uuid;

use crate::fixture::{
    NOW, accepting_reviewer, attempt, caller, catalog, clock, contract, document, ids, json, key, unused_reviewer,
    widget,
};

struct Ports {
    store: MockMessageStore,
    widgets: MockWidgetStore,
    bindings: MockBindingStore,
    reviewer: Arc<Reviewer>,
}

impl Ports {
    /// The workspace has the widget, the store accepts messages, and the reviewer accepts everything.
    fn accepting() -> Self {
        let mut store = MockMessageStore::new();
        store.expect_append().returning(|_, message, _| Ok(Creation::Created(message.clone())));
        let mut widgets = MockWidgetStore::new();
        widgets.expect_contract().returning(|_, wanted| Ok((*wanted == key()).then(contract)));
        Self { store, widgets, bindings: MockBindingStore::new(), reviewer: accepting_reviewer() }
    }

    fn bound(mut self, enabled: bool, config: BindingConfig) -> Self {
        let id = PeerWidgetId::from_uuid(Uuid::from_u128(5));
        let binding = PeerWidget { id, peer: peer(), widget: widget().id, enabled, config, added_at: NOW };
        self.bindings.expect_find_by_widget().returning(move |_, _, _| Ok(Some(binding.clone())));
        self
    }

    async fn send(self, draft: MessageDraft) -> Result<Creation<Message>, AppError> {
        self.send_as(draft, None).await
    }

    async fn send_as(self, draft: MessageDraft, attempt: Option<Attempt>) -> Result<Creation<Message>, AppError> {
        let Self { store, widgets, bindings, reviewer } = self;
        let widgets = WidgetResolver { widgets: Arc::new(widgets), prebuilt: catalog("weather").await };
        let messages = Messages {
            store: Arc::new(store),
            widgets,
            bindings: Arc::new(bindings),
            reviewer,
            clock: clock(),
            ids: ids(),
        };
        let conversation = ConversationId::parse("conv_1").unwrap();
        messages.send(&caller::<Messenger>(), conversation, draft, attempt.as_ref()).await
    }
}

fn peer() -> PeerId {
    PeerId::parse("peer_1").unwrap()
}

fn draft(data: Option<&str>, for_peer: bool) -> MessageDraft {
    MessageDraft { widget_key: key(), data: data.map(document), text: None, peer: for_peer.then(peer) }
}

fn fixed(props: &str) -> BindingConfig {
    BindingConfig { default_props: Some(DefaultProps::new(json(props)).unwrap()), allow_custom_data: Some(false) }
}

fn refused_field(result: Result<Creation<Message>, AppError>) -> String {
    match result {
        Err(AppError::InvalidRequest(errors)) => errors[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_message_pins_the_version_its_data_was_checked_against() {
    let sent = Ports::accepting().send(draft(Some(r#"{ "a": 1e2 }"#), false)).await.unwrap().into_inner();
    assert_eq!((sent.widget_version, sent.data.as_str()), (Version(4), r#"{ "a": 1e2 }"#));
}

#[tokio::test]
async fn a_workspaces_own_widget_takes_precedence_over_a_prebuilt_one_with_the_same_key() {
    let prebuilt = MessageDraft { widget_key: WidgetKey::parse("weather").unwrap(), ..draft(Some("{}"), false) };
    let sent = Ports::accepting().send(prebuilt).await.unwrap().into_inner();
    assert_eq!((sent.widget, sent.widget_version), (domain::id::WidgetId::from_uuid(Uuid::from_u128(99)), Version(2)));

    let mut own = Ports::accepting();
    own.widgets = MockWidgetStore::new();
    own.widgets.expect_contract().returning(|_, _| Ok(Some(contract())));
    let prebuilt = MessageDraft { widget_key: WidgetKey::parse("weather").unwrap(), ..draft(Some("{}"), false) };
    assert_eq!(own.send(prebuilt).await.unwrap().into_inner().widget, widget().id);
}

#[tokio::test]
async fn data_that_does_not_fit_is_not_stored() {
    let error = FieldError::new("data.revenue", "Expected number, received string");
    let mut schemas = MockSchemaChecker::new();
    let reported = error.clone();
    schemas.expect_check_data().return_once(move |_, _, _, _| Ok(vec![reported]));
    let mut ports = Ports::accepting();
    ports.store = MockMessageStore::new(); // storing would fail the test
    ports.reviewer =
        Arc::new(Reviewer { schemas: Arc::new(schemas), components: Arc::new(MockComponentReviewer::new()) });
    let refused = ports.send(draft(Some("{}"), false)).await.unwrap_err();
    assert!(matches!(refused, AppError::DataRejected { errors, .. } if errors == [error]));
}

#[tokio::test]
async fn a_named_peer_must_have_the_widget_enabled() {
    let mut without = Ports::accepting();
    without.bindings.expect_find_by_widget().returning(|_, _, _| Ok(None));
    assert!(matches!(without.send(draft(Some("{}"), true)).await, Err(AppError::PeerLacksWidget(_))));
    let disabled = Ports::accepting().bound(false, BindingConfig::default());
    assert!(matches!(disabled.send(draft(Some("{}"), true)).await, Err(AppError::DisabledForPeer(_))));
    let enabled = Ports::accepting().bound(true, BindingConfig::default());
    assert!(enabled.send(draft(Some("{}"), true)).await.is_ok());
}

#[tokio::test]
async fn a_binding_without_custom_data_sends_its_own() {
    let ports = || Ports::accepting().bound(true, fixed(r#"{"theme":"dark","data":{"n":1}}"#));
    assert_eq!(ports().send(draft(None, true)).await.unwrap().into_inner().data.as_str(), r#"{"n":1}"#);
    assert_eq!(refused_field(ports().send(draft(Some("{}"), true)).await), "data");
    let without = Ports::accepting().bound(true, fixed("{}"));
    assert_eq!(refused_field(without.send(draft(None, true)).await), "data");
}

#[tokio::test]
async fn data_is_required_everywhere_else() {
    let mut ports = Ports::accepting();
    ports.reviewer = unused_reviewer();
    assert_eq!(refused_field(ports.send(draft(None, false)).await), "data");
}

#[tokio::test]
async fn a_message_that_can_be_sent_needs_no_lookup_of_earlier_attempts() {
    // The mock refuses a call of `replay`.
    let sent = Ports::accepting().send_as(draft(Some("{}"), false), Some(attempt())).await.unwrap();
    assert!(!sent.is_replay());
}

#[tokio::test]
async fn a_retry_returns_the_sent_message_even_if_it_could_no_longer_be_sent() {
    let sent = Ports::accepting().send(draft(Some("{}"), false)).await.unwrap().into_inner();
    let mut ports = Ports::accepting();
    ports.widgets = MockWidgetStore::new();
    ports.widgets.expect_contract().returning(|_, _| Ok(None));
    let earlier = sent.clone();
    ports.store.expect_replay().returning(move |_, _| Ok(Some(earlier.clone())));
    let again = ports.send_as(draft(Some("{}"), false), Some(attempt())).await.unwrap();
    assert!(again.is_replay());
    assert_eq!(again.into_inner(), sent);
}

#[tokio::test]
async fn an_invalid_message_that_was_never_sent_is_refused_as_without_an_idempotency_key() {
    let mut ports = Ports::accepting();
    ports.widgets = MockWidgetStore::new();
    ports.widgets.expect_contract().returning(|_, _| Ok(None));
    ports.store.expect_replay().returning(|_, _| Ok(None));
    let refused = ports.send_as(draft(Some("{}"), false), Some(attempt())).await;
    assert!(matches!(refused, Err(AppError::WidgetNotFound)), "{refused:?}");
}
