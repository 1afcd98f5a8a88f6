//! The rules of a widget's fields, which creating and updating share.

use serde_json::{Value, json};

use crate::harness::*;

/// The errors of a creation and of an update with this member, which must be equal.
async fn refusal(app: &TestApp, member: &str, value: Value) -> Vec<String> {
    let change = json!({member: value});
    let refused = app.post(WIDGETS, widget_with("new", change.clone())).await.expect(400);
    assert_eq!(refused.code(), "invalid_request");
    let errors = refused.errors();
    if member != "key" {
        let id = app.get(WIDGETS).await.data()["widgets"][0]["id"].as_str().unwrap().to_owned();
        let refused = app.put(&widget_path(&id), change).await.expect(400);
        assert_eq!(refused.errors(), errors, "an update says something else of {member}");
    }
    errors
}

#[tokio::test]
async fn each_field_refuses_a_value_of_another_type() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    for (member, wanted, wrong) in [
        ("key", "string", json!(1)),
        ("name", "string", json!(null)),
        ("description", "string", json!(["text"])),
        ("category", "string", json!({})),
        ("tags", "array", json!("sales,analytics")),
        ("schema", "object", json!("{}")),
        ("component", "string", json!(true)),
    ] {
        let received = match &wrong {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        assert_eq!(refusal(&app, member, wrong).await, [format!("{member}: Expected {wanted}, received {received}")]);
    }
    assert_eq!(
        refusal(&app, "tags", json!(["a", 1, null])).await,
        ["tags[1]: Expected string, received number", "tags[2]: Expected string, received null",]
    );
}

#[tokio::test]
async fn keys_are_lower_case_words_joined_by_hyphens() {
    let app = spawn_app().await;
    let message =
        "key: Expected lower-case letters and digits in words joined by single hyphens, at most 64 characters";
    for key in ["", "-a", "a-", "a--b", "A", "a_b", "a b", "é", "a/b", "a\0", &"x".repeat(65)] {
        assert_eq!(refusal(&app, "key", json!(key)).await, [message], "{key:?}");
    }
    for key in ["a", "0", "sales-dashboard-2", &"x".repeat(64)] {
        app.post(WIDGETS, widget(key)).await.expect(201);
    }
}

#[tokio::test]
async fn lengths_count_characters_and_the_longest_is_accepted() {
    let app = spawn_app().await;
    let longest = json!({
        "name": "é".repeat(120),
        "description": "𝒳".repeat(2_000),
        "tags": (0..20).map(|number| format!("{number:日>50}")).collect::<Vec<_>>(),
    });
    let created = app.post(WIDGETS, widget_with("longest", longest.clone())).await.expect(201).data();
    for member in ["name", "description", "tags"] {
        assert_eq!(created[member], longest[member]);
    }
    for (member, value, error) in [
        ("name", json!("é".repeat(121)), "name: Expected at most 120 characters, received 121"),
        ("name", json!(""), "name: Must not be empty"),
        ("name", json!(" \t"), "name: Must not be empty"),
        ("description", json!("𝒳".repeat(2_001)), "description: Expected at most 2000 characters, received 2001"),
        ("tags", json!(["a", "日".repeat(51)]), "tags[1]: Expected at most 50 characters, received 51"),
        ("tags", json!(["a", ""]), "tags[1]: Must not be empty"),
        ("tags", json!(vec!["a"; 21]), "tags: Expected at most 20 tags, received 21"),
    ] {
        assert_eq!(refusal(&app, member, value).await, [error]);
    }
}

#[tokio::test]
async fn a_tag_that_no_filter_could_name_is_refused() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    assert_eq!(
        refusal(&app, "tags", json!(["a", "b", "c,d"])).await,
        ["tags[2]: Must not contain a comma, which separates tags in a filter: send two tags instead"]
    );
    assert_eq!(
        refusal(&app, "tags", json!([" a"])).await,
        ["tags[0]: Must not begin or end with white space, which a filter leaves out: send it without"]
    );
}

#[tokio::test]
async fn control_characters_are_refused_where_they_would_break_a_line() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    for text in ["a\0", "a\nb", "\u{1b}[31m"] {
        assert_eq!(refusal(&app, "name", json!(text)).await, ["name: Must not contain control characters"]);
        assert_eq!(refusal(&app, "tags", json!([text])).await, ["tags[0]: Must not contain control characters"]);
    }
    assert_eq!(
        refusal(&app, "description", json!("a\0")).await,
        ["description: Must not contain control characters other than line breaks and tabs",]
    );
    let description = "two\r\nlines\tand a tab";
    let created = app.post(WIDGETS, widget_with("lines", json!({"description": description}))).await.expect(201);
    assert_eq!(created.data()["description"], description);
}

#[tokio::test]
async fn a_category_is_one_of_the_references_six() {
    let app = spawn_app().await;
    for category in ["analytics", "productivity", "sales", "customer-service", "finance", "general"] {
        let created = app.post(WIDGETS, widget_with(category, json!({"category": category}))).await.expect(201);
        assert_eq!(created.data()["category"], category);
    }
    for category in ["", "Analytics", "misc", "sales "] {
        assert_eq!(
            refusal(&app, "category", json!(category)).await,
            ["category: Expected one of analytics, productivity, sales, customer-service, finance, general",]
        );
    }
}

#[tokio::test]
async fn tags_keep_their_order_and_may_repeat() {
    let app = spawn_app().await;
    let tags = json!(["b", "a", "B", "a"]);
    let created = app.post(WIDGETS, widget_with("tags", json!({"tags": tags}))).await.expect(201);
    assert_eq!(created.data()["tags"], tags);
    assert_eq!(app.get(WIDGETS).await.data()["widgets"][0]["tags"], tags);
}

#[tokio::test]
async fn unknown_fields_are_refused_by_name() {
    let app = spawn_app().await;
    app.create_widget("card").await;
    assert_eq!(refusal(&app, "colour", json!("red")).await, ["colour: Unknown field"]);
    assert_eq!(refusal(&app, "first name", json!(1)).await, ["[\"first name\"]: Unknown field"]);
    // Read-only members of GET are refused in a creation.
    let sent = widget_with("new", json!({"id": NO_WIDGET, "version": 7, "createdBy": "me", "usageCount": 1}));
    let errors = app.post(WIDGETS, sent).await.expect(400).errors();
    assert_eq!(
        errors,
        ["createdBy: Unknown field", "id: Unknown field", "usageCount: Unknown field", "version: Unknown field"]
    );
}

#[tokio::test]
async fn a_lone_surrogate_is_refused() {
    let app = spawn_app().await;
    for member in ["key", "name", "description", "category", "component"] {
        let mut sent = widget("card").to_string();
        sent = sent.replacen('{', &format!("{{\"{member}\":\"\\ud800\","), 1);
        let other = serde_json::to_string(&widget("card")[member]).unwrap();
        sent = sent.replacen(&format!(",\"{member}\":{other}"), "", 1);
        let errors = app.post(WIDGETS, sent).await.expect(400).errors();
        assert_eq!(errors, [format!("{member}: Not a valid string: a lone surrogate")]);
    }
    let sent = widget("card").to_string().replacen('{', r#"{"tags":["\udfff"],"#, 1);
    assert_eq!(app.post(WIDGETS, sent).await.expect(400).errors(), ["tags[0]: Not a valid string: a lone surrogate"]);
}

#[tokio::test]
async fn up_to_fifty_errors_are_reported_together() {
    let app = spawn_app().await;
    let sent = json!({"key": "A", "name": "", "category": "misc", "tags": ["", 1], "schema": 1, "colour": "red"});
    assert_eq!(
        app.post(WIDGETS, &sent).await.expect(400).errors(),
        [
            "key: Expected lower-case letters and digits in words joined by single hyphens, at most 64 characters",
            "name: Must not be empty",
            "category: Expected one of analytics, productivity, sales, customer-service, finance, general",
            "tags[0]: Must not be empty",
            "tags[1]: Expected string, received number",
            "component: Required field 'component' is missing",
            "schema: Expected object, received number",
            "colour: Unknown field",
        ]
    );
    let many = widget_with("many", json!({"tags": vec![0; 200]}));
    assert_eq!(app.post(WIDGETS, many).await.expect(400).errors().len(), 50);
}
