use serde_json::{Value, json};

use crate::harness::*;

fn column(list: &Value, member: &str) -> Vec<Value> {
    list["versions"].as_array().unwrap().iter().map(|version| version[member].clone()).collect()
}

#[tokio::test]
async fn versions_are_listed_newest_first_with_the_current_one_marked() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.edit(&id, json!({"component": component_of("two")})).await;
    app.edit(&id, json!({"name": "No new version"})).await;
    app.edit(&id, json!({"schema": {"type": "object"}})).await;
    let list = app.get(&versions_path(&id)).role(Role::Reader).await.expect(200).data();
    assert_eq!(column(&list, "version"), [3, 2, 1]);
    assert_eq!(column(&list, "current"), [true, false, false]);
    assert_eq!(list["pagination"], json!({"page": 1, "limit": 20, "total": 3, "pages": 1}));
    let modules = column(&list, "module");
    assert!(modules[0] == modules[1] && modules[1] != modules[2], "a new schema keeps the module: {modules:?}");
    assert_eq!(column(&list, "createdAt")[2], app.get(&widget_path(&id)).await.data()["createdAt"]);

    let page = app.get(&format!("{}?page=2&limit=2", versions_path(&id))).await.expect(200).data();
    assert_eq!(column(&page, "version"), [1]);
    assert_eq!(page["pagination"], json!({"page": 2, "limit": 2, "total": 3, "pages": 2}));
    let past = app.get(&format!("{}?page=9", versions_path(&id))).await.expect(200).data();
    assert_eq!(past["versions"], json!([]));
}

#[tokio::test]
async fn a_pre_built_widget_has_versions_too() {
    let app = spawn_app().await;
    let prebuilt = app.get(&format!("{PREBUILT}/task-kanban")).await.data();
    let list = app.get(&versions_path(prebuilt["id"].as_str().unwrap())).await.expect(200).data();
    assert_eq!(column(&list, "version"), [prebuilt["version"].clone()]);
    assert_eq!(column(&list, "current"), [true]);
}

#[tokio::test]
async fn an_unknown_widget_has_no_versions() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let deleted = app.create_widget("deleted").await;
    app.delete(&widget_path(&deleted)).await.expect(200);
    for (id, role) in [(&*id, Role::Stranger), (&*deleted, Role::Owner), (NO_WIDGET, Role::Owner), ("x", Role::Owner)] {
        let response = app.get(&versions_path(id)).role(role).await.expect(404);
        assert_eq!(response.code(), "widget_not_found", "{id}");
    }
    let response = app.get(&format!("{}?limit=101&order=asc", versions_path(&id))).await.expect(400);
    assert_eq!(response.errors(), ["limit: Expected a whole number from 1 to 100", "order: Unknown parameter"]);
}
