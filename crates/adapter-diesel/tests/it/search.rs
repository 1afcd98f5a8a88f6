//! Search texts of an earlier version of the service, whose searches ignored other differences.

use diesel::connection::SimpleConnection as _;
use domain::{
    component::{ComponentSource, Language},
    id::WidgetId,
    module::CompiledModule,
    names::{UserId, WorkspaceId},
    resources::Resources,
    revision::Precondition,
    styles::Styles,
    time::Timestamp,
    widget::{
        Category, Description, Page, SearchTerm, Tags, Widget, WidgetChange, WidgetDraft, WidgetFilter, WidgetKey,
        WidgetName,
    },
};
use futures_util::future::join_all;
use ports::{Housekeeping, WidgetStore};
use schema::{Schema, json::JsonText};
use uuid::Uuid;

use crate::fixture::Place;

/// More than the service rewrites in one step.
const WIDGETS: u128 = 120;
const NOW: Timestamp = Timestamp::from_micros(1);

/// What an earlier version left: texts in lower case, of a revision that it does not know.
pub(crate) const OUTDATE: &str = "UPDATE widget SET search_text = lower(name), search_revision = 0";

pub(crate) fn workspace() -> WorkspaceId {
    WorkspaceId::parse("workspace").unwrap()
}

fn widget(n: u128) -> Widget {
    let draft = WidgetDraft {
        key: WidgetKey::parse(format!("key-{n}")).unwrap(),
        name: WidgetName::parse(format!("Straße {n}")).unwrap(),
        description: Description::default(),
        category: Category::General,
        tags: Tags::default(),
        schema: Schema::parse(JsonText::from_stored(r#"{"type":"object"}"#.to_owned())).unwrap().schema,
        component: ComponentSource::parse("export default () => null;").unwrap(),
        resources: Resources::default(),
        language: Language::Jsx,
        styles: Styles::Auto,
    };
    Widget::create(draft, WidgetId::from_uuid(Uuid::from_u128(n + 1)), UserId::parse("user").unwrap(), NOW)
}

pub(crate) async fn fill(store: &impl WidgetStore) {
    let module = CompiledModule::new("export default () => null;".to_owned(), "{}");
    for n in 0..WIDGETS {
        store.create(&workspace(), &widget(n), &module, None).await.unwrap();
    }
}

async fn found(store: &impl WidgetStore, term: &str) -> u64 {
    let filter = WidgetFilter { search: Some(SearchTerm::parse(term).unwrap()), ..WidgetFilter::default() };
    store.list(&workspace(), &filter, Page { number: 1, limit: 1 }).await.unwrap().total
}

/// Processes refresh at the same time, one of them only a part, while a widget is edited.
pub(crate) async fn are_refreshed_by_processes_together(stores: &[impl WidgetStore + Housekeeping]) {
    let store = &stores[0];
    assert_eq!(found(store, "STRASSE").await, 0, "the texts are outdated");
    assert!((1..WIDGETS as u64).contains(&store.refresh_search(1).await.unwrap()), "a step, and not all");
    assert!((1..WIDGETS as u64).contains(&found(store, "STRASSE").await));

    let change = WidgetChange { name: Some(WidgetName::parse("Gasse").unwrap()), ..WidgetChange::default() };
    let workspace = workspace();
    let edited = store.update(&workspace, widget(WIDGETS - 1).id, change, &Precondition::Any, NOW);
    let refreshed = join_all(stores.iter().map(|store| store.refresh_search(u64::MAX)));
    let (edited, refreshed) = futures_util::future::join(edited, refreshed).await;
    edited.unwrap();
    assert!(refreshed.iter().all(Result::is_ok), "{refreshed:?}");
    assert_eq!((found(store, "STRASSE").await, found(store, "gasse").await), (WIDGETS as u64 - 1, 1));
    assert_eq!(store.refresh_search(u64::MAX).await, Ok(0), "nothing is left");
}

#[tokio::test]
async fn outdated_texts_are_refreshed_by_processes_together() {
    let place = Place::new();
    let stores = [place.store().await, place.store().await];
    fill(&stores[0]).await;
    place.connection().batch_execute(OUTDATE).unwrap();
    are_refreshed_by_processes_together(&stores).await;
}
