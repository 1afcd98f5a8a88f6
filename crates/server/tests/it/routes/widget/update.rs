use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::harness::*;

#[tokio::test]
async fn the_references_update_gets_exactly_its_documented_fields() {
    let app = spawn_app().await;
    let id = app.post(WIDGETS, sales_dashboard()).await.expect(201).id();
    app.clock.advance(3_600);
    let change = json!({
        "name": "Updated Widget Name",
        "description": "Updated description",
        "component": COMPONENT,
        "schema": schema(),
    });
    assert_snapshot!(app.put(&widget_path(&id), change).role(Role::Manager).await, @r#"
    200
    etag: "2-0"
    {
      "success": true,
      "data": {
        "id": "widget_…",
        "key": "sales-dashboard",
        "name": "Updated Widget Name",
        "description": "Updated description",
        "category": "analytics",
        "tags": [
          "sales",
          "analytics",
          "dashboard"
        ],
        "version": 2,
        "schema": {
          "properties": {
            "title": {
              "type": "string"
            }
          },
          "required": [
            "title"
          ],
          "type": "object"
        },
        "component": "export default function Card({ data }) {\n  return <p>{data.title}</p>;\n}\n",
        "language": "jsx",
        "createdAt": "2025-10-20T10:00:00.000Z",
        "updatedAt": "2025-10-20T11:00:00.000Z",
        "createdBy": "user_xyz789",
        "usageCount": 0
      }
    }
    "#);
}

#[tokio::test]
async fn only_fields_in_the_request_change() {
    let app = spawn_app().await;
    let id = app.post(WIDGETS, sales_dashboard()).await.expect(201).id();
    let mut expected = app.get(&widget_path(&id)).await.data();
    for (member, value) in [
        ("name", json!("Other")),
        ("description", json!("")),
        ("category", json!("sales")),
        ("tags", json!([])),
        ("schema", schema()),
        ("component", json!(COMPONENT)),
    ] {
        let shown = app.put(&widget_path(&id), json!({member: value})).await.expect(200).data();
        if matches!(member, "schema" | "component") {
            expected["version"] = json!(expected["version"].as_u64().unwrap() + 1);
        }
        expected[member] = value;
        assert_eq!(shown, expected, "{member}");
        assert_eq!(app.get(&widget_path(&id)).await.data(), expected, "{member}");
    }
    let shown = app.put(&widget_path(&id), "{}").await.expect(200).data();
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn the_answer_of_get_can_be_sent_with_put() {
    let app = spawn_app().await;
    let id = app.post(WIDGETS, sales_dashboard()).await.expect(201).id();
    app.bind("peer_1", &id).await;
    let before = app.get(&widget_path(&id)).await.data();
    assert_eq!(app.put(&widget_path(&id), &before).await.expect(200).data(), before);
}

#[tokio::test]
async fn only_another_schema_or_component_adds_a_version() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let version = async |change: Value| app.put(&widget_path(&id), change).await.expect(200).data()["version"].clone();
    assert_eq!(version(json!({"name": "Other", "tags": ["x"]})).await, 1);
    assert_eq!(version(json!({"schema": schema(), "component": COMPONENT})).await, 1);
    assert_eq!(version(json!({"component": format!("{COMPONENT}// two")})).await, 2);
    assert_eq!(version(json!({"schema": {"type": "object"}})).await, 3);
    assert_eq!(version(json!({"schema": schema(), "component": COMPONENT})).await, 4);
}

#[tokio::test]
async fn time_and_author_of_the_creation_stay() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.clock.advance_micros(1_999);
    let shown = app.put(&widget_path(&id), json!({"name": "Other"})).role(Role::Manager).await.expect(200).data();
    assert_eq!(shown["createdAt"], "2025-10-20T10:00:00.000Z");
    assert_eq!(shown["updatedAt"], "2025-10-20T10:00:00.001Z");
    assert_eq!(shown["createdBy"], "user_xyz789");
}

#[tokio::test]
async fn the_key_never_changes() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.put(&widget_path(&id), json!({"key": "card", "name": "Same key"})).await.expect(200);
    for key in ["other", "", "NOT A KEY"] {
        let refused = app.put(&widget_path(&id), json!({"key": key})).await.expect(400);
        assert_eq!(refused.errors(), ["key: A widget's key cannot be changed"]);
    }
}

#[tokio::test]
async fn with_if_match_one_of_two_editors_succeeds() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = widget_path(&id);
    let etag = app.get(&path).await.header("etag").to_owned();
    let first = app.put(&path, json!({"name": "First"})).header("if-match", &etag).await.expect(200);
    assert_snapshot!(app.put(&path, json!({"name": "Second"})).header("if-match", &etag).await, @r#"
    412
    {
      "success": false,
      "error": "The widget was changed meanwhile",
      "code": "precondition_failed"
    }
    "#);
    assert_eq!(app.get(&path).await.data()["name"], "First");
    app.put(&path, json!({"name": "Second"})).header("if-match", first.header("etag")).await.expect(200);
}

#[tokio::test]
async fn if_match_accepts_lists_and_any_and_refuses_invalid_tags() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = widget_path(&id);
    let put =
        async |if_match: &str| app.put(&path, json!({"description": if_match})).header("if-match", if_match).await;
    let etag = app.get(&path).await.header("etag").to_owned();
    put(&format!("\"other\", {etag}")).await.expect(200);
    put("*").await.expect(200);
    let etag = app.get(&path).await.header("etag").to_owned();
    for stale in ["\"other\"", "\"\"", "\"1-0\"", &format!("W/{etag}"), "\"99999999999-0\"", "\"1-0\",,", "\"a,b\""] {
        assert_eq!(put(stale).await.expect(412).code(), "precondition_failed");
    }
    for wrong in ["1-0", "\"1-0", "", "*, \"1-0\"", "W/\"", "W/1"] {
        assert_eq!(
            put(wrong).await.expect(400).errors(),
            ["if-match: Expected '*' or a list of entity tags in double quotes"]
        );
    }
}

#[tokio::test]
async fn a_binding_does_not_make_an_edit_stale() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let etag = app.get(&widget_path(&id)).await.header("etag").to_owned();
    app.bind("peer_1", &id).await;
    app.put(&widget_path(&id), json!({"name": "Other"})).header("if-match", &etag).await.expect(200);
}

#[tokio::test]
async fn an_unknown_id_cannot_be_edited() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for path in [widget_path(NO_WIDGET), widget_path("x")] {
        assert_eq!(app.put(&path, json!({"name": "x"})).await.expect(404).code(), "widget_not_found");
    }
    app.put(&widget_path(&id), json!({"name": "x"})).role(Role::Stranger).await.expect(404);
    assert_eq!(app.get(&widget_path(&id)).await.data()["name"], "Card");
    app.delete(&widget_path(&id)).await.expect(200);
    app.put(&widget_path(&id), json!({"name": "x"})).await.expect(404);
}

#[tokio::test]
async fn a_refused_edit_changes_nothing() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let before = app.get(&widget_path(&id)).await.data();
    for change in [
        json!({"name": "New", "component": "not a component"}),
        json!({"name": "New", "schema": {}}),
        json!({"name": "New", "tags": 1}),
    ] {
        app.put(&widget_path(&id), change).await.expect(400);
    }
    assert_eq!(app.get(&widget_path(&id)).await.data(), before);
}
