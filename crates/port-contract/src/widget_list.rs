//! Checks of [`WidgetStore::list`](ports::WidgetStore::list).

use domain::{
    names::WorkspaceId,
    revision::Precondition,
    widget::{Category, Page, SearchTerm, TagSet, Widget, WidgetChange, WidgetDraft, WidgetFilter},
};

use super::{
    Stores,
    fresh::{self, NOW},
};

/// Pages follow each other without gaps or overlaps, and all have the total.
pub async fn pages_are_contiguous_and_newest_first(stores: &Stores) {
    let workspace = fresh::workspace();
    let mut keys = Vec::new();
    for n in 0..25 {
        save(stores, &workspace, fresh::draft(&format!("widget-{n}"))).await;
        keys.push(format!("widget-{n}"));
    }
    keys.reverse();
    let mut seen = Vec::new();
    for (number, expected) in [(1, 10), (2, 10), (3, 5)] {
        let page = Page { number, limit: 10 };
        let page = stores.widgets.list(&workspace, &WidgetFilter::default(), page).await.expect("list");
        assert_eq!((page.widgets.len(), page.total), (expected, 25));
        seen.extend(page.widgets.into_iter().map(|widget| widget.key.as_str().to_owned()));
    }
    assert_eq!(seen, keys);
}

/// At any page number.
pub async fn a_page_past_the_end_is_empty_and_has_the_total(stores: &Stores) {
    let workspace = fresh::workspace();
    save(stores, &workspace, fresh::draft("only")).await;
    for number in [2, 3, u32::MAX] {
        let page = Page { number, limit: 100 };
        let page = stores.widgets.list(&workspace, &WidgetFilter::default(), page).await.expect("list");
        assert_eq!((page.widgets.len(), page.total), (0, 1));
    }
}

/// The search ignores case in all scripts, both in the term and in the widget. Name, description and each tag are searched
/// separately.
pub async fn search_finds_parts_of_name_description_and_tags_in_any_case(stores: &Stores) {
    let workspace = fresh::workspace();
    let draft = WidgetDraft {
        name: fresh::name("Jährlicher ÜBERBLICK"),
        description: fresh::description("Umsatz je Quartal, ΑΣΤΡΟ 🦀"),
        tags: fresh::tags(&["Vertrieb", "Q4"]),
        ..fresh::draft("overview")
    };
    save(stores, &workspace, draft).await;
    save(stores, &workspace, WidgetDraft { name: fresh::name("Other"), ..fresh::draft("other") }).await;
    for term in ["überblick", "ÄHR", "quartal", "ασ", "🦀", "VERTRIEB", "q4", "ü", "r ü"] {
        assert_eq!(searched(stores, &workspace, term).await, ["overview"], "{term}");
    }
    for term in ["überblickumsatz", "überblick umsatz", "vertriebq4", "uberblick", "quartale"] {
        assert!(searched(stores, &workspace, term).await.is_empty(), "{term}");
    }
}

/// The search ignores in which normal form a text is written, and takes characters that readers take for the same as equal. An accent
/// remains a difference.
pub async fn search_ignores_normal_forms_and_variants_of_letters(stores: &Stores) {
    let workspace = fresh::workspace();
    let draft = WidgetDraft {
        name: fresh::name("İstanbul Cafe\u{301}"),
        description: fresh::description("Große ΣΊΣΥΦΟΣ ＡＢＣ"),
        tags: fresh::tags(&["Café"]),
        ..fresh::draft("folded")
    };
    save(stores, &workspace, draft).await;
    for term in [
        "istanbul",
        "İSTANBUL",
        "i\u{307}stanbul",
        "CAFÉ",
        "cafe\u{301}",
        "GROSSE",
        "große",
        "σίσυφος",
        "abc",
        "ａｂｃ",
    ] {
        assert_eq!(searched(stores, &workspace, term).await, ["folded"], "{term}");
    }
    for term in ["cafe", "σισυφος", "grosé"] {
        assert!(searched(stores, &workspace, term).await.is_empty(), "{term}");
    }
}

/// `%`, `_` and special characters of other pattern languages match only themselves.
pub async fn search_takes_wildcards_as_plain_characters(stores: &Stores) {
    let workspace = fresh::workspace();
    let odd = ["100%_", "a*b", "a?b", "[ab]", r"back\slash", "it's", "\"quoted\"", "a.b", "^a$", "x%y"];
    for (n, name) in odd.iter().enumerate() {
        let draft = WidgetDraft { name: fresh::name(name), ..fresh::draft(&format!("odd-{n}")) };
        save(stores, &workspace, draft).await;
    }
    for (n, name) in odd.iter().enumerate() {
        assert_eq!(searched(stores, &workspace, name).await, [format!("odd-{n}")], "{name}");
    }
    assert_eq!(searched(stores, &workspace, "%").await, ["odd-9", "odd-0"]);
    for term in ["x_y", "a%b", "1%_", "_00", "\\%"] {
        assert!(searched(stores, &workspace, term).await.is_empty(), "{term}");
    }
}

/// Tags are compared exactly: neither parts of tags nor another case match.
pub async fn a_listed_widget_has_all_tags_in_the_same_case(stores: &Stores) {
    let workspace = fresh::workspace();
    for (key, tags) in
        [("both", &["sales", "charts", "sales"][..]), ("one", &["sales"]), ("case", &["Sales"]), ("none", &[])]
    {
        save(stores, &workspace, WidgetDraft { tags: fresh::tags(tags), ..fresh::draft(key) }).await;
    }
    let cases: [(&[&str], &[&str]); 6] = [
        (&["sales"], &["one", "both"]),
        (&["sales", "charts"], &["both"]),
        (&["charts", "sales", "charts"], &["both"]),
        (&["Sales"], &["case"]),
        (&["sale"], &[]),
        (&["sales", "missing"], &[]),
    ];
    for (tags, expected) in cases {
        let filter = WidgetFilter { tags: fresh::tag_set(tags), ..WidgetFilter::default() };
        assert_eq!(listed(stores, &workspace, &filter).await, expected, "{tags:?}");
    }
}

/// A widget is listed and counted only if it meets every condition.
pub async fn conditions_combine_with_and(stores: &Stores) {
    let workspace = fresh::workspace();
    let kinds = [
        ("all", Category::Sales, "Funnel", &["hot", "new"][..]),
        ("category", Category::General, "Funnel", &["hot", "new"]),
        ("search", Category::Sales, "Chart", &["hot", "new"]),
        ("tag", Category::Sales, "Funnel", &["hot"]),
    ];
    for (key, category, name, tags) in kinds {
        let draft = WidgetDraft { category, name: fresh::name(name), tags: fresh::tags(tags), ..fresh::draft(key) };
        save(stores, &workspace, draft).await;
    }
    let filter = WidgetFilter {
        category: Some(Category::Sales),
        search: Some(SearchTerm::parse("FUNNEL").expect("a term")),
        tags: fresh::tag_set(&["new", "hot"]),
    };
    assert_eq!(listed(stores, &workspace, &filter).await, ["all"]);
    let filter = WidgetFilter { tags: TagSet::default(), ..filter };
    assert_eq!(listed(stores, &workspace, &filter).await, ["tag", "all"]);
    let filter = WidgetFilter { search: None, ..filter };
    assert_eq!(listed(stores, &workspace, &filter).await, ["tag", "search", "all"]);
}

/// Filters apply to the current state. Deleted widgets are not listed.
pub async fn a_list_follows_edits_and_deletions(stores: &Stores) {
    let workspace = fresh::workspace();
    let widget = save(stores, &workspace, fresh::draft("moving")).await;
    let change = WidgetChange {
        name: Some(fresh::name("Weather")),
        description: Some(fresh::description("Sunny")),
        category: Some(Category::Finance),
        tags: Some(fresh::tags(&["sky"])),
        ..fresh::change()
    };
    stores.widgets.update(&workspace, widget.id, change, &Precondition::Any, NOW).await.expect("update");
    let tagged = |tag| WidgetFilter { tags: fresh::tag_set(&[tag]), ..WidgetFilter::default() };
    let of = |category| WidgetFilter { category: Some(category), ..WidgetFilter::default() };
    for (filter, expected) in [
        (tagged("sales"), false),
        (tagged("sky"), true),
        (of(Category::Analytics), false),
        (of(Category::Finance), true),
    ] {
        assert_eq!(!listed(stores, &workspace, &filter).await.is_empty(), expected, "{filter:?}");
    }
    assert!(searched(stores, &workspace, "sales").await.is_empty());
    assert_eq!(searched(stores, &workspace, "sunny").await, ["moving"]);

    stores.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete");
    for filter in [tagged("sky"), of(Category::Finance), WidgetFilter::default()] {
        assert!(listed(stores, &workspace, &filter).await.is_empty(), "{filter:?}");
    }
    assert!(searched(stores, &workspace, "sunny").await.is_empty());
}

/// The total is exact immediately after a change. Above 10,000 matches an adapter may return one that is 10 seconds old.
pub async fn a_total_follows_every_change_immediately(stores: &Stores) {
    let workspace = fresh::workspace();
    let filters = [
        WidgetFilter::default(),
        WidgetFilter { category: Some(Category::Analytics), ..WidgetFilter::default() },
        WidgetFilter { search: Some(SearchTerm::parse("dashboard").expect("a term")), ..WidgetFilter::default() },
        WidgetFilter { tags: fresh::tag_set(&["sales", "charts"]), ..WidgetFilter::default() },
    ];
    let total = async |filter| {
        let page = stores.widgets.list(&workspace, filter, Page { number: 2, limit: 1 }).await.expect("list");
        page.total
    };
    let mut saved = Vec::new();
    for n in 1..=4 {
        saved.push(save(stores, &workspace, fresh::draft(&format!("widget-{n}"))).await.id);
        for filter in &filters {
            assert_eq!(total(filter).await, n, "{filter:?}");
        }
    }
    for (left, id) in (0..4).rev().zip(saved) {
        stores.widgets.delete(&workspace, id, &Precondition::Any, NOW).await.expect("delete");
        for filter in &filters {
            assert_eq!(total(filter).await, left, "{filter:?}");
        }
    }
}

async fn save(stores: &Stores, workspace: &WorkspaceId, draft: WidgetDraft) -> Widget {
    stores
        .widgets
        .create(workspace, &fresh::widget_of(draft), fresh::module(), None)
        .await
        .expect("create")
        .into_inner()
}

async fn searched(stores: &Stores, workspace: &WorkspaceId, term: &str) -> Vec<String> {
    let search = Some(SearchTerm::parse(term).expect("a term"));
    listed(stores, workspace, &WidgetFilter { search, ..WidgetFilter::default() }).await
}

async fn listed(stores: &Stores, workspace: &WorkspaceId, filter: &WidgetFilter) -> Vec<String> {
    let page = stores.widgets.list(workspace, filter, Page { number: 1, limit: 100 }).await.expect("list");
    assert_eq!(page.total, page.widgets.len() as u64);
    page.widgets.into_iter().map(|widget| widget.key.as_str().to_owned()).collect()
}
