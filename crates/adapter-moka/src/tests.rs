//! What the caches promise, over stores that are told what to answer.

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

/// Stores that are asked nothing unless a test says so.
#[derive(Default)]
struct Stores {
    keys: MockApiKeyStore,
    bindings: MockBindingStore,
    widgets: MockWidgetStore,
}

impl Stores {
    /// Caches that nobody has vouched for.
    fn cached(self) -> Caches {
        Caches::over(Arc::new(self.keys), Arc::new(self.bindings), Arc::new(self.widgets))
    }

    /// Caches that serve for the duration of the test.
    fn current(self) -> Caches {
        let caches = self.cached();
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
async fn what_was_found_is_asked_once() {
    let mut stores = Stores::default();
    stores.keys.expect_find().with(eq(hash(1))).times(1).returning(|_| Ok(Some(key(None))));
    stores.bindings.expect_find_by_widget().times(1).returning(|_, _, _| Ok(Some(binding(None))));
    let caches = stores.current();
    for _ in 0..3 {
        assert_eq!(caches.api_keys.find(hash(1)).await, Ok(Some(key(None))));
        let found = caches.bindings.find_by_widget(&workspace("w"), &peer("p"), widget(1)).await;
        assert_eq!(found, Ok(Some(binding(None))));
    }
}

#[tokio::test]
async fn that_there_is_no_binding_or_no_such_key_of_a_widget_is_asked_once() {
    let mut stores = Stores::default();
    stores.bindings.expect_find_by_widget().times(1).returning(|_, _, _| Ok(None));
    stores.widgets.expect_contract().times(1).returning(|_, _| Ok(None));
    let caches = stores.current();
    for _ in 0..3 {
        assert_eq!(caches.bindings.find_by_widget(&workspace("w"), &peer("p"), widget(1)).await, Ok(None));
        let contract = caches.widgets.contract(&workspace("w"), &WidgetKey::parse("k").unwrap()).await;
        assert_eq!(contract, Ok(None));
    }
}

#[tokio::test]
async fn a_new_api_key_and_a_new_widget_are_found_at_once() {
    let (mut stores, mut order) = (Stores::default(), Sequence::new());
    stores.keys.expect_find().times(1).in_sequence(&mut order).returning(|_| Ok(None));
    stores.keys.expect_find().times(1).in_sequence(&mut order).returning(|_| Ok(Some(key(None))));
    stores.widgets.expect_find().times(2).returning(|_, _| Ok(None));
    let caches = stores.current();
    assert_eq!(caches.api_keys.find(hash(1)).await, Ok(None));
    assert_eq!(caches.api_keys.find(hash(1)).await, Ok(Some(key(None))), "another replica has added it");
    for _ in 0..2 {
        assert_eq!(caches.widgets.find(&workspace("w"), widget(1)).await, Ok(None));
    }
}

#[tokio::test]
async fn a_failure_is_not_kept() {
    let (mut stores, mut order) = (Stores::default(), Sequence::new());
    let failure = || StoreError::Unavailable("gone".to_owned());
    stores.keys.expect_find().times(1).in_sequence(&mut order).returning(move |_| Err(failure()));
    stores.keys.expect_find().times(1).in_sequence(&mut order).returning(|_| Ok(Some(key(None))));
    let caches = stores.current();
    assert_eq!(caches.api_keys.find(hash(1)).await, Err(failure()));
    assert_eq!(caches.api_keys.find(hash(1)).await, Ok(Some(key(None))));
}

#[tokio::test]
async fn without_a_lease_the_store_is_asked_each_time() {
    let mut stores = Stores::default();
    stores.keys.expect_find().times(5).returning(|_| Ok(Some(key(None))));
    let caches = stores.cached();
    for _ in 0..3 {
        caches.api_keys.find(hash(1)).await.unwrap();
    }
    caches.listener().current_as_of(Instant::now() - crate::lease::TERM);
    assert!(!caches.are_serving(), "that was too long ago");
    caches.api_keys.find(hash(1)).await.unwrap();

    caches.listener().current_as_of(Instant::now() + std::time::Duration::from_secs(3600));
    assert!(caches.are_serving());
    for _ in 0..3 {
        caches.api_keys.find(hash(1)).await.unwrap();
    }
}

#[tokio::test]
async fn a_change_is_seen_by_those_whom_it_concerns() {
    let (w, p) = (workspace("w"), peer("p"));
    let widgets = Change::Widgets(w.clone());
    let bindings = Change::Bindings(w.clone(), p.clone());
    // The change; then how often each is asked again: key, binding, contract, widget.
    for (change, asked) in [
        (Change::ApiKeys, [1, 0, 0, 0]),
        (widgets, [0, 0, 1, 1]),
        (bindings, [0, 1, 0, 1]),
        (Change::Everything, [1, 1, 1, 1]),
    ] {
        let mut stores = Stores::default();
        let [keys, by_widget, contracts, found] = asked.map(|again| 1 + again);
        stores.keys.expect_find().times(keys).returning(|_| Ok(Some(key(None))));
        stores.bindings.expect_find_by_widget().times(by_widget).returning(|_, _, _| Ok(None));
        stores.widgets.expect_contract().times(contracts).returning(|_, _| Ok(None));
        stores.widgets.expect_find().times(found).returning(|_, _| Ok(Some(fixture::widget())));
        let caches = stores.current();
        for _ in 0..2 {
            caches.api_keys.find(hash(1)).await.unwrap();
            caches.bindings.find_by_widget(&w, &p, widget(1)).await.unwrap();
            caches.widgets.contract(&w, &WidgetKey::parse("k").unwrap()).await.unwrap();
            caches.widgets.find(&w, widget(1)).await.unwrap();
            caches.listener().changed(&change);
        }
        drop(caches); // the mocks count their calls now
    }
}

/// The store has read the key before it was revoked, and answers after the change was told.
#[tokio::test]
async fn what_was_read_before_a_change_is_not_served_after_it() {
    let (read, told) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let keys = Overtaken { read: Arc::clone(&read), told: Arc::clone(&told), asked: 0.into() };
    let Stores { bindings, widgets, .. } = Stores::default();
    let caches = Caches::over(Arc::new(keys), Arc::new(bindings), Arc::new(widgets));
    caches.listener().current_as_of(Instant::now() + std::time::Duration::from_secs(3600));
    let change = async {
        read.notified().await;
        caches.listener().changed(&Change::ApiKeys);
        told.notify_one();
    };
    let (found, ()) = tokio::join!(caches.api_keys.find(hash(1)), change);
    assert_eq!(found, Ok(Some(key(None))), "it was asked before the change");
    assert_eq!(caches.api_keys.find(hash(1)).await, Ok(Some(key(Some(2)))));
}

#[tokio::test]
async fn a_change_of_ones_own_is_seen_at_once_also_if_the_store_lost_its_answer() {
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
    let caches = stores.current();
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

/// 300 KB each, so that only six fit: of a hundred others most are asked again.
#[tokio::test]
async fn memory_is_bounded_by_bytes() {
    let mut stores = Stores::default();
    let props = format!("{{\"x\":\"{}\"}}", "x".repeat(300_000));
    stores
        .bindings
        .expect_find_by_widget()
        .times(190..)
        .returning(move |_, _, _| Ok(Some(binding(Some(props.clone())))));
    let caches = stores.current();
    for _ in 0..2 {
        for n in 0..100 {
            caches.bindings.find_by_widget(&workspace("w"), &peer("p"), widget(n)).await.unwrap();
        }
    }
}

#[test]
fn a_listener_is_gone_with_its_caches() {
    let caches = Stores::default().cached();
    let listener = Arc::downgrade(&caches.listener());
    let clone = caches.clone();
    drop(caches);
    assert!(listener.upgrade().is_some());
    drop(clone);
    assert!(listener.upgrade().is_none());
}

mod fixture {
    use domain::{
        component::ComponentSource,
        module::CompiledModule,
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
        };
        let created_by = UserId::parse("u").unwrap();
        let widget = domain::widget::Widget::create(draft, super::widget(1), created_by, Timestamp::from_micros(1));
        WidgetWithUsage { widget, usage_count: 0 }
    }
}

/// A store whose first answer is overtaken by a change.
struct Overtaken {
    read: Arc<Notify>,
    told: Arc<Notify>,
    asked: std::sync::atomic::AtomicU32,
}

#[async_trait::async_trait]
impl ports::ApiKeyStore for Overtaken {
    async fn find(&self, _: SecretHash) -> Result<Option<ApiKey>, StoreError> {
        if self.asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0 {
            return Ok(Some(key(Some(2))));
        }
        self.read.notify_one();
        self.told.notified().await;
        Ok(Some(key(None)))
    }

    async fn add(&self, _: &ApiKey, _: SecretHash) -> Result<(), StoreError> {
        unreachable!("nobody adds")
    }

    async fn add_first(&self, _: &ApiKey, _: SecretHash) -> Result<bool, StoreError> {
        unreachable!("nobody adds")
    }

    async fn list<'a>(&self, _: Option<&'a WorkspaceId>) -> Result<Vec<ApiKey>, StoreError> {
        unreachable!("nobody lists")
    }

    async fn revoke(&self, _: ApiKeyId, _: Timestamp) -> Result<Option<ApiKey>, StoreError> {
        unreachable!("nobody revokes")
    }
}
