use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn the_references_seven_widgets_are_listed_in_its_order() {
    let app = spawn_app().await;
    let data = app.get(PREBUILT).role(Role::Reader).await.expect(200).data();
    let keys: Vec<&str> =
        data["widgets"].as_array().unwrap().iter().map(|widget| widget["key"].as_str().unwrap()).collect();
    assert_eq!(
        keys,
        [
            "sales-funnel-progress",
            "shopping-cart-summary",
            "skills-comparison-radar",
            "support-ticket-overview",
            "task-kanban",
            "user-growth-line-chart",
            "weather-daily-highlight",
        ]
    );
}

#[tokio::test]
async fn each_widget_has_all_fields_and_its_example_fits_its_schema() {
    let app = spawn_app().await;
    let data = app.get(PREBUILT).await.expect(200).data();
    for widget in data["widgets"].as_array().unwrap() {
        let key = widget["key"].as_str().unwrap();
        assert_eq!(&app.get(&format!("{PREBUILT}/{key}")).await.expect(200).data(), widget);
        let found =
            app.post(VALIDATE, json!({"schema": widget["schema"], "component": widget["component"]})).await.data();
        assert_eq!((&found["valid"], &found["errors"]), (&json!(true), &json!([])), "{key}");
        let sent = app.send("conv_1", json!({"type": "widget", "widgetKey": key, "data": widget["exampleData"]})).await;
        assert_eq!(sent.data()["data"], widget["exampleData"], "{key}");
    }
}
