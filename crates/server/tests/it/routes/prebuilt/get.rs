use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn the_references_example_gets_exactly_its_documented_fields() {
    let app = spawn_app().await;
    let response = app.get(&format!("{PREBUILT}/sales-funnel-progress")).role(Role::Reader).await.expect(200);
    let mut shown = response.json();
    let data = &mut shown["data"];
    assert!(data["component"].as_str().unwrap().contains("export default"));
    assert_eq!(data["schema"]["type"], "object");
    data["component"] = json!("…");
    data["schema"] = json!("…");
    assert_snapshot!(serde_json::to_string_pretty(&shown).unwrap(), @r#"
    {
      "data": {
        "category": "sales",
        "component": "…",
        "description": "Displays sales pipeline stages with conversion rates",
        "exampleData": {
          "stages": [
            {
              "conversionRate": 0.25,
              "count": 1500,
              "name": "Leads",
              "value": "$150,000"
            }
          ]
        },
        "id": "widget_01k80gzf80e7sbyvptpvak6z7q",
        "key": "sales-funnel-progress",
        "name": "Sales Funnel Progress",
        "schema": "…",
        "tags": [
          "sales",
          "funnel",
          "pipeline",
          "conversion"
        ],
        "version": 1
      },
      "success": true
    }
    "#);
}

#[tokio::test]
async fn only_pre_built_widgets_are_found() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    for key in ["card", "nothing", "Task-Kanban", "%00", "%ff", "x%2Fy"] {
        let response = app.get(&format!("{PREBUILT}/{key}")).await.expect(404);
        assert_eq!(response.code(), "widget_not_found", "{key}");
    }
}

#[tokio::test]
async fn a_pre_built_widget_is_found_by_its_id_too() {
    let app = spawn_app().await;
    let by_key = app.get(&format!("{PREBUILT}/task-kanban")).await.data();
    let id = by_key["id"].as_str().unwrap();
    // The same permanently, in every installation.
    assert_eq!(id, "widget_01k80gzf84fx2aebj0z3btr95w");
    let response = app.get(&widget_path(id)).role(Role::Reader).await.expect(200);
    let by_id = response.data();
    for member in ["id", "key", "name", "description", "category", "tags", "version", "schema", "component"] {
        assert_eq!(by_id[member], by_key[member], "{member}");
    }
    assert_eq!((&by_id["createdBy"], &by_id["usageCount"]), (&json!("system"), &json!(0)));
    app.get(&widget_path(id)).header("if-none-match", response.header("etag")).await.expect(304);
}

#[tokio::test]
async fn usage_is_counted_for_each_workspace_separately() {
    let app = spawn_app().await;
    let id = app.get(&format!("{PREBUILT}/task-kanban")).await.id();
    app.bind("peer_1", &id).await;
    app.bind("peer_2", &id).await;
    app.post(&peer_path("peer_1"), json!({"widgetId": id})).role(Role::Stranger).await.expect(201);
    assert_eq!(app.get(&widget_path(&id)).await.data()["usageCount"], 2);
    assert_eq!(app.get(&widget_path(&id)).role(Role::Stranger).await.data()["usageCount"], 1);
}

#[tokio::test]
async fn a_pre_built_widget_cannot_be_edited_or_deleted() {
    let app = spawn_app().await;
    let id = app.get(&format!("{PREBUILT}/task-kanban")).await.id();
    let before = app.get(&widget_path(&id)).await.data();
    assert_snapshot!(app.put(&widget_path(&id), json!({"name": "Mine"})).await, @r#"
    403
    {
      "success": false,
      "error": "Pre-built widgets cannot be changed",
      "code": "prebuilt_read_only"
    }
    "#);
    assert_eq!(app.delete(&widget_path(&id)).await.expect(403).code(), "prebuilt_read_only");
    assert_eq!(app.get(&widget_path(&id)).await.data(), before);
}
