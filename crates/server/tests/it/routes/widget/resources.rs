//! What widgets load from other origins, in every request and answer that has it.

use domain::origin::AllowedOrigins;
use http::PublicUrl;
use serde_json::{Value, json};

use crate::harness::*;

const FETCHES: &str = "export default function Card() {\n  fetch('https://api.example.com/x');\n  return <p />;\n}\n";

/// The fields of the errors of an answer.
fn fields(refused: &Response) -> Vec<String> {
    let errors = refused.details()["errors"].as_array().unwrap().clone();
    errors.iter().map(|error| error["field"].as_str().unwrap().to_owned()).collect()
}

fn resources() -> Value {
    json!({"images": ["https://cdn.example.com"], "connect": ["https://api.example.com", "https://b.example:8443"]})
}

#[tokio::test]
async fn resources_come_back_as_they_were_sent_and_others_make_a_version() {
    let app = spawn_app().await;
    let created = app.post(WIDGETS, widget_with("card", json!({"resources": resources()}))).await.expect(201);
    assert_eq!(created.data()["resources"], resources());
    let id = created.id();
    let fonts = json!({"fonts": ["https://cdn.example.com"]});
    for (sent, version, expected) in [
        (json!({"name": "Renamed"}), 1, resources()),
        (json!({"resources": resources()}), 1, resources()),
        (json!({"resources": fonts}), 2, fonts.clone()),
        (json!({"resources": {"images": [], "fonts": ["https://cdn.example.com"]}}), 2, fonts),
        (json!({"resources": {}}), 3, Value::Null),
    ] {
        let edited = app.edit(&id, sent.clone()).await;
        assert_eq!((&edited["version"], &edited["resources"]), (&json!(version), &expected), "{sent}");
        let found = app.get(&widget_path(&id)).await.expect(200).data();
        assert_eq!(found, edited, "{sent}");
        let found = app.get(&version_path(&id, version)).await.expect(200).data();
        assert_eq!(found["resources"], expected, "{sent}");
    }
    let restored = app.request("POST", &restore_path(&id, 1)).await.expect(200).data();
    assert_eq!((&restored["version"], &restored["resources"]), (&json!(4), &resources()));
    let sent_back = app.get(&widget_path(&id)).await.data();
    assert_eq!(app.edit(&id, sent_back).await["version"], 4, "the answer of GET changes nothing");
}

#[tokio::test]
async fn a_retry_is_answered_with_the_resources_of_its_time() {
    let app = spawn_app().await;
    let body = widget_with("card", json!({"resources": resources()}));
    let first = app.post(WIDGETS, body.clone()).header("idempotency-key", "once").await.expect(201);
    app.edit(&first.id(), json!({"resources": {}})).await;
    let again = app.post(WIDGETS, body).header("idempotency-key", "once").await.expect(201);
    assert_eq!(again.data(), first.data());
}

#[tokio::test]
async fn every_wrong_origin_is_named_with_its_place() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for (sent, places) in [
        (json!([]), &["resources"][..]),
        (Value::Null, &["resources"]),
        (json!({"scripts": ["https://cdn.example.com"]}), &["resources.scripts"]),
        (json!({"images": "https://cdn.example.com"}), &["resources.images"]),
        (json!({"images": ["https://a.example", "*", 1]}), &["resources.images[1]", "resources.images[2]"]),
        (
            json!({"fonts": ["http://a.example"], "connect": ["'self'"]}),
            &["resources.fonts[0]", "resources.connect[0]"],
        ),
        (json!({"connect": ["https://a.example; script-src *"]}), &["resources.connect[0]"]),
        (json!({"connect": vec!["https://a.example"; 11]}), &["resources.connect"]),
    ] {
        let body = json!({"resources": sent});
        for refused in [
            app.post(WIDGETS, widget_with("other", body.clone())).await.expect(400),
            app.put(&widget_path(&id), body.clone()).await.expect(400),
        ] {
            assert_eq!(fields(&refused), places, "{sent}");
        }
        let body = with(body, json!({"schema": schema(), "component": COMPONENT}));
        let found = app.post(VALIDATE, body).await.expect(200).data();
        assert_eq!(found["valid"], false);
        let errors = found["errors"].as_array().unwrap();
        assert!(errors.iter().all(|error| error["type"] == "resources"), "{found}");
        assert_eq!(errors.iter().map(|error| error["field"].as_str().unwrap()).collect::<Vec<_>>(), places, "{sent}");
    }
}

#[tokio::test]
async fn a_component_that_makes_requests_needs_origins_for_them() {
    let app = spawn_app().await;
    let refused = app.post(WIDGETS, widget_with("card", json!({"component": FETCHES}))).await.expect(400);
    assert!(refused.text().contains("no-network") && refused.text().contains("`connect`"), "{refused}");
    let members = json!({"component": FETCHES, "resources": resources()});
    let id = app.create_widget_with("card", members.clone()).await;
    for lost in [json!({}), json!({"images": ["https://cdn.example.com"]})] {
        let refused = app.put(&widget_path(&id), json!({"resources": lost})).await.expect(400);
        assert_eq!(refused.code(), "widget_validation_failed", "{lost}");
    }
    app.edit(&id, json!({"resources": {}, "component": COMPONENT})).await;
    app.put(&widget_path(&id), json!({"component": FETCHES})).await.expect(400);
    let found = app.post(VALIDATE, with(members, json!({"schema": schema()}))).await.expect(200).data();
    assert_eq!(found["valid"], true, "{found}");
    assert_eq!(app.request("POST", &restore_path(&id, 1)).await.expect(200).data()["component"], FETCHES);
}

#[tokio::test]
async fn an_origin_that_the_operator_does_not_allow_is_a_warning() {
    let options = Options { origins: AllowedOrigins::parse("https://*.example.com").unwrap(), ..Options::default() };
    let app = spawn_with(options).await;
    let body = json!({"schema": schema(), "component": COMPONENT, "resources": resources()});
    let found = app.post(VALIDATE, body).await.expect(200).data();
    assert_eq!((&found["valid"], found["warnings"].as_array().unwrap().len()), (&json!(true), 1), "{found}");
    let warning = found["warnings"][0].as_str().unwrap();
    assert!(
        warning.starts_with("resources.connect[1]: the operator does not allow https://b.example:8443"),
        "{warning}"
    );
    assert!(warning.contains("WIDGETD_WIDGET_ORIGINS"), "{warning}");
}

#[tokio::test]
async fn the_services_own_origin_is_refused() {
    let mut options = Options::default();
    options.http.public_url = PublicUrl::parse("https://widgets.example.com").unwrap();
    let app = spawn_with(options).await;
    let own = json!({"images": ["https://cdn.example.com", "https://widgets.example.com"]});
    let refused = app.post(WIDGETS, widget_with("card", json!({"resources": own}))).await.expect(400);
    assert_eq!(fields(&refused), ["resources.images[1]"]);
    let id = app.create_widget("card").await;
    app.put(&widget_path(&id), json!({"resources": own})).await.expect(400);
    let body = json!({"schema": schema(), "component": COMPONENT, "resources": own});
    assert_eq!(app.post(VALIDATE, body).await.expect(200).data()["errors"][0]["field"], "resources.images[1]");
}
