//! Failures of a store: 503 or 500, without the cause.

use std::sync::Arc;

use domain::rate_limit::RateLimit;
use insta::assert_snapshot;
use ports::{
    AppendError, BindError, CheckError, CreateWidgetError, DeleteWidgetError, MockApiKeyStore, MockBindingStore,
    MockComponentReviewer, MockMessageStore, MockRateLimiter, MockSchemaChecker, MockVersionStore, MockWidgetStore,
    ReplaceBindingError, ReplayError, RestoreError, StoreError, UpdateWidgetError,
};
use serde_json::json;
use server::{config::Limits, wiring::Adapters};

use crate::harness::*;

/// The cause, which only the log may contain.
const CAUSE: &str = "connection refused: postgres://widgetd:hunter2@db-7";

fn unavailable() -> StoreError {
    StoreError::Unavailable(CAUSE.to_owned())
}

fn broken() -> StoreError {
    StoreError::Internal(CAUSE.to_owned())
}

async fn app(change: impl FnOnce(&mut Adapters) + 'static) -> TestApp {
    spawn_with(Options { change: Box::new(change), may_fail: true, ..Options::default() }).await
}

/// Every method of the four stores fails with `error`.
fn failing(error: fn() -> StoreError) -> impl FnOnce(&mut Adapters) {
    move |adapters| {
        let mut widgets = MockWidgetStore::new();
        widgets.expect_create().returning(move |_, _, _, _| Err(CreateWidgetError::Store(error())));
        widgets.expect_replay().returning(move |_, _| Err(ReplayError::Store(error())));
        widgets.expect_find().returning(move |_, _| Err(error()));
        widgets.expect_contract().returning(move |_, _| Err(error()));
        widgets.expect_list().returning(move |_, _, _| Err(error()));
        widgets.expect_update().returning(move |_, _, _, _, _| Err(UpdateWidgetError::Store(error())));
        widgets.expect_restore().returning(move |_, _, _, _, _, _| Err(RestoreError::Store(error())));
        widgets.expect_delete().returning(move |_, _, _, _| Err(DeleteWidgetError::Store(error())));
        let mut bindings = MockBindingStore::new();
        bindings.expect_add().returning(move |_, _, _| Err(BindError::Store(error())));
        bindings.expect_replay().returning(move |_, _| Err(ReplayError::Store(error())));
        bindings.expect_list().returning(move |_, _| Err(error()));
        bindings.expect_find().returning(move |_, _, _| Err(error()));
        bindings.expect_find_by_widget().returning(move |_, _, _| Err(error()));
        bindings.expect_replace().returning(move |_, _, _| Err(ReplaceBindingError::Store(error())));
        bindings.expect_remove().returning(move |_, _, _| Err(error()));
        bindings.expect_usage_count().returning(move |_, _| Err(error()));
        let mut messages = MockMessageStore::new();
        messages.expect_append().returning(move |_, _, _| Err(AppendError::Store(error())));
        messages.expect_replay().returning(move |_, _| Err(ReplayError::Store(error())));
        messages.expect_find().returning(move |_, _, _| Err(error()));
        messages.expect_list().returning(move |_, _, _| Err(error()));
        let mut versions = MockVersionStore::new();
        versions.expect_list_versions().returning(move |_, _, _| Err(error()));
        versions.expect_find_version().returning(move |_, _, _| Err(error()));
        versions.expect_save_module().returning(move |_, _, _, _| Err(error()));
        versions.expect_asset().returning(move |_, _| Err(error()));
        adapters.versions = Arc::new(versions);
        adapters.widgets = Arc::new(widgets);
        adapters.bindings = Arc::new(bindings);
        adapters.messages = Arc::new(messages);
    }
}

/// A request to each route that uses a store, with a body that passes the earlier checks.
async fn ask_all(app: &TestApp) -> Vec<(String, Response)> {
    let (peer_widget, sent) = ("peer_widget_01h455vb4pex5vsknk084sn02q", "msg_01h455vb4pex5vsknk084sn02q");
    let prebuilt = json!({"type": "widget", "widgetKey": "task-kanban", "data": {}, "peerId": "peer_1"});
    let mut answers = Vec::new();
    for (method, path, body, key) in [
        ("GET", WIDGETS.to_owned(), None, None),
        ("POST", WIDGETS.to_owned(), Some(widget("card")), None),
        ("POST", WIDGETS.to_owned(), Some(widget("card")), Some("k")),
        ("GET", widget_path(NO_WIDGET), None, None),
        ("GET", widget_path("widget_01k80gzf84fx2aebj0z3btr95w"), None, None),
        ("PUT", widget_path(NO_WIDGET), Some(json!({})), None),
        ("DELETE", widget_path(NO_WIDGET), None, None),
        ("GET", peer_path("peer_1"), None, None),
        ("POST", peer_path("peer_1"), Some(json!({"widgetId": NO_WIDGET})), None),
        ("POST", peer_path("peer_1"), Some(json!({"widgetKey": "card"})), Some("k")),
        ("GET", binding_path("peer_1", peer_widget), None, None),
        ("PUT", binding_path("peer_1", peer_widget), Some(json!({})), None),
        ("DELETE", binding_path("peer_1", peer_widget), None, None),
        ("GET", messages_path("conv_1"), None, None),
        ("POST", messages_path("conv_1"), Some(prebuilt.clone()), None),
        ("POST", messages_path("conv_1"), Some(prebuilt), Some("k")),
        ("GET", message_path("conv_1", sent), None, None),
        ("GET", render_path("conv_1", sent), None, None),
        ("GET", versions_path(NO_WIDGET), None, None),
        ("GET", version_path(NO_WIDGET, 1), None, None),
        ("POST", restore_path(NO_WIDGET, 1), None, None),
        ("POST", restore_path(NO_WIDGET, 1), None, Some("k")),
        ("GET", preview_path(NO_WIDGET), None, None),
        ("POST", preview_path(NO_WIDGET), Some(json!({"data": {}})), None),
        ("GET", format!("/assets/widget/{}.js", "0".repeat(64)), None, None),
        ("GET", format!("/assets/widget/{}.js.map", "0".repeat(64)), None, None),
    ] {
        let mut request = app.request(method, &path);
        if let Some(body) = body {
            request = request.body(body);
        }
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        answers.push((format!("{method} {path}"), request.await));
    }
    answers
}

#[tokio::test]
async fn every_route_answers_503_without_the_cause_if_the_store_is_unavailable() {
    let app = app(failing(unavailable)).await;
    for (request, response) in ask_all(&app).await {
        assert_eq!((response.status, response.code().as_str()), (503, "unavailable"), "{request}");
        assert_eq!(response.header("retry-after"), "1", "{request}");
        assert!(!response.text().contains("refused") && !response.text().contains("hunter2"), "{response}");
    }
    assert_snapshot!(app.get(WIDGETS).await, @r#"
    503
    retry-after: 1
    {
      "success": false,
      "error": "The service is temporarily unavailable, try again",
      "code": "unavailable"
    }
    "#);
}

#[tokio::test]
async fn every_route_answers_500_without_the_cause_after_a_defect() {
    let app = app(failing(broken)).await;
    for (request, response) in ask_all(&app).await {
        assert_eq!((response.status, response.code().as_str()), (500, "internal_error"), "{request}");
        assert!(!response.text().contains("refused") && !response.text().contains("hunter2"), "{response}");
    }
    assert_snapshot!(app.get(WIDGETS).await, @r#"
    500
    {
      "success": false,
      "error": "Internal error",
      "code": "internal_error"
    }
    "#);
}

#[tokio::test]
async fn a_valid_key_is_not_refused_with_401_if_the_key_store_fails() {
    for (error, status) in [(unavailable as fn() -> StoreError, 503), (broken, 500)] {
        let app = app(move |adapters| {
            let mut keys = MockApiKeyStore::new();
            keys.expect_find().returning(move |_| Err(error()));
            adapters.api_keys = Arc::new(keys);
        })
        .await;
        let response = app.get(WIDGETS).await;
        assert_eq!((response.status, response.header("www-authenticate")), (status, ""));
        // A malformed key is refused without the store.
        app.get(WIDGETS).header("authorization", "Bearer nonsense").await.expect(401);
    }
}

#[tokio::test]
async fn a_request_is_refused_if_the_rate_limiter_fails() {
    let app = spawn_with(Options {
        limits: Limits { list: Some(RateLimit::per_hour(1)), ..Limits::default() },
        change: Box::new(|adapters| {
            let mut limiter = MockRateLimiter::new();
            limiter.expect_take().returning(|_, _, _, _| Err(unavailable()));
            adapters.limiter = Arc::new(limiter);
        }),
        may_fail: true,
        ..Options::default()
    })
    .await;
    assert_eq!(app.get(WIDGETS).await.expect(503).code(), "unavailable");
}

#[tokio::test]
async fn a_failing_checker_reports_nothing_as_invalid() {
    for (error, status) in [(CheckError::Overloaded, 503), (CheckError::Internal(CAUSE.to_owned()), 500)] {
        let app = app(move |adapters| {
            let mut components = MockComponentReviewer::new();
            components.expect_review().returning(move |_, _, _| Err(error.clone()));
            components.expect_compile_stored().returning(|_, _, _| Err(CheckError::Overloaded));
            adapters.components = Arc::new(components);
        })
        .await;
        for response in [
            app.post(WIDGETS, widget("card")).await,
            app.post(VALIDATE, json!({"schema": schema(), "component": COMPONENT})).await,
        ] {
            assert_eq!(response.status, status);
            assert!(!response.text().contains("refused"), "{response}");
        }
    }
    let app = app(|adapters| {
        let mut schemas = MockSchemaChecker::new();
        schemas.expect_review().times(1).returning(|_, _| Err(CheckError::Internal(CAUSE.to_owned())));
        schemas.expect_review().returning(|_, _| Err(CheckError::Overloaded));
        adapters.schemas = Arc::new(schemas);
    })
    .await;
    for status in [500, 503] {
        let response = app.post(WIDGETS, widget("card")).await.expect(status);
        assert!(!response.text().contains("refused"), "{response}");
    }
}

#[tokio::test]
async fn an_edit_of_a_binding_that_others_keep_changing_is_a_conflict() {
    let app = app(|adapters| {
        let mut bindings = MockBindingStore::new();
        let found = domain::binding::NamedPeerWidget {
            binding: domain::binding::PeerWidget {
                id: domain::id::PeerWidgetId::parse("peer_widget_01h455vb4pex5vsknk084sn02q").unwrap(),
                peer: domain::names::PeerId::parse("peer_1").unwrap(),
                widget: domain::id::WidgetId::parse(NO_WIDGET).unwrap(),
                enabled: true,
                config: domain::binding::BindingConfig::default(),
                added_at: adapters.clock.now(),
            },
            widget_key: domain::widget::WidgetKey::parse("card").unwrap(),
            widget_name: domain::widget::WidgetName::parse("Card").unwrap(),
        };
        bindings.expect_find().returning(move |_, _, _| Ok(Some(found.clone())));
        bindings.expect_replace().returning(|_, _, _| Err(ReplaceBindingError::Changed));
        adapters.bindings = Arc::new(bindings);
    })
    .await;
    let response =
        app.put(&binding_path("peer_1", "peer_widget_01h455vb4pex5vsknk084sn02q"), json!({"enabled": false})).await;
    assert_snapshot!(response, @r#"
    409
    {
      "success": false,
      "error": "Too many edits at once, try again",
      "code": "too_many_edits"
    }
    "#);
}
