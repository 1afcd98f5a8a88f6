//! A workspace learns nothing about another: requests for another's objects get the same bytes as requests for unknown ones.

use serde_json::{Value, json};

use crate::harness::*;

/// An object of another workspace, and an unknown one of the same kind.
struct Pair {
    method: &'static str,
    path: [String; 2],
    body: [Option<Value>; 2],
    headers: [Vec<(&'static str, String)>; 2],
}

fn pair(method: &'static str, path: [String; 2]) -> Pair {
    Pair { method, path, body: [None, None], headers: [Vec::new(), Vec::new()] }
}

impl Pair {
    fn body(self, body: [Value; 2]) -> Self {
        Self { body: body.map(Some), ..self }
    }

    fn header(mut self, name: &'static str, values: [String; 2]) -> Self {
        for (headers, value) in self.headers.iter_mut().zip(values) {
            headers.push((name, value));
        }
        self
    }
}

/// An answer without the parts that differ each time. The id of the request is written as `it`.
async fn seen(app: &TestApp, pair: &Pair, which: usize, names: &[&str]) -> String {
    let mut request = app.request(pair.method, &pair.path[which]).role(Role::Stranger);
    if let Some(body) = &pair.body[which] {
        request = request.body(body);
    }
    for (name, value) in &pair.headers[which] {
        request = request.header(name, value);
    }
    let response = request.await;
    let mut headers: Vec<String> = response
        .headers
        .iter()
        .filter(|(name, _)| !["date", "x-request-id", "content-length"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    headers.sort_unstable();
    let text = format!("{}\n{}\n{}", response.status, headers.join("\n"), response.text());
    names.iter().fold(text, |text, name| text.replace(name, "it"))
}

#[tokio::test]
async fn ids_of_another_workspace_are_answered_like_unknown_ones() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let etag = app.get(&widget_path(&id)).await.header("etag").to_owned();
    let binding = app.bind("peer_1", &id).await;
    let message_id = app.send("conv_1", message("card")).await.id();
    app.post(&messages_path("conv_1"), message("card")).header("idempotency-key", "k").await.expect(201);

    let (no_binding, no_message) = ("peer_widget_01h455vb4pex5vsknk084sn02q", "msg_01h455vb4pex5vsknk084sn02q");
    // A cursor contains a time, and so does the answer.
    let no_message_of_then = format!("{}0000", &message_id[..message_id.len() - 4]);
    let widgets = [widget_path(&id), widget_path(NO_WIDGET)];
    let bindings = [binding_path("peer_1", &binding), binding_path("peer_0", no_binding)];
    let other_bindings = [binding_path("peer_1", &binding), binding_path("peer_1", no_binding)];
    let messages = [message_path("conv_1", &message_id), message_path("conv_0", no_message)];
    let other_messages = [message_path("conv_1", &message_id), message_path("conv_1", no_message)];
    let edit = || json!({"name": "Mine"});
    let no_tag = "\"9-9\"".to_owned();
    let pairs = [
        pair("GET", widgets.clone()),
        pair("GET", widgets.clone()).header("if-none-match", [etag.clone(), no_tag.clone()]),
        pair("GET", widgets.clone()).header("if-none-match", ["*".to_owned(), "*".to_owned()]),
        pair("HEAD", widgets.clone()),
        pair("PUT", widgets.clone()).body([edit(), edit()]),
        pair("PUT", widgets.clone()).body([edit(), edit()]).header("if-match", [etag.clone(), no_tag.clone()]),
        pair("PUT", widgets.clone()).body([edit(), edit()]).header("if-match", [no_tag.clone(), no_tag.clone()]),
        pair("PUT", widgets.clone()).body([json!({"key": "card"}), json!({"key": "card"})]),
        pair("PUT", widgets.clone()).body([json!({"component": 1}), json!({"component": 1})]),
        pair("DELETE", widgets.clone()),
        pair("DELETE", widgets).header("if-match", [etag, no_tag]),
        pair("GET", bindings.clone()),
        pair("GET", other_bindings.clone()),
        pair("PUT", bindings.clone()).body([json!({"enabled": false}), json!({"enabled": false})]),
        pair("PUT", other_bindings.clone()).body([json!({"enabled": false}), json!({"enabled": false})]),
        pair("DELETE", bindings),
        pair("DELETE", other_bindings),
        pair("GET", [peer_path("peer_1"), peer_path("peer_0")]),
        pair("POST", [peer_path("peer_1"), peer_path("peer_0")])
            .body([json!({"widgetId": id}), json!({"widgetId": NO_WIDGET})]),
        pair("POST", [peer_path("peer_1"), peer_path("peer_0")])
            .body([json!({"widgetKey": "card"}), json!({"widgetKey": "none"})]),
        pair("GET", messages),
        pair("GET", other_messages),
        pair("GET", [messages_path("conv_1"), messages_path("conv_0")]),
        pair(
            "GET",
            [
                format!("{}?cursor={message_id}", messages_path("conv_1")),
                format!("{}?cursor={no_message_of_then}", messages_path("conv_1")),
            ],
        ),
        pair("POST", [messages_path("conv_1"), messages_path("conv_0")]).body([message("card"), message("none")]),
        pair("POST", [messages_path("conv_1"), messages_path("conv_0")])
            .body([message("card"), message("none")])
            .header("idempotency-key", ["k".to_owned(), "unused".to_owned()]),
        pair("GET", [format!("{WIDGETS}?search=card"), format!("{WIDGETS}?search=none")]),
    ];
    let names = [
        id.as_str(),
        NO_WIDGET,
        &binding,
        no_binding,
        &message_id,
        no_message,
        &no_message_of_then,
        "peer_1",
        "peer_0",
        "conv_1",
        "conv_0",
        "card",
        "none",
    ];
    for pair in &pairs {
        let (anothers, none) = (seen(&app, pair, 0, &names).await, seen(&app, pair, 1, &names).await);
        assert_eq!(anothers, none, "{} {}", pair.method, pair.path[0]);
    }
    // The other workspace is unchanged.
    assert_eq!(app.get(&widget_path(&id)).await.data()["name"], "Card");
    assert_eq!(app.get(&binding_path("peer_1", &binding)).await.data()["enabled"], true);
}

#[tokio::test]
async fn names_used_in_another_workspace_are_free() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.bind("peer_1", &id).await;
    let bind = json!({"widgetKey": "task-kanban"});
    app.post(&peer_path("peer_1"), &bind).await.expect(201);
    let before = app.get(&format!("{PREBUILT}/task-kanban")).role(Role::Stranger).await;
    assert_eq!(before.data(), app.get(&format!("{PREBUILT}/task-kanban")).await.data());
    let key = "idempotency-key";
    app.post(WIDGETS, widget("other")).header(key, "k").await.expect(201);
    let created = app.post(WIDGETS, widget("other")).role(Role::Stranger).header(key, "k").await.expect(201);
    assert_eq!(created.header("idempotency-replayed"), "");
    app.post(WIDGETS, widget("card")).role(Role::Stranger).await.expect(201);
    app.post(&peer_path("peer_1"), bind).role(Role::Stranger).await.expect(201);
    app.post(&messages_path("conv_1"), message("card")).role(Role::Stranger).await.expect(201);
    assert_eq!(app.get(&messages_path("conv_1")).await.data()["messages"], json!([]));
}
