use std::sync::Arc;

use domain::{component::ComponentError, module::CompiledModule, rate_limit::RateLimit};
use ports::{ComponentReview, MockComponentReviewer};
use serde_json::{Value, json};
use server::config::Limits;

use crate::harness::*;

/// A widget with two versions.
async fn edited(app: &TestApp) -> (String, Value) {
    let id = app.create_widget("card").await;
    let second = json!({"component": component_of("two"), "schema": {"type": "object"}, "name": "Second"});
    let second = app.edit(&id, second).await;
    (id, second)
}

#[tokio::test]
async fn a_restoration_adds_a_version_with_the_content_of_an_old_one() {
    let app = spawn_app().await;
    let (id, second) = edited(&app).await;
    let response = app.request("POST", &restore_path(&id, 1)).role(Role::Manager).await.expect(200);
    let restored = response.data();
    assert_eq!(response.header("etag"), "\"3-0\"");
    assert_eq!((&restored["version"], &restored["name"]), (&json!(3), &second["name"]), "a name is of no version");
    assert_eq!((&restored["component"], &restored["schema"]), (&json!(COMPONENT), &schema()));
    assert_eq!(app.get(&widget_path(&id)).await.data(), restored);
    app.post(&messages_path("c"), json!({"type": "widget", "widgetKey": "card", "data": {}})).await.expect(400);
    let sent = app.send("c", message("card")).await.data();
    assert_eq!(sent["widgetVersion"], 3, "messages are sent with it at once");
    let module = |version| app.get(&version_path(&id, version));
    assert_eq!(module(3).await.data()["module"], module(1).await.data()["module"]);
}

#[tokio::test]
async fn restoring_the_current_version_changes_nothing() {
    let app = spawn_app().await;
    let (id, second) = edited(&app).await;
    let restored = app.request("POST", &restore_path(&id, 2)).await.expect(200);
    assert_eq!(restored.data(), second);
    assert_eq!(app.get(&versions_path(&id)).await.data()["pagination"]["total"], 2);
}

#[tokio::test]
async fn if_match_is_honored() {
    let app = spawn_app().await;
    let (id, second) = edited(&app).await;
    for stale in ["\"1-0\"", "\"other\""] {
        let response = app.request("POST", &restore_path(&id, 1)).header("if-match", stale).await.expect(412);
        assert_eq!(response.code(), "precondition_failed");
    }
    assert_eq!(app.get(&widget_path(&id)).await.data(), second);
    app.request("POST", &restore_path(&id, 1)).header("if-match", "\"2-9\"").await.expect(200);
}

#[tokio::test]
async fn a_retry_gets_the_first_answer() {
    let app = spawn_app().await;
    let (id, _) = edited(&app).await;
    let restore = |version| app.request("POST", &restore_path(&id, version)).header("idempotency-key", "once");
    let first = restore(1).await.expect(200);
    assert_eq!(first.header("idempotency-replayed"), "");
    app.edit(&id, json!({"component": component_of("four")})).await;
    let again = restore(1).await.expect(200);
    assert_eq!((again.header("idempotency-replayed"), again.text()), ("true", first.text()));
    assert_eq!(again.header("etag"), first.header("etag"));
    assert_eq!(app.get(&widget_path(&id)).await.data()["version"], 4, "nothing was restored again");
    assert_eq!(restore(2).await.expect(422).code(), "idempotency_key_reused");
    app.delete(&widget_path(&id)).await.expect(200);
    assert_eq!(restore(1).await.expect(200).text(), first.text());
}

#[tokio::test]
async fn an_unknown_version_is_not_restored() {
    let app = spawn_app().await;
    let (id, _) = edited(&app).await;
    for version in ["3", "0", "x"] {
        let path = format!("{}/{version}/restore", versions_path(&id));
        assert_eq!(app.request("POST", &path).await.expect(404).code(), "widget_version_not_found", "{version}");
    }
    for (id, role) in [(&*id, Role::Stranger), (NO_WIDGET, Role::Owner)] {
        let response = app.request("POST", &restore_path(id, 1)).role(role).await.expect(404);
        assert_eq!(response.code(), "widget_not_found");
    }
    let prebuilt = app.get(&format!("{PREBUILT}/task-kanban")).await.id();
    let response = app.request("POST", &restore_path(&prebuilt, 1)).await.expect(403);
    assert_eq!(response.code(), "prebuilt_read_only");
}

#[tokio::test]
async fn a_restored_component_renders_as_it_did_whatever_the_current_rules_say() {
    let error = ComponentError { line: 1, column: 2, message: "No longer allowed".into(), code: "no-eval".into() };
    let app = spawn_with(Options {
        change: Box::new(move |adapters| {
            let mut components = MockComponentReviewer::new();
            let mut calls = 0;
            components.expect_review().returning(move |_, _, _| {
                calls += 1;
                let module = CompiledModule::new(format!("export default()=>{calls};"), "{}");
                Ok(ComponentReview::new(if calls < 3 { Ok(module) } else { Err(vec![error.clone()]) }))
            });
            components.expect_compile_stored().returning(|_, _, _| Ok(ComponentReview::new(Err(Vec::new()))));
            adapters.components = Arc::new(components);
        }),
        ..Options::default()
    })
    .await;
    let (id, _) = edited(&app).await;
    app.request("POST", &restore_path(&id, 1)).await.expect(200);
    let versions = app.get(&versions_path(&id)).await.data();
    let modules: Vec<&Value> = versions["versions"].as_array().unwrap().iter().map(|it| &it["module"]).collect();
    assert!(modules.len() == 3 && modules[0] == modules[2] && modules[0] != modules[1], "{modules:?}");
}

#[tokio::test]
async fn restorations_count_as_writes_and_lists_of_versions_as_lists() {
    let once = Some(RateLimit::per_hour(1));
    let app = spawn_with(Options {
        limits: Limits { write: once, list: once, message: None, preview: None },
        ..Options::default()
    });
    let app = app.await;
    for (method, path) in [("POST", restore_path(NO_WIDGET, 1)), ("GET", versions_path(NO_WIDGET))] {
        app.request(method, &path).await.expect(404);
        assert_eq!(app.request(method, &path).await.expect(429).code(), "rate_limited");
    }
}
