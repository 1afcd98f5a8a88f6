//! Guarantees about the pre-built widgets.

use std::collections::HashSet;

use serde_json::{Value, json};

/// The reference's list in its order, with their permanent ids.
const EXPECTED: [(&str, &str); 7] = [
    ("sales-funnel-progress", "widget_01k80gzf80e7sbyvptpvak6z7q"),
    ("shopping-cart-summary", "widget_01k80gzf81f25vwx5rep5qtkns"),
    ("skills-comparison-radar", "widget_01k80gzf82f52rss58yzs82qdf"),
    ("support-ticket-overview", "widget_01k80gzf83ecwa9279p9w42med"),
    ("task-kanban", "widget_01k80gzf84fx2aebj0z3btr95w"),
    ("user-growth-line-chart", "widget_01k80gzf85fj2b9t58e62s2ktt"),
    ("weather-daily-highlight", "widget_01k80gzf86f3er2ftstyz3pnv4"),
];

#[test]
fn the_seven_of_the_reference_parse_in_its_order_with_ids_that_never_change() {
    let widgets = prebuilt::widgets();
    let found: Vec<(String, String)> =
        widgets.iter().map(|widget| (widget.key.to_string(), widget.id.to_string())).collect();
    assert_eq!(found, EXPECTED.map(|(key, id)| (key.to_owned(), id.to_owned())));
    assert_eq!(found.iter().map(|(_, id)| id).collect::<HashSet<_>>().len(), 7);
}

#[test]
fn ids_are_uuids_of_version_7() {
    for widget in prebuilt::widgets() {
        let uuid = *widget.id.as_uuid();
        assert_eq!((uuid.get_version_num(), uuid.get_variant()), (7, uuid::Variant::RFC4122), "{}", widget.key);
    }
}

#[test]
fn the_folders_are_the_embedded_widgets() {
    let folders = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/widgets")).unwrap();
    let mut folders: Vec<String> = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    assert_eq!(folders, EXPECTED.map(|(key, _)| key));
}

#[test]
fn the_funnel_is_the_references() {
    let widgets = prebuilt::widgets();
    let funnel = &widgets[0];
    assert_eq!(funnel.name.as_str(), "Sales Funnel Progress");
    assert_eq!(funnel.description.as_str(), "Displays sales pipeline stages with conversion rates");
    let example: Value = json!({
        "stages": [{"name": "Leads", "count": 1500, "value": "$150,000", "conversionRate": 0.25}]
    });
    assert_eq!(funnel.example.value(), &example);
}

#[test]
fn the_funnel_is_previewed_with_several_stages() {
    let funnel = &prebuilt::widgets()[0];
    let example: Value = serde_json::from_str(funnel.schema.examples()[0].as_str()).unwrap();
    assert!(example["stages"].as_array().unwrap().len() > 3, "{example}");
}

#[test]
fn all_seven_components_end_with_the_same_styles_and_helpers() {
    let texts: HashSet<String> = prebuilt::widgets()
        .iter()
        .map(|widget| {
            let (_, shared) =
                widget.component.as_str().split_once("// Shared by the pre-built widgets").expect("shared code");
            let (shared, _) = shared.split_once("\nexport default").expect("the export comes last");
            shared.to_owned()
        })
        .collect();
    assert_eq!(texts.len(), 1, "a change of the shared styles or helpers is made in all seven components");
}
