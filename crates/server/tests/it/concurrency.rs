//! Concurrent requests: of conflicting ones, exactly one succeeds.

use std::future::IntoFuture;

use futures_util::future::{join, join_all};
use serde_json::json;

use crate::harness::*;

/// Sends `count` requests concurrently and returns the answers.
async fn at_once<'a>(count: usize, request: impl Fn(usize) -> Request<'a>) -> Vec<Response> {
    join_all((0..count).map(|number| request(number).into_future())).await
}

fn with_status(responses: &[Response], status: u16) -> Vec<&Response> {
    responses.iter().filter(|response| response.status == status).collect()
}

#[tokio::test]
async fn of_32_concurrent_creations_with_one_key_exactly_one_succeeds() {
    let app = spawn_app().await;
    let responses =
        at_once(32, |number| app.post(WIDGETS, widget_with("card", json!({"name": format!("{number}")})))).await;
    let won = with_status(&responses, 201);
    assert_eq!((won.len(), with_status(&responses, 409).len()), (1, 31));
    let list = app.get(WIDGETS).await.data();
    assert_eq!((&list["pagination"]["total"], &list["widgets"][0]["id"]), (&json!(1), &json!(won[0].id())));
}

#[tokio::test]
async fn of_16_concurrent_edits_with_one_entity_tag_exactly_one_succeeds() {
    let app = spawn_app().await;
    let path = widget_path(&app.create_widget("card").await);
    let etag = app.get(&path).await.header("etag").to_owned();
    let edit = |number: usize| app.put(&path, json!({"name": format!("{number}")})).header("if-match", &etag);
    let responses = at_once(16, edit).await;
    let won = with_status(&responses, 200);
    assert_eq!((won.len(), with_status(&responses, 412).len()), (1, 15));
    assert_eq!(app.get(&path).await.data(), won[0].data());
}

#[tokio::test]
async fn no_concurrent_edit_without_a_condition_is_lost() {
    let app = spawn_app().await;
    let path = widget_path(&app.create_widget("card").await);
    let edit = |number: usize| app.put(&path, json!({"component": format!("{COMPONENT}// {number}")}));
    for response in at_once(12, edit).await {
        response.expect(200);
    }
    assert_eq!(app.get(&path).await.data()["version"], 13);
}

#[tokio::test]
async fn concurrent_sends_with_one_idempotency_key_create_one_message() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    let send = |_| app.post(&messages_path("conv_1"), message("card")).header("idempotency-key", "once");
    let responses = at_once(32, send).await;
    let text = responses[0].text();
    assert!(responses.iter().all(|response| response.status == 201 && response.text() == text));
    assert_eq!(responses.iter().filter(|response| response.header("idempotency-replayed").is_empty()).count(), 1);
    assert_eq!(app.messages("conv_1").await, [responses[0].data()]);
}

#[tokio::test]
async fn concurrent_creations_with_one_idempotency_key_create_one_widget_or_binding() {
    let app = spawn_app().await;
    let widgets = at_once(16, |_| app.post(WIDGETS, widget("card")).header("idempotency-key", "w")).await;
    let bindings =
        at_once(16, |_| app.post(&peer_path("peer_1"), json!({"widgetKey": "card"})).header("idempotency-key", "b"))
            .await;
    for responses in [widgets, bindings] {
        let text = responses[0].text();
        assert!(responses.iter().all(|response| response.status == 201 && response.text() == text), "{}", responses[0]);
    }
}

#[tokio::test]
async fn of_concurrent_bindings_of_one_widget_to_one_peer_exactly_one_succeeds() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let responses = at_once(16, |_| app.post(&peer_path("peer_1"), json!({"widgetId": id}))).await;
    assert_eq!((with_status(&responses, 201).len(), with_status(&responses, 409).len()), (1, 15));
    assert_eq!(app.get(&widget_path(&id)).await.data()["usageCount"], 1);
}

#[tokio::test]
async fn a_widget_is_never_both_bound_and_deleted() {
    let app = spawn_app().await;
    let (mut bound, mut deleted) = (0, 0);
    for round in 0..24 {
        let id = app.create_widget("card").await;
        let (path, peer) = (widget_path(&id), peer_path(&format!("peer_{round}")));
        let bind = app.post(&peer, json!({"widgetId": id})).into_future();
        let delete = app.delete(&path).into_future();
        // Which of the two is sent first takes turns.
        let (bind, delete) = if round % 2 == 0 {
            join(bind, delete).await
        } else {
            let (delete, bind) = join(delete, bind).await;
            (bind, delete)
        };
        match (bind.status, delete.status) {
            (201, 409) => {
                bound += 1;
                app.delete(&binding_path(&format!("peer_{round}"), &bind.id())).await.expect(200);
                app.delete(&path).await.expect(200);
            }
            (404, 200) => {
                deleted += 1;
                app.get(&path).await.expect(404);
                assert_eq!(app.get(&peer).await.data()["widgets"], json!([]));
            }
            both => panic!("bound and deleted: {both:?}"),
        }
    }
    assert_eq!(bound + deleted, 24);
}

#[tokio::test]
async fn concurrent_edits_of_one_binding_keep_each_others_members() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = binding_path("peer_1", &app.bind("peer_1", &id).await);
    let changes = [
        json!({"enabled": false}),
        json!({"config": {"defaultProps": {"a": 1}}}),
        json!({"config": {"allowCustomData": true}}),
    ];
    for response in at_once(3, |number| app.put(&path, &changes[number])).await {
        response.expect(200);
    }
    let binding = app.get(&path).await.data();
    assert_eq!(
        (&binding["enabled"], &binding["config"]),
        (&json!(false), &json!({"defaultProps": {"a": 1}, "allowCustomData": true}))
    );
}
