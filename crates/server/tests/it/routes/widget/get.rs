use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

#[tokio::test]
async fn a_widget_is_shown_field_by_field() {
    let app = spawn_app().await;
    let id = app.post(WIDGETS, sales_dashboard()).await.expect(201).id();
    for peer in ["peer_1", "peer_2"] {
        app.bind(peer, &id).await;
    }
    assert_snapshot!(app.get(&widget_path(&id)).await, @r#"
    200
    cache-control: private, no-cache
    etag: "1-2"
    {
      "success": true,
      "data": {
        "id": "widget_…",
        "key": "sales-dashboard",
        "name": "Sales Dashboard",
        "description": "Interactive sales performance dashboard with charts and metrics",
        "category": "analytics",
        "tags": [
          "sales",
          "analytics",
          "dashboard"
        ],
        "version": 1,
        "schema": {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "properties": {
            "deals": {
              "items": {
                "properties": {
                  "id": {
                    "type": "string"
                  },
                  "status": {
                    "type": "string"
                  },
                  "value": {
                    "type": "number"
                  }
                },
                "type": "object"
              },
              "type": "array"
            },
            "revenue": {
              "description": "Total revenue",
              "type": "number"
            }
          },
          "required": [
            "revenue",
            "deals"
          ],
          "type": "object"
        },
        "component": "function SalesDashboard({ data }) {\n const { revenue, deals } = data;\n \n return (\n <div>\n <h2>Revenue: ${revenue}</h2>\n <ul>\n {deals.map(deal => (\n <li key={deal.id}>\n {deal.value} - {deal.status}\n </li>\n ))}\n </ul>\n </div>\n );\n}\n\nexport default SalesDashboard;",
        "language": "jsx",
        "createdAt": "2025-10-20T10:00:00.000Z",
        "updatedAt": "2025-10-20T10:00:00.000Z",
        "createdBy": "user_xyz789",
        "usageCount": 2
      }
    }
    "#);
}

#[tokio::test]
async fn any_valid_key_of_the_workspace_reads_it() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    for role in [Role::Owner, Role::Manager, Role::Messenger, Role::Reader] {
        assert_eq!(app.get(&widget_path(&id)).role(role).await.expect(200).id(), id);
    }
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let not_found = app.get(&widget_path(NO_WIDGET)).await;
    assert_snapshot!(not_found, @r#"
    404
    {
      "success": false,
      "error": "Widget not found",
      "code": "widget_not_found"
    }
    "#);
    // Another workspace's id, and ids that cannot exist, are answered with the same body.
    let others = app.get(&widget_path(&id)).role(Role::Stranger).await.expect(404);
    assert_eq!(others.json(), not_found.json());
    for id in [
        "x",
        "widget_",
        "widget_abc123",
        "WIDGET_01h455vb4pex5vsknk084sn02q",
        "msg_01h455vb4pex5vsknk084sn02q",
        "%00",
        "%ff",
        "%F0%9F%92%A5",
    ] {
        let response = app.get(&widget_path(id)).await.expect(404);
        assert_eq!(response.json(), not_found.json(), "{id}");
    }
}

#[tokio::test]
async fn the_usage_count_follows_the_bindings() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let usage = async || app.get(&widget_path(&id)).await.data()["usageCount"].clone();
    assert_eq!(usage().await, 0);
    app.bind_with("peer_1", &id, json!({"enabled": false})).await;
    let second = app.bind("peer_2", &id).await;
    assert_eq!(usage().await, 2);
    app.delete(&binding_path("peer_2", &second)).await.expect(200);
    assert_eq!(usage().await, 1);
}

#[tokio::test]
async fn a_client_that_has_the_current_answer_gets_a_304() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = widget_path(&id);
    let etag = app.get(&path).await.header("etag").to_owned();
    for tags in [etag.clone(), format!("\"other\", {etag}"), format!("W/{etag}"), "*".to_owned()] {
        let response = app.get(&path).header("if-none-match", &tags).await.expect(304);
        assert_eq!((response.header("etag"), response.text()), (etag.as_str(), ""), "{tags}");
    }
    for tags in ["\"other\"", "", "W/\"1\""] {
        app.get(&path).header("if-none-match", tags).await.expect(200);
    }
}

#[tokio::test]
async fn the_entity_tag_changes_with_everything_in_the_answer() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let path = widget_path(&id);
    let mut seen = Vec::new();
    let mut look = async || {
        let response = app.get(&path).await.expect(200);
        let etag = response.header("etag").to_owned();
        app.get(&path).header("if-none-match", &etag).await.expect(304);
        assert!(!seen.contains(&etag), "{etag} stood for something else: {seen:?}");
        seen.push(etag);
    };
    look().await;
    app.put(&path, json!({"name": "Other"})).await.expect(200);
    look().await;
    let binding = app.bind("peer_1", &id).await;
    look().await;
    app.put(&path, json!({"component": format!("{COMPONENT}// 2")})).await.expect(200);
    look().await;
    app.delete(&binding_path("peer_1", &binding)).await.expect(200);
    look().await;
}

#[tokio::test]
async fn head_gets_the_answer_of_get_without_the_body() {
    let app = spawn_app().await;
    let id = app.create_widget("card").await;
    let head = app.request("HEAD", &widget_path(&id)).await.expect(200);
    let get = app.get(&widget_path(&id)).await;
    assert_eq!(head.text(), "");
    for name in ["etag", "content-type", "content-length", "cache-control"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!(app.request("HEAD", &widget_path(NO_WIDGET)).await.expect(404).text(), "");
}
