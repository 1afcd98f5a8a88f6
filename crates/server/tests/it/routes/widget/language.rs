//! The language of a component.

use serde_json::json;

use crate::harness::*;

const TSX: &str = "interface Props { data: { title: string } }\nexport default function Card({ data }: Props) {\n  return \
     <p>{(data as any).title}</p>;\n}\n";

#[tokio::test]
async fn answers_name_the_language() {
    let app = spawn_app().await;
    let created = app.post(WIDGETS, widget_with("card", json!({"component": TSX}))).await.expect(201);
    assert_eq!(created.data()["language"], "tsx");
    let id = created.id();
    assert_eq!(app.get(&widget_path(&id)).await.data()["language"], "tsx");
    assert_eq!(app.edit(&id, json!({"component": component_of("x")})).await["language"], "jsx");
    assert_eq!(app.get(&version_path(&id, 1)).await.data()["language"], "tsx");
    assert_eq!(app.request("POST", &restore_path(&id, 1)).await.expect(200).data()["language"], "tsx");
    for (component, language) in [(TSX, json!("tsx")), ("enum A { B }", json!("tsx")), ("const = 1", json!(null))] {
        let found = app.post(VALIDATE, json!({"schema": schema(), "component": component})).await.expect(200).data();
        assert_eq!(found["language"], language, "{component}");
    }
}
