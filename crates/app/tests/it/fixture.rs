//! Fixtures of the tests: a caller, fixed time and ids, and minimal widgets.

use std::sync::Arc;

use app::{NewWidget, PrebuiltCatalog, Reviewer};
use domain::{
    access::{Permissions, Principal},
    component::{ComponentSource, Language},
    id::{ApiKeyId, WidgetId},
    idempotency::{Attempt, Fingerprint, IdempotencyKey},
    module::CompiledModule,
    names::{UserId, WorkspaceId},
    origin::AllowedOrigins,
    time::Timestamp,
    widget::{
        Category, Description, PrebuiltWidget, Tags, Version, Widget, WidgetContract, WidgetDraft, WidgetKey,
        WidgetName,
    },
};
use ports::{
    ComponentReview, MockClock, MockComponentReviewer, MockIdSource, MockPrebuiltStore, MockSchemaChecker,
    ReviewSettings, SchemaReview,
};
use schema::{
    Schema,
    field::FieldPath,
    json::{JsonDocument, JsonText},
};
use uuid::Uuid;

pub(crate) const NOW: Timestamp = Timestamp::from_micros(1_760_954_400_000_000);

pub(crate) fn caller<P: TryFrom<Principal>>() -> P
where
    P::Error: std::fmt::Debug,
{
    let principal = Principal {
        key: ApiKeyId::from_uuid(Uuid::from_u128(1)),
        workspace: WorkspaceId::parse("acme").unwrap(),
        user: UserId::parse("user_1").unwrap(),
        permissions: Permissions::all(),
    };
    P::try_from(principal).unwrap()
}

pub(crate) fn clock() -> Arc<MockClock> {
    let mut clock = MockClock::new();
    clock.expect_now().return_const(NOW);
    Arc::new(clock)
}

pub(crate) fn ids() -> Arc<MockIdSource> {
    let mut ids = MockIdSource::new();
    ids.expect_next_uuid().returning(|| Uuid::from_u128(7));
    ids.expect_secret_bits().returning(|| 42);
    Arc::new(ids)
}

/// A reviewer that accepts everything.
pub(crate) fn accepting_reviewer() -> Arc<Reviewer> {
    let mut schemas = MockSchemaChecker::new();
    schemas.expect_review().returning(|text, _| Ok(accepted(text)));
    schemas.expect_check_data().returning(|_, _, _, _| Ok(Vec::new()));
    let mut components = MockComponentReviewer::new();
    components.expect_review().returning(|_, _, _| Ok(component_review()));
    Arc::new(reviewer(schemas, components))
}

/// A reviewer over these mocks. No origin is allowed to widgets.
pub(crate) fn reviewer(schemas: MockSchemaChecker, components: MockComponentReviewer) -> Reviewer {
    let origins = AllowedOrigins::default();
    Reviewer { schemas: Arc::new(schemas), components: Arc::new(components), origins }
}

/// The review of a valid schema.
pub(crate) fn accepted(text: JsonText) -> SchemaReview {
    SchemaReview { outcome: Ok(Schema::from_accepted(text)), warnings: Vec::new() }
}

/// A reviewer that fails the test when it is called.
pub(crate) fn unused_reviewer() -> Arc<Reviewer> {
    Arc::new(reviewer(MockSchemaChecker::new(), MockComponentReviewer::new()))
}

/// The review of a valid component.
pub(crate) fn component_review() -> ComponentReview {
    ComponentReview::new(Ok(module()))
}

pub(crate) fn module() -> CompiledModule {
    CompiledModule::new("export default()=>null;".to_owned(), "{}")
}

pub(crate) fn schema() -> Schema {
    Schema::parse(json(r#"{"type":"object"}"#)).unwrap().schema
}

pub(crate) fn json(text: &str) -> JsonText {
    JsonText::from_stored(text.to_owned())
}

pub(crate) fn document(text: &str) -> JsonDocument {
    JsonDocument::parse(json(text), &FieldPath::root("data")).unwrap()
}

pub(crate) fn new_widget() -> NewWidget {
    NewWidget {
        key: key(),
        name: WidgetName::parse("Chart").unwrap(),
        description: Description::default(),
        category: Category::General,
        tags: Tags::default(),
        schema: json(r#"{"type":"object"}"#),
        component: "export default () => null".to_owned(),
        settings: ReviewSettings::default(),
    }
}

pub(crate) fn key() -> WidgetKey {
    WidgetKey::parse("chart").unwrap()
}

pub(crate) fn widget() -> Widget {
    let NewWidget { key, name, description, category, tags, component, settings, .. } = new_widget();
    let draft = WidgetDraft {
        key,
        name,
        description,
        category,
        tags,
        schema: schema(),
        component: ComponentSource::parse(&component).unwrap(),
        language: Language::Jsx,
        resources: settings.resources,
        styles: settings.styles,
    };
    Widget::create(draft, WidgetId::from_uuid(Uuid::from_u128(3)), UserId::parse("user_1").unwrap(), NOW)
}

pub(crate) fn contract() -> WidgetContract {
    WidgetContract { id: widget().id, key: key(), version: Version(4), schema: schema() }
}

pub(crate) fn attempt() -> Attempt {
    Attempt {
        api_key: ApiKeyId::from_uuid(Uuid::from_u128(1)),
        key: IdempotencyKey::parse("once").unwrap(),
        fingerprint: Fingerprint::of("POST /", b"{}"),
        made_at: NOW,
    }
}

/// A catalog of one pre-built widget with this key.
pub(crate) async fn catalog(key: &str) -> Arc<PrebuiltCatalog> {
    let Widget { name, description, category, tags, schema, component, .. } = widget();
    let id = WidgetId::from_uuid(Uuid::from_u128(99));
    let key = WidgetKey::parse(key).unwrap();
    let prebuilt =
        PrebuiltWidget { id, key, name, description, category, tags, schema, component, example: document("{}") };
    let mut store = MockPrebuiltStore::new();
    store.expect_publish().returning(|_, _| Ok(Version(2)));
    Arc::new(PrebuiltCatalog::publish(vec![prebuilt], &store, clock().as_ref()).await.unwrap())
}
