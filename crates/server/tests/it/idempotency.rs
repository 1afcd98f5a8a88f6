//! `Idempotency-Key`: a retry creates nothing and gets the first answer.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::*;

/// A creation of each kind, and how to count its objects.
struct Creation {
    path: String,
    body: Value,
    other_body: Value,
    /// The member of a list's `data`.
    member: &'static str,
    /// The count before the creation.
    before: usize,
}

async fn creations(app: &TestApp) -> [Creation; 3] {
    app.create_widget("existing").await;
    [
        Creation {
            path: WIDGETS.to_owned(),
            body: widget("card"),
            other_body: widget("other"),
            member: "widgets",
            before: 1,
        },
        Creation {
            path: peer_path("peer_1"),
            body: json!({"widgetKey": "existing"}),
            other_body: json!({"widgetKey": "existing", "enabled": false}),
            member: "widgets",
            before: 0,
        },
        Creation {
            path: messages_path("conv_1"),
            body: message("existing"),
            other_body: with(message("existing"), json!({"text": "other"})),
            member: "messages",
            before: 0,
        },
    ]
}

#[tokio::test]
async fn a_retry_gets_the_first_answer_and_creates_nothing() {
    let app = spawn_app().await;
    for Creation { path, body, member, before, .. } in creations(&app).await {
        // For each kind another key: it is another address, so another request.
        let first = app.post(&path, &body).header("idempotency-key", &path).await.expect(201);
        assert_eq!(first.header("idempotency-replayed"), "");
        app.clock.advance(60);
        for _ in 0..3 {
            let again = app.post(&path, &body).header("idempotency-key", &path).await.expect(201);
            assert_eq!(again.header("idempotency-replayed"), "true");
            assert_eq!(again.text(), first.text());
            for name in ["location", "etag"] {
                assert_eq!(again.header(name), first.header(name));
            }
        }
        let there_are = app.get(&path).await.data()[member].as_array().unwrap().len();
        assert_eq!(there_are, before + 1, "{path}");
    }
}

#[tokio::test]
async fn another_request_with_the_same_key_is_refused() {
    let app = spawn_app().await;
    let [widgets, bindings, messages] = creations(&app).await;
    app.post(&messages.path, &messages.body).header("idempotency-key", "k").await.expect(201);
    assert_snapshot!(app.post(&messages.path, &messages.other_body).header("idempotency-key", "k").await, @r#"
    422
    {
      "success": false,
      "error": "The Idempotency-Key was used for another request",
      "code": "idempotency_key_reused"
    }
    "#);
    // Another address, another verb's body, the same meaning in other bytes: all are other requests.
    for (path, body) in [
        (messages_path("conv_2"), messages.body.to_string()),
        (messages.path.clone(), format!(" {}", messages.body)),
        (widgets.path.clone(), widgets.body.to_string()),
        (bindings.path.clone(), bindings.body.to_string()),
    ] {
        let refused = app.post(&path, body).header("idempotency-key", "k").await.expect(422);
        assert_eq!(refused.code(), "idempotency_key_reused", "{path}");
    }
    for Creation { path, body, other_body, .. } in [widgets, bindings] {
        app.post(&path, &body).header("idempotency-key", &path).await.expect(201);
        app.post(&path, &other_body).header("idempotency-key", &path).await.expect(422);
    }
}

#[tokio::test]
async fn idempotency_keys_of_two_callers_are_independent() {
    let app = spawn_app().await;
    app.create_widget("existing").await;
    let send = async |role, text: &str| {
        let body = with(message("existing"), json!({"text": text}));
        app.post(&messages_path("conv_1"), body).role(role).header("idempotency-key", "k").await.expect(201)
    };
    let first = send(Role::Owner, "one").await;
    let second = send(Role::Messenger, "two").await;
    assert_ne!(first.id(), second.id());
    assert_eq!(send(Role::Owner, "one").await.id(), first.id());
}

/// Only housekeeping deletes keys; a request of a process whose clock is ahead does not.
#[tokio::test]
async fn a_request_forgets_no_key_whatever_its_clock_says() {
    let app = spawn_app().await;
    for Creation { path, body, other_body, .. } in creations(&app).await {
        let first = app.post(&path, &body).header("idempotency-key", &path).await.expect(201);
        for seconds in [24 * 3_600, 3_600, -50 * 3_600] {
            app.clock.advance(seconds);
            assert_eq!(app.post(&path, &body).header("idempotency-key", &path).await.expect(201).id(), first.id());
            app.post(&path, &other_body).header("idempotency-key", &path).await.expect(422);
        }
    }
}

#[tokio::test]
async fn a_replay_returns_the_creation_even_after_an_edit_and_a_deletion() {
    let app = spawn_app().await;
    let create = async || app.post(WIDGETS, widget("card")).header("idempotency-key", "w").await.expect(201);
    let first = create().await;
    let path = widget_path(&first.id());
    app.put(&path, json!({"name": "Edited", "component": format!("{COMPONENT}// 2"), "schema": {"type": "object"}}))
        .await
        .expect(200);
    assert_eq!(create().await.text(), first.text());
    let add = async || {
        app.post(&peer_path("peer_1"), json!({"widgetKey": "card"})).header("idempotency-key", "b").await.expect(201)
    };
    let binding = add().await;
    let binding_path = binding_path("peer_1", &binding.id());
    app.put(&binding_path, json!({"enabled": false, "config": {"defaultProps": {}}})).await.expect(200);
    assert_eq!(add().await.text(), binding.text());
    app.delete(&binding_path).await.expect(200);
    assert_eq!(add().await.text(), binding.text());
    app.get(&binding_path).await.expect(404);
    app.delete(&path).await.expect(200);
    assert_eq!(create().await.text(), first.text());
    app.get(&path).await.expect(404);
}

#[tokio::test]
async fn a_request_that_failed_may_be_corrected_with_the_same_key() {
    let app = spawn_app().await;
    app.create_widget("existing").await;
    let send = async |body: Value| app.post(&messages_path("conv_1"), body).header("idempotency-key", "k").await;
    send(message("nothing")).await.expect(404);
    send(with(message("existing"), json!({"data": {}}))).await.expect(400);
    send(json!([])).await.expect(400);
    let sent = send(message("existing")).await.expect(201);
    assert_eq!(send(message("existing")).await.expect(201).id(), sent.id());
}

#[tokio::test]
async fn a_key_is_1_to_255_visible_characters() {
    let app = spawn_app().await;
    app.create_widget("existing").await;
    for key in ["a", "with spaces and \"quotes\"", &"x".repeat(255)] {
        app.post(&messages_path("conv_1"), message("existing")).header("idempotency-key", key).await.expect(201);
    }
    for key in ["", "é", "a\tb", &"x".repeat(256)] {
        let refused =
            app.post(&messages_path("conv_1"), message("existing")).header("idempotency-key", key).await.expect(400);
        assert_eq!(refused.errors(), ["Idempotency-Key: Expected 1 to 255 printable ASCII characters"], "{key:?}");
    }
    let twice = app
        .post(&messages_path("conv_1"), message("existing"))
        .header("idempotency-key", "a")
        .header("idempotency-key", "a");
    assert_eq!(twice.await.expect(400).errors(), ["Idempotency-Key: Appears more than once"]);
}
