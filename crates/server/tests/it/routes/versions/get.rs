use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn a_version_has_the_schema_and_component_it_was_saved_with() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    app.edit(&id, json!({"component": component_of("two")})).await;
    let first = app.get(&version_path(&id, 1)).role(Role::Reader).await.expect(200).data();
    assert_eq!((&first["widgetId"], &first["version"], &first["current"]), (&json!(id), &json!(1), &json!(false)));
    assert_eq!((&first["component"], &first["schema"]), (&json!(COMPONENT), &schema()));
    let second = app.get(&version_path(&id, 2)).await.expect(200).data();
    assert_eq!((&second["current"], &second["component"]), (&json!(true), &json!(component_of("two"))));
    assert!(app.module(&first).await.contains("data.title") && app.module(&second).await.contains("two"));
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for path in
        ["2", "0", "01", "-1", "latest", "4294967296"].map(|version| format!("{}/{version}", versions_path(&id)))
    {
        assert_eq!(app.get(&path).await.expect(404).code(), "widget_version_not_found", "{path}");
    }
    for (id, role) in [(&*id, Role::Stranger), (NO_WIDGET, Role::Owner)] {
        assert_eq!(app.get(&version_path(id, 1)).role(role).await.expect(404).code(), "widget_not_found", "{id}");
    }
}
