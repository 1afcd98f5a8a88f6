//! What [`ChangeFeed`](ports::ChangeFeed) promises. Each check takes the feed of one store, and the stores of another one on
//! the same database, as another process has it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{
    access::{ApiKey, ApiKeySecret, Permissions},
    binding::PeerWidget,
    id::ApiKeyId,
    names::WorkspaceId,
    revision::Precondition,
    widget::{Widget, WidgetChange},
};
use ports::{Change, ChangeFeed, ChangeListener};
use tokio::{sync::watch, time::timeout};

use super::{
    Stores,
    fresh::{self, NOW},
};

/// How long a check waits for what should come within a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// Every kind of change that another store makes is told, and soon.
pub async fn what_another_store_changes_is_told(feed: &dyn ChangeFeed, other: &Stores) {
    let told = Told::by(feed).await;
    let workspace = fresh::workspace();
    let widgets = Change::Widgets(workspace.clone());

    let key = key(&workspace);
    other.keys.add(&key, ApiKeySecret::from_random(fresh::uuid().as_u128()).hash()).await.expect("add");
    let mark = told.mark();
    other.keys.revoke(key.id, NOW).await.expect("revoke").expect("it is there");
    told.since(mark, &Change::ApiKeys).await;

    let mark = told.mark();
    let widget = create(other, &workspace, "told").await;
    told.since(mark, &widgets).await;

    let mark = told.mark();
    let change = WidgetChange { name: Some(fresh::name("Renamed")), ..fresh::change() };
    other.widgets.update(&workspace, widget.id, change, &Precondition::Any, NOW).await.expect("update");
    told.since(mark, &widgets).await;

    let binding = fresh::binding("peer", widget.id);
    let bindings = Change::Bindings(workspace.clone(), binding.peer.clone());
    let mark = told.mark();
    other.bindings.add(&workspace, &binding, None).await.expect("add");
    told.since(mark, &bindings).await;

    let mark = told.mark();
    let next = PeerWidget { enabled: false, ..binding.clone() };
    other.bindings.replace(&workspace, &binding, &next).await.expect("replace");
    told.since(mark, &bindings).await;

    let mark = told.mark();
    assert!(other.bindings.remove(&workspace, &binding.peer, binding.id).await.expect("remove"));
    told.since(mark, &bindings).await;

    let mark = told.mark();
    other.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete");
    told.since(mark, &widgets).await;
}

/// What was refused, and so undone, is not told; nor is what was made before and is answered again.
pub async fn what_is_not_kept_is_not_told(feed: &dyn ChangeFeed, other: &Stores) {
    let workspace = fresh::workspace();
    let (widget, attempt) = (fresh::widget("kept"), fresh::attempt());
    other.widgets.create(&workspace, &widget, fresh::module(), Some(&attempt)).await.expect("create");
    let binding = fresh::binding("peer", widget.id);
    other.bindings.add(&workspace, &binding, None).await.expect("add");
    let told = Told::by(feed).await;
    let mark = told.mark();

    other.widgets.create(&workspace, &widget, fresh::module(), Some(&attempt)).await.expect("the same again");
    other
        .widgets
        .create(&workspace, &fresh::widget("kept"), fresh::module(), None)
        .await
        .expect_err("the key is taken");
    let change = WidgetChange { name: Some(fresh::name("Renamed")), ..fresh::change() };
    let never = Precondition::OneOf(Vec::new());
    other.widgets.update(&workspace, widget.id, change, &never, NOW).await.expect_err("stale");
    other.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect_err("in use");
    other.bindings.add(&workspace, &fresh::binding("peer", widget.id), None).await.expect_err("bound already");
    let disabled = PeerWidget { enabled: false, ..binding.clone() };
    other.bindings.replace(&workspace, &disabled, &disabled).await.expect_err("it is another");
    let unknown = fresh::binding("peer", widget.id).id;
    assert!(!other.bindings.remove(&workspace, &binding.peer, unknown).await.expect("remove"));
    assert_eq!(other.keys.revoke(ApiKeyId::from_uuid(fresh::uuid()), NOW).await.expect("revoke"), None);

    // Told in the order of commits, so what comes first is this.
    let last = fresh::binding("last", widget.id);
    other.bindings.add(&workspace, &last, None).await.expect("add");
    let change = Change::Bindings(workspace, last.peer);
    told.since(mark, &change).await;
    let more = told.after(mark);
    assert!(covers(&more[0], &change), "{more:?}");
}

/// Again and again the listener is current, and never as of a time to come.
pub async fn a_listener_stays_current(feed: &dyn ChangeFeed) {
    let told = Told::by(feed).await;
    for _ in 0..4 {
        told.current_after(Instant::now()).await;
    }
}

/// What a feed has told.
pub struct Told(watch::Sender<Record>);

#[derive(Default)]
struct Record {
    changes: Vec<Change>,
    current_as_of: Option<Instant>,
}

impl Told {
    /// Watches the feed and waits until it is current.
    pub async fn by(feed: &dyn ChangeFeed) -> Arc<Self> {
        let told = Self::soon_by(feed);
        told.current_after(Instant::now()).await;
        told
    }

    /// Watches the feed, which need not work.
    pub fn soon_by(feed: &dyn ChangeFeed) -> Arc<Self> {
        let told = Arc::new(Self(watch::Sender::default()));
        let listener: Arc<dyn ChangeListener> = told.clone();
        feed.watch(&listener);
        told
    }

    /// How many changes were told; for [`since`](Self::since).
    pub fn mark(&self) -> usize {
        self.0.borrow().changes.len()
    }

    /// As of when the listener is current.
    pub fn current_as_of(&self) -> Option<Instant> {
        self.0.borrow().current_as_of
    }

    /// Waits until this change, or everything, is told after the mark.
    pub async fn since(&self, mark: usize, change: &Change) {
        let said = |record: &Record| record.changes.iter().skip(mark).any(|told| covers(told, change));
        self.until(&format!("{change:?} is told"), said).await;
    }

    /// Waits until the listener is current as of a moment after this one.
    pub async fn current_after(&self, moment: Instant) {
        self.until("it is current", |record| record.current_as_of > Some(moment)).await;
    }

    /// What was told after the mark.
    pub fn after(&self, mark: usize) -> Vec<Change> {
        self.0.borrow().changes[mark..].to_vec()
    }

    async fn until(&self, what: &str, holds: impl Fn(&Record) -> bool) {
        let mut receiver = self.0.subscribe();
        let waited = timeout(PATIENCE, receiver.wait_for(|record| holds(record))).await;
        assert!(waited.is_ok(), "not within {PATIENCE:?}: {what}; told were {:?}", self.0.borrow().changes);
    }
}

impl ChangeListener for Told {
    fn changed(&self, change: &Change) {
        self.0.send_modify(|record| record.changes.push(change.clone()));
    }

    fn current_as_of(&self, moment: Instant) {
        assert!(moment <= Instant::now(), "nobody knows what will be committed");
        self.0.send_modify(|record| record.current_as_of = record.current_as_of.max(Some(moment)));
    }
}

fn covers(told: &Change, change: &Change) -> bool {
    told == change || *told == Change::Everything
}

async fn create(stores: &Stores, workspace: &WorkspaceId, key: &str) -> Widget {
    stores.widgets.create(workspace, &fresh::widget(key), fresh::module(), None).await.expect("create").into_inner()
}

fn key(workspace: &WorkspaceId) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from_uuid(fresh::uuid()),
        workspace: workspace.clone(),
        user: fresh::user(),
        permissions: Permissions::all(),
        created_at: NOW,
        revoked_at: None,
    }
}
