use insta::assert_snapshot;
use serde_json::json;

use crate::harness::*;

/// The keys in a list with this query, in order.
async fn keys(app: &TestApp, query: &str) -> Vec<String> {
    let data = app.get(&format!("{WIDGETS}?{query}")).await.expect(200).data();
    data["widgets"].as_array().unwrap().iter().map(|widget| widget["key"].as_str().unwrap().to_owned()).collect()
}

/// Keys, in the order in which they were created a second apart.
async fn create_all(app: &TestApp, keys: &[&str]) {
    for key in keys {
        app.create_widget(key).await;
        app.clock.advance(1);
    }
}

#[tokio::test]
async fn a_list_is_shown_field_by_field() {
    let app = spawn_app().await;
    app.post(WIDGETS, sales_dashboard()).await.expect(201);
    assert_snapshot!(app.get(WIDGETS).await, @r#"
    200
    {
      "success": true,
      "data": {
        "widgets": [
          {
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
            "createdAt": "2025-10-20T10:00:00.000Z"
          }
        ],
        "pagination": {
          "page": 1,
          "limit": 20,
          "total": 1,
          "pages": 1
        }
      }
    }
    "#);
}

#[tokio::test]
async fn an_empty_workspace_has_no_pages() {
    let app = spawn_app().await;
    assert_snapshot!(app.get(WIDGETS).await, @r#"
    200
    {
      "success": true,
      "data": {
        "widgets": [],
        "pagination": {
          "page": 1,
          "limit": 20,
          "total": 0,
          "pages": 0
        }
      }
    }
    "#);
}

#[tokio::test]
async fn the_newest_come_first_even_with_equal_timestamps() {
    let app = spawn_app().await;
    create_all(&app, &["a", "b", "c"]).await;
    for key in ["d", "e"] {
        app.create_widget(key).await;
    }
    assert_eq!(keys(&app, "").await, ["e", "d", "c", "b", "a"]);
    // An edit does not change the order.
    let id =
        app.get(&format!("{WIDGETS}?page=5&limit=1")).await.data()["widgets"][0]["id"].as_str().unwrap().to_owned();
    app.put(&widget_path(&id), json!({"name": "Edited"})).await.expect(200);
    assert_eq!(keys(&app, "").await, ["e", "d", "c", "b", "a"]);
}

#[tokio::test]
async fn pages_have_no_gap_or_overlap() {
    let app = spawn_app().await;
    create_all(&app, &["a", "b", "c", "d", "e"]).await;
    for (query, expected, pagination) in [
        ("limit=2", &["e", "d"][..], json!({"page": 1, "limit": 2, "total": 5, "pages": 3})),
        ("limit=2&page=2", &["c", "b"], json!({"page": 2, "limit": 2, "total": 5, "pages": 3})),
        ("limit=2&page=3", &["a"], json!({"page": 3, "limit": 2, "total": 5, "pages": 3})),
        ("limit=2&page=4", &[], json!({"page": 4, "limit": 2, "total": 5, "pages": 3})),
        ("limit=5", &["e", "d", "c", "b", "a"], json!({"page": 1, "limit": 5, "total": 5, "pages": 1})),
        ("page=4294967295&limit=100", &[], json!({"page": 4_294_967_295_u32, "limit": 100, "total": 5, "pages": 1})),
        ("", &["e", "d", "c", "b", "a"], json!({"page": 1, "limit": 20, "total": 5, "pages": 1})),
    ] {
        assert_eq!(keys(&app, query).await, expected, "{query}");
        assert_eq!(app.get(&format!("{WIDGETS}?{query}")).await.data()["pagination"], pagination, "{query}");
    }
}

/// What each filter finds is a promise of the store: `port_contract::widget_list`.
#[tokio::test]
async fn parameters_filter_and_combine_and_empty_ones_do_not() {
    let app = spawn_app().await;
    for (key, members) in [
        ("funnel", json!({"name": "Sales funnel", "category": "sales", "tags": ["chart", "q1"]})),
        ("forecast", json!({"name": "Sales forecast", "category": "sales", "tags": ["chart", "q2"]})),
        ("report", json!({"name": "100% of all sales", "category": "finance", "tags": ["q1"]})),
    ] {
        app.create_widget_with(key, members).await;
    }
    for (query, expected) in [
        ("category=sales", &["forecast", "funnel"][..]),
        ("search=all+sales", &["report"]),
        ("search=100%25", &["report"]),
        ("tags=q1", &["report", "funnel"]),
        ("tags=chart,%20q1", &["funnel"]),
        ("category=sales&search=SALES&tags=q1", &["funnel"]),
        ("category=finance&tags=chart", &[]),
        ("category=&search=&tags=", &["report", "forecast", "funnel"]),
    ] {
        assert_eq!(keys(&app, query).await, expected, "{query}");
        let total = app.get(&format!("{WIDGETS}?{query}&limit=1")).await.data()["pagination"]["total"].clone();
        assert_eq!(total, expected.len(), "{query}");
    }
}

#[tokio::test]
async fn all_wrong_parameters_are_reported_together() {
    let app = spawn_app().await;
    assert_snapshot!(app.get(&format!("{WIDGETS}?page=0&limit=101&category=misc&tags=a,,b&colour=red")).await, @r#"
    400
    {
      "success": false,
      "error": "Request validation failed",
      "code": "invalid_request",
      "details": {
        "errors": [
          {
            "field": "page",
            "message": "Expected a whole number of at least 1"
          },
          {
            "field": "limit",
            "message": "Expected a whole number from 1 to 100"
          },
          {
            "field": "category",
            "message": "Expected one of analytics, productivity, sales, customer-service, finance, general"
          },
          {
            "field": "tags",
            "message": "Must not be empty"
          },
          {
            "field": "colour",
            "message": "Unknown parameter"
          }
        ]
      }
    }
    "#);
    for (query, error) in [
        ("limit=0", "limit: Expected a whole number from 1 to 100"),
        ("limit=abc", "limit: Expected a whole number from 1 to 100"),
        ("limit=", "limit: Expected a whole number from 1 to 100"),
        ("limit=-1", "limit: Expected a whole number from 1 to 100"),
        ("limit=1e1", "limit: Expected a whole number from 1 to 100"),
        ("limit=99999999999999999999", "limit: Expected a whole number from 1 to 100"),
        ("page=-1", "page: Expected a whole number of at least 1"),
        ("page=1.0", "page: Expected a whole number of at least 1"),
        ("page=4294967296", "page: Expected a whole number of at least 1"),
        ("page=1&page=2", "page: Appears more than once"),
        ("search=a%00b", "search: Expected 1 to 200 characters, none of them a control character"),
        ("tags=%00", "tags: Must not contain control characters"),
        ("search=%ff", "search: Not valid percent-encoded UTF-8"),
        ("search=%4", "search: Not valid percent-encoded UTF-8"),
        ("%ff=1", "query: Not valid percent-encoded UTF-8"),
        ("Page=1", "Page: Unknown parameter"),
    ] {
        let response = app.get(&format!("{WIDGETS}?{query}")).await.expect(400);
        assert_eq!(
            (response.code().as_str(), response.errors()),
            ("invalid_request", vec![error.to_owned()]),
            "{query}"
        );
    }
    let long = format!("{WIDGETS}?search={}", "x".repeat(201));
    app.get(&long).await.expect(400);
    app.get(&long[..long.len() - 1]).await.expect(200);
}

#[tokio::test]
async fn a_list_shows_only_the_callers_workspace() {
    let app = spawn_app().await;
    create_all(&app, &["mine"]).await;
    app.post(WIDGETS, widget("theirs")).role(Role::Stranger).await.expect(201);
    assert_eq!(keys(&app, "").await, ["mine"]);
    let theirs = app.get(WIDGETS).role(Role::Stranger).await.data();
    assert_eq!((&theirs["widgets"][0]["key"], &theirs["pagination"]["total"]), (&json!("theirs"), &json!(1)));
}

#[tokio::test]
async fn pre_built_and_deleted_widgets_are_not_listed() {
    let app = spawn_app().await;
    let id = app.create_widget("gone").await;
    app.create_widget("kept").await;
    app.delete(&widget_path(&id)).await.expect(200);
    assert_eq!(keys(&app, "").await, ["kept"]);
    assert_eq!(keys(&app, "search=kanban").await, [""; 0]);
}

#[tokio::test]
async fn a_filter_accepts_as_many_tags_as_a_widget_can_have() {
    let app = spawn_app().await;
    let tags = |count: usize| (0..count).map(|n| format!("t{n}")).collect::<Vec<_>>().join(",");
    app.get(&format!("{WIDGETS}?tags={}", tags(20))).await.expect(200);
    for count in [21, 1_000, 5_000] {
        let refused = app.get(&format!("{WIDGETS}?tags={}", tags(count))).await.expect(400);
        assert_eq!(refused.errors(), ["tags: Expected at most 20 tags"]);
    }
}
