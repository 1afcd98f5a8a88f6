//! Rows that this program cannot have written.

use diesel::connection::SimpleConnection as _;
use domain::{
    component::{ComponentSource, Language},
    id::WidgetId,
    module::CompiledModule,
    names::{UserId, WorkspaceId},
    resources::Resources,
    styles::Styles,
    time::Timestamp,
    widget::{Category, Description, Page, Tags, Widget, WidgetDraft, WidgetFilter, WidgetKey, WidgetName},
};
use ports::{StoreError, WidgetStore as _};
use schema::{Schema, json::JsonText};
use uuid::Uuid;

use crate::fixture::Place;

fn widget() -> Widget {
    let draft = WidgetDraft {
        key: WidgetKey::parse("key").unwrap(),
        name: WidgetName::parse("Name").unwrap(),
        description: Description::parse("").unwrap(),
        category: Category::General,
        tags: Tags::default(),
        schema: Schema::parse(JsonText::from_stored(r#"{"type":"object"}"#.to_owned())).unwrap().schema,
        component: ComponentSource::parse("export default () => null;").unwrap(),
        resources: Resources::default(),
        language: Language::Jsx,
        styles: Styles::Auto,
    };
    let user = UserId::parse("user").unwrap();
    Widget::create(draft, WidgetId::from_uuid(Uuid::from_u128(7)), user, Timestamp::from_micros(1))
}

fn module() -> CompiledModule {
    CompiledModule::new("export default () => null;".to_owned(), "{}")
}

#[tokio::test]
async fn a_damaged_row_is_an_internal_error() {
    let place = Place::new();
    let store = place.store().await;
    let workspace = WorkspaceId::parse("workspace").unwrap();
    let widget = widget();
    store.create(&workspace, &widget, &module(), None).await.unwrap();
    let page = Page { number: 1, limit: 10 };
    for (damage, repair) in [
        ("category = 'misc'", "category = 'general'"),
        ("tags = '[1]'", "tags = '[]'"),
        ("version = -1", "version = 1"),
        ("key = 'A'", "key = 'key'"),
        ("name = ''", "name = 'Name'"),
    ] {
        place.connection().batch_execute(&format!("PRAGMA foreign_keys = OFF; UPDATE widget SET {damage}")).unwrap();
        let error = store.list(&workspace, &WidgetFilter::default(), page).await.unwrap_err();
        assert!(matches!(&error, StoreError::Internal(why) if why.starts_with("damaged widget")), "{damage}: {error}");
        place.connection().batch_execute(&format!("UPDATE widget SET {repair}")).unwrap();
        let found = store.find(&workspace, widget.id).await.unwrap();
        assert_eq!(found.map(|found| found.widget).as_ref(), Some(&widget), "{repair}");
    }
}

#[tokio::test]
async fn an_id_of_another_length_is_an_internal_error() {
    let place = Place::new();
    let store = place.store().await;
    let workspace = WorkspaceId::parse("workspace").unwrap();
    store.create(&workspace, &widget(), &module(), None).await.unwrap();
    let damage = "PRAGMA foreign_keys = OFF; UPDATE widget SET id = x'0102'";
    place.connection().batch_execute(damage).unwrap();
    let error = store.list(&workspace, &WidgetFilter::default(), Page { number: 1, limit: 10 }).await.unwrap_err();
    assert!(matches!(&error, StoreError::Internal(why) if why.contains("expected 16 bytes, found 2")), "{error}");
}
