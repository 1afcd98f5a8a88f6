//! The promises of the caches, with mocked stores.

use std::{sync::Arc, time::Instant};

use domain::{
    access::{ApiKey, ApiKeySecret, Permissions, SecretHash},
    binding::{BindingConfig, DefaultProps, PeerWidget},
    id::{ApiKeyId, PeerWidgetId, WidgetId},
    names::{PeerId, UserId, WorkspaceId},
    time::Timestamp,
    widget::WidgetKey,
};
use mockall::{Sequence, predicate::eq};
use ports::{Change, MockApiKeyStore, MockBindingStore, MockWidgetStore, StoreError};
use schema::json::JsonText;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::Caches;

/// Mocked stores without expectations: any call fails the test.
#[derive(Default)]
struct Stores {
    keys: MockApiKeyStore,
    bindings: MockBindingStore,
    widgets: MockWidgetStore,
}

impl Stores {
    /// Caches without a lease.
    fn without_lease(self) -> Caches {
        Caches::over(Arc::new(self.keys), Arc::new(self.bindings), Arc::new(self.widgets))
    }

    /// Caches with a lease for the duration of the test.
    fn with_lease(self) -> Caches {
        let caches = self.without_lease();
        caches.listener().current_as_of(Instant::now() + std::time::Duration::from_secs(3600));
        caches
    }
}

fn workspace(name: &str) -> WorkspaceId {
    WorkspaceId::parse(name).unwrap()
}

fn peer(name: &str) -> PeerId {
    PeerId::parse(name).unwrap()
}

fn widget(n: u128) -> WidgetId {
    WidgetId::from_uuid(Uuid::from_u128(n))
}

fn hash(n: u128) -> SecretHash {
    ApiKeySecret::from_random(n).hash()
}

fn key(revoked_at: Option<i64>) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from_uuid(Uuid::from_u128(1)),
        workspace: workspace("w"),
        user: UserId::parse("u").unwrap(),
        permissions: Permissions::all(),
        created_at: Timestamp::from_micros(1),
        revoked_at: revoked_at.map(Timestamp::from_micros),
    }
}

fn binding(props: Option<String>) -> PeerWidget {
    let default_props = props.map(|props| DefaultProps::new(JsonText::from_stored(props)).unwrap());
    PeerWidget {
        id: PeerWidgetId::from_uuid(Uuid::from_u128(1)),
        peer: peer("p"),
        widget: widget(1),
        enabled: true,
        config: BindingConfig { default_props, allow_custom_data: None },
        added_at: Timestamp::from_micros(1),
    }
}

#[tokio::test]
async fn a_found_value_is_read_from_the_store_once() {
    let mut stores = Stores::default();
    stores.keys.expect_find().with(eq(hash(1))).times(1).returning(|_| Ok(Some(key(None))));
    stores.bindings.expect_find_by_widget().times(1).returning(|_, _, _| Ok(Some(binding(None))));
    let caches = stores.with_lease();
    for _ in 0..3 {
        assert_eq!(caches.api_keys.find(hash(1)).await, Ok(Some(key(None))));
        let found = caches.bindings.find_by_widget(&workspace("w"), &peer("p"), widget(1)).await;
        assert_eq!(found, Ok(Some(binding(None))));
    }
}

#[tokio::test]
async fn the_absence_of_a_binding_and_of_a_contract_is_cached() {
    let mut stores = Stores::default();
    stores.bindings.expect_find_by_widget().times(1).returning(|_, _, _| Ok(None));
    stores.widgets.expect_contract().times(1).returning(|_, _| Ok(None));
    let caches = stores.with_lease();
    for _ in 0..3 {
        assert_eq!(caches.bindings.find_by_widget(&workspace("w"), &peer("p"), widget(1)).await, Ok(None));
        let contract = caches.widgets.contract(&workspace("w"), &WidgetKey::parse("k").unwrap()).await;
        assert_eq!(contract, Ok(None));
    }
}

#[tokio::test]
async fn the_absence_of_an_api_key_and_of_a_widget_is_not_cached() {
    let (mut stores, mut order) = (Stores::default(), Sequence::new());
    stores.keys.expect_find().times(1).in_sequence(&mut order).returning(|_| Ok(None));
    stores.keys.expect_find().times(1).in_sequence(&mut order).returning(|_| Ok(Some(key(None))));
    stores.widgets.expect_find().times(2).returning(|_, _| Ok(None));
    let caches = stores.with_lease();
    assert_eq!(caches.api_keys.find(hash(1)).await, Ok(None));
    assert_eq!(caches.api_keys.find(hash(1)).await, Ok(Some(key(None))), "another replica has added it");
    for _ in 0..2 {
        assert_eq!(caches.widgets.find(&workspace("w"), widget(1)).await, Ok(None));
    }
}

#[tokio::test]
async fn an_error_is_not_cached() {
    let (mut stores, mut order) = (Stores::default(), Sequence::new());
    let failure = || StoreError::Unavailable("gone".to_owned());
    stores.keys.expect_find().times(1).in_sequence(&mut order).returning(move |_| Err(failure()));
    stores.keys.expect_find().times(1).in_sequence(&mut order).returning(|_| Ok(Some(key(None))));
    let caches = stores.with_lease();
    assert_eq!(caches.api_keys.find(hash(1)).await, Err(failure()));
    assert_eq!(caches.api_keys.find(hash(1)).await, Ok(Some(key(None))));
}

#[tokio::test]
async fn without_a_lease_every_read_goes_to_the_store() {
    let mut stores = Stores::default();
    stores.keys.expect_find().times(5).returning(|_| Ok(Some(key(None))));
    let caches = stores.without_lease();
    for _ in 0..3 {
        caches.api_keys.find(hash(1)).await.unwrap();
    }
    caches.listener().current_as_of(Instant::now() - crate::lease::LEASE_TIME);
    assert!(!caches.are_serving(), "a lease from then has ended");
    caches.api_keys.find(hash(1)).await.unwrap();

    caches.listener().current_as_of(Instant::now() + std::time::Duration::from_secs(3600));
    assert!(caches.are_serving());
    for _ in 0..3 {
        caches.api_keys.find(hash(1)).await.unwrap();
    }
}

#[tokio::test]
async fn a_change_invalidates_only_entries_that_depend_on_it() {
    let (w, p) = (workspace("w"), peer("p"));
    let widgets = Change::Widgets(w.clone());
    let bindings = Change::Bindings(w.clone(), p.clone());
    // The change, and the number of further reads of key, binding, contract and widget.
    for (change, further_reads) in [
        (Change::ApiKeys, [1, 0, 0, 0]),
        (widgets, [0, 0, 1, 1]),
        (bindings, [0, 1, 0, 1]),
        (Change::Everything, [1, 1, 1, 1]),
    ] {
        let mut stores = Stores::default();
        let [keys, by_widget, contracts, found] = further_reads.map(|further| 1 + further);
        stores.keys.expect_find().times(keys).returning(|_| Ok(Some(key(None))));
        stores.bindings.expect_find_by_widget().times(by_widget).returning(|_, _, _| Ok(None));
        stores.widgets.expect_contract().times(contracts).returning(|_, _| Ok(None));
        stores.widgets.expect_find().times(found).returning(|_, _| Ok(Some(fixture::widget())));
        let caches = stores.with_lease();
        for _ in 0..2 {
            caches.api_keys.find(hash(1)).await.unwrap();
            caches.bindings.find_by_widget(&w, &p, widget(1)).await.unwrap();
            caches.widgets.contract(&w, &WidgetKey::parse("k").unwrap()).await.unwrap();
            caches.widgets.find(&w, widget(1)).await.unwrap();
            caches.listener().changed(&change);
        }
        drop(caches); // the mocks verify their calls here
    }
}

/// The store reads the key before it is revoked, and returns it after the notification of the change.
#[tokio::test]
async fn a_value_read_before_a_change_is_not_served_after_it() {
    let (read, notified) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let keys = OvertakenRead { read: Arc::clone(&read), notified: Arc::clone(&notified), reads: 0.into() };
    let Stores { bindings, widgets, .. } = Stores::default();
    let caches = Caches::over(Arc::new(keys), Arc::new(bindings), Arc::new(widgets));
    caches.listener().current_as_of(Instant::now() + std::time::Duration::from_secs(3600));
    let change = async {
        read.notified().await;
        caches.listener().changed(&Change::ApiKeys);
        notified.notify_one();
    };
    let (found, ()) = tokio::join!(caches.api_keys.find(hash(1)), change);
    assert_eq!(found, Ok(Some(key(None))), "this read began before the change");
    assert_eq!(caches.api_keys.find(hash(1)).await, Ok(Some(key(Some(2)))));
}

#[tokio::test]
async fn a_write_through_the_caches_invalidates_immediately_even_if_its_answer_is_lost() {
    let mut stores = Stores::default();
    let lost = || StoreError::Unavailable("the connection was lost".to_owned());
    stores.keys.expect_find().times(2).returning(|_| Ok(Some(key(None))));
    stores.keys.expect_revoke().times(1).returning(move |_, _| Err(lost()));
    stores.bindings.expect_find_by_widget().times(4).returning(|_, _, _| Ok(Some(binding(None))));
    stores.bindings.expect_add().times(1).returning(move |_, _, _| Err(lost().into()));
    stores.bindings.expect_replace().times(1).returning(move |_, _, _| Err(lost().into()));
    stores.bindings.expect_remove().times(1).returning(move |_, _, _| Err(lost()));
    stores.widgets.expect_contract().times(4).returning(|_, _| Ok(None));
    stores.widgets.expect_create().times(1).returning(move |_, _, _, _| Err(lost().into()));
    stores.widgets.expect_update().times(1).returning(move |_, _, _, _, _| Err(lost().into()));
    stores.widgets.expect_delete().times(1).returning(move |_, _, _, _| Err(lost().into()));
    let caches = stores.with_lease();
    let (w, p, k) = (workspace("w"), peer("p"), WidgetKey::parse("k").unwrap());
    let (any, now) = (domain::revision::Precondition::Any, Timestamp::from_micros(2));

    caches.api_keys.find(hash(1)).await.unwrap();
    caches.api_keys.revoke(key(None).id, now).await.unwrap_err();
    caches.api_keys.find(hash(1)).await.unwrap();

    for write in 0..4 {
        caches.bindings.find_by_widget(&w, &p, widget(1)).await.unwrap();
        caches.widgets.contract(&w, &k).await.unwrap();
        match write {
            0 => {
                caches.bindings.add(&w, &binding(None), None).await.unwrap_err();
                caches.widgets.create(&w, &fixture::widget().widget, &fixture::module(), None).await.unwrap_err();
            }
            1 => {
                caches.bindings.replace(&w, &binding(None), &binding(None)).await.unwrap_err();
                caches.widgets.update(&w, widget(1), Default::default(), &any, now).await.unwrap_err();
            }
            2 => {
                caches.bindings.remove(&w, &p, binding(None).id).await.unwrap_err();
                caches.widgets.delete(&w, widget(1), &any, now).await.unwrap_err();
            }
            _ => {}
        }
    }
}

/// Bindings of 300 KB: only six of a hundred fit.
#[tokio::test]
async fn memory_is_limited_by_bytes() {
    let mut stores = Stores::default();
    let props = format!("{{\"x\":\"{}\"}}", "x".repeat(300_000));
    stores
        .bindings
        .expect_find_by_widget()
        .times(190..)
        .returning(move |_, _, _| Ok(Some(binding(Some(props.clone())))));
    let caches = stores.with_lease();
    for _ in 0..2 {
        for n in 0..100 {
            caches.bindings.find_by_widget(&workspace("w"), &peer("p"), widget(n)).await.unwrap();
        }
    }
}

#[test]
fn the_listener_is_dropped_with_the_last_clone_of_its_caches() {
    let caches = Stores::default().without_lease();
    let listener = Arc::downgrade(&caches.listener());
    let clone = caches.clone();
    drop(caches);
    assert!(listener.upgrade().is_some());
    drop(clone);
    assert!(listener.upgrade().is_none());
}

mod fixture {
    use domain::{
        component::{ComponentSource, Language},
        module::CompiledModule,
        resources::Resources,
        styles::Styles,
        widget::{Category, Description, Tags, WidgetDraft, WidgetName, WidgetWithUsage},
    };
    use schema::Schema;

    use super::*;

    pub(super) fn module() -> CompiledModule {
        CompiledModule::new("export default()=>null;".to_owned(), "{}")
    }

    pub(super) fn widget() -> WidgetWithUsage {
        let draft = WidgetDraft {
            key: WidgetKey::parse("k").unwrap(),
            name: WidgetName::parse("Name").unwrap(),
            description: Description::default(),
            category: Category::General,
            tags: Tags::default(),
            schema: Schema::parse(JsonText::from_stored(r#"{"type":"object"}"#.to_owned())).unwrap().schema,
            component: ComponentSource::parse("export default () => null").unwrap(),
            resources: Resources::default(),
            language: Language::Jsx,
            styles: Styles::Auto,
        };
        let created_by = UserId::parse("u").unwrap();
        let widget = domain::widget::Widget::create(draft, super::widget(1), created_by, Timestamp::from_micros(1));
        WidgetWithUsage { widget, usage_count: 0 }
    }
}

/// A store whose first read is overtaken by a change.
struct OvertakenRead {
    read: Arc<Notify>,
    notified: Arc<Notify>,
    reads: std::sync::atomic::AtomicU32,
}

#[async_trait::async_trait]
impl ports::ApiKeyStore for OvertakenRead {
    async fn find(&self, _: SecretHash) -> Result<Option<ApiKey>, StoreError> {
        if self.reads.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0 {
            return Ok(Some(key(Some(2))));
        }
        self.read.notify_one();
        self.notified.notified().await;
        Ok(Some(key(None)))
    }

    async fn add(&self, _: &ApiKey, _: SecretHash) -> Result<(), StoreError> {
        unreachable!("not called")
    }

    async fn add_first(&self, _: &ApiKey, _: SecretHash) -> Result<bool, StoreError> {
        unreachable!("not called")
    }

    async fn list<'a>(&self, _: Option<&'a WorkspaceId>) -> Result<Vec<ApiKey>, StoreError> {
        unreachable!("not called")
    }

    async fn revoke(&self, _: ApiKeyId, _: Timestamp) -> Result<Option<ApiKey>, StoreError> {
        unreachable!("not called")
    }
}
