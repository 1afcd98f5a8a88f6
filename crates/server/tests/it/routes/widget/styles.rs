//! The setting `styles`, and the style sheet that browsers load.

use serde_json::{Value, json};

use crate::harness::*;

const TAILWIND: &str = "export default ({ data }) => <p className=\"mt-4 text-xl hover:underline\">{data.title}</p>;\n";

/// The text of the style sheet of a widget, and `None` without one.
async fn stylesheet(app: &TestApp, id: &str) -> Option<String> {
    let payload = app.get(&preview_path(id)).await.expect(200).data();
    let path = payload.get("styles")?.as_str().unwrap();
    let sheet = app.get(path).role(Role::Anonymous).await.expect(200);
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    Some(sheet.text().to_owned())
}

#[tokio::test]
async fn a_component_with_utility_classes_gets_a_style_sheet() {
    let app = spawn_app().await;
    let id = app.create_widget_with("card", json!({"component": TAILWIND})).await;
    let sheet = stylesheet(&app, &id).await.unwrap();
    assert!(sheet.contains(".mt-4") && sheet.contains("hover"), "{sheet}");
    let plain = app.create_widget("plain").await;
    assert_eq!(stylesheet(&app, &plain).await, None);
}

#[tokio::test]
async fn another_setting_makes_a_version_with_another_style_sheet() {
    let app = spawn_app().await;
    let created =
        app.post(WIDGETS, widget_with("card", json!({"component": TAILWIND, "styles": "none"}))).await.expect(201);
    assert_eq!(created.data()["styles"], "none");
    let id = created.id();
    assert_eq!(stylesheet(&app, &id).await, None);
    for (sent, version, styles, is_styled) in [
        (json!({"styles": "tailwind"}), 2, json!("tailwind"), true),
        (json!({"styles": "tailwind", "name": "Same"}), 2, json!("tailwind"), true),
        (json!({"styles": "auto"}), 3, Value::Null, true),
        (json!({"schema": {"type": "object"}}), 4, Value::Null, true),
        (json!({"styles": "none"}), 5, json!("none"), false),
    ] {
        let edited = app.edit(&id, sent.clone()).await;
        assert_eq!((&edited["version"], &edited["styles"]), (&json!(version), &styles), "{sent}");
        assert_eq!(app.get(&version_path(&id, version)).await.data()["styles"], styles, "{sent}");
        assert_eq!(stylesheet(&app, &id).await.is_some(), is_styled, "{sent}");
    }
    app.request("POST", &restore_path(&id, 2)).await.expect(200);
    assert!(stylesheet(&app, &id).await.is_some());
    let sent_back = app.get(&widget_path(&id)).await.data();
    assert_eq!(app.edit(&id, sent_back).await["version"], 6, "the answer of GET changes nothing");
}

#[tokio::test]
async fn another_value_is_refused() {
    let app = spawn_app().await;
    let refused = app.post(WIDGETS, widget_with("card", json!({"styles": "css"}))).await.expect(400);
    let error = &refused.details()["errors"][0];
    assert_eq!(
        (&error["field"], &error["message"]),
        (&json!("styles"), &json!("Must be \"auto\", \"tailwind\" or \"none\""))
    );
    let body = json!({"schema": schema(), "component": TAILWIND, "styles": 1});
    let found = app.post(VALIDATE, body).await.expect(200).data();
    assert_eq!(
        (&found["valid"], &found["errors"][0]["type"], &found["tailwind"]),
        (&json!(false), &json!("styles"), &json!(true))
    );
}
