//! Checks of [`ChangeFeed`]. Each takes the feed of one store, and other stores on the same database, as
//! another process has them.

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

/// Maximum time that a check waits for a notification, which should take less than a second.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The feed reports every kind of change that another store makes.
pub async fn changes_of_another_store_are_reported(feed: &dyn ChangeFeed, other: &Stores) {
    let recorder = ChangeRecorder::watch_until_current(feed).await;
    let workspace = fresh::workspace();
    let widgets = Change::Widgets(workspace.clone());

    let key = key(&workspace);
    other.keys.add(&key, ApiKeySecret::from_random(fresh::uuid().as_u128()).hash()).await.expect("add");
    let mark = recorder.mark();
    other.keys.revoke(key.id, NOW).await.expect("revoke").expect("it is there");
    recorder.wait_for(mark, &Change::ApiKeys).await;

    let mark = recorder.mark();
    let widget = create(other, &workspace, "told").await;
    recorder.wait_for(mark, &widgets).await;

    let mark = recorder.mark();
    let change = WidgetChange { name: Some(fresh::name("Renamed")), ..fresh::change() };
    other.widgets.update(&workspace, widget.id, change, &Precondition::Any, NOW).await.expect("update");
    recorder.wait_for(mark, &widgets).await;

    let binding = fresh::binding("peer", widget.id);
    let bindings = Change::Bindings(workspace.clone(), binding.peer.clone());
    let mark = recorder.mark();
    other.bindings.add(&workspace, &binding, None).await.expect("add");
    recorder.wait_for(mark, &bindings).await;

    let mark = recorder.mark();
    let next = PeerWidget { enabled: false, ..binding.clone() };
    other.bindings.replace(&workspace, &binding, &next).await.expect("replace");
    recorder.wait_for(mark, &bindings).await;

    let mark = recorder.mark();
    assert!(other.bindings.remove(&workspace, &binding.peer, binding.id).await.expect("remove"));
    recorder.wait_for(mark, &bindings).await;

    let mark = recorder.mark();
    other.widgets.delete(&workspace, widget.id, &Precondition::Any, NOW).await.expect("delete");
    recorder.wait_for(mark, &widgets).await;
}

/// The feed reports neither refused operations nor replays.
pub async fn operations_without_effect_are_not_reported(feed: &dyn ChangeFeed, other: &Stores) {
    let workspace = fresh::workspace();
    let (widget, attempt) = (fresh::widget("kept"), fresh::attempt());
    other.widgets.create(&workspace, &widget, fresh::module(), Some(&attempt)).await.expect("create");
    let binding = fresh::binding("peer", widget.id);
    other.bindings.add(&workspace, &binding, None).await.expect("add");
    let recorder = ChangeRecorder::watch_until_current(feed).await;
    let mark = recorder.mark();

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

    // Changes are reported in the order of commits, so the first one must be this.
    let last = fresh::binding("last", widget.id);
    other.bindings.add(&workspace, &last, None).await.expect("add");
    let change = Change::Bindings(workspace, last.peer);
    recorder.wait_for(mark, &change).await;
    let more = recorder.changes_since(mark);
    assert!(covers(&more[0], &change), "{more:?}");
}

/// The feed keeps confirming that the listener is current, and never for a moment in the future.
pub async fn a_listener_stays_current(feed: &dyn ChangeFeed) {
    let recorder = ChangeRecorder::watch_until_current(feed).await;
    for _ in 0..4 {
        recorder.wait_until_current_after(Instant::now()).await;
    }
}

/// A listener that records the notifications of a feed.
pub struct ChangeRecorder(watch::Sender<Record>);

#[derive(Default)]
struct Record {
    changes: Vec<Change>,
    current_as_of: Option<Instant>,
}

impl ChangeRecorder {
    /// Watches the feed, and waits until the listener is current.
    pub async fn watch_until_current(feed: &dyn ChangeFeed) -> Arc<Self> {
        let recorder = Self::watch(feed);
        recorder.wait_until_current_after(Instant::now()).await;
        recorder
    }

    /// Watches the feed, which may not work.
    pub fn watch(feed: &dyn ChangeFeed) -> Arc<Self> {
        let recorder = Arc::new(Self(watch::Sender::default()));
        let listener: Arc<dyn ChangeListener> = recorder.clone();
        feed.watch(&listener);
        recorder
    }

    /// The number of changes so far, for [`wait_for`](Self::wait_for) and [`changes_since`](Self::changes_since).
    pub fn mark(&self) -> usize {
        self.0.borrow().changes.len()
    }

    /// The last moment for which the feed has confirmed that the listener is current.
    pub fn current_as_of(&self) -> Option<Instant> {
        self.0.borrow().current_as_of
    }

    /// Waits for a notification of this change, or of everything, after the mark.
    pub async fn wait_for(&self, mark: usize, change: &Change) {
        let is_reported = |record: &Record| record.changes.iter().skip(mark).any(|reported| covers(reported, change));
        self.wait_until(&format!("{change:?} is reported"), is_reported).await;
    }

    /// Waits until the listener is current as of a moment after this one.
    pub async fn wait_until_current_after(&self, moment: Instant) {
        self.wait_until("the listener is current", |record| record.current_as_of > Some(moment)).await;
    }

    /// The changes after the mark.
    pub fn changes_since(&self, mark: usize) -> Vec<Change> {
        self.0.borrow().changes[mark..].to_vec()
    }

    async fn wait_until(&self, what: &str, holds: impl Fn(&Record) -> bool) {
        let mut receiver = self.0.subscribe();
        let waited = timeout(TIMEOUT, receiver.wait_for(|record| holds(record))).await;
        assert!(waited.is_ok(), "not within {TIMEOUT:?}: {what}; the changes were {:?}", self.0.borrow().changes);
    }
}

impl ChangeListener for ChangeRecorder {
    fn changed(&self, change: &Change) {
        self.0.send_modify(|record| record.changes.push(change.clone()));
    }

    fn current_as_of(&self, moment: Instant) {
        assert!(moment <= Instant::now(), "a moment in the future cannot be confirmed");
        self.0.send_modify(|record| record.current_as_of = record.current_as_of.max(Some(moment)));
    }
}

fn covers(reported: &Change, change: &Change) -> bool {
    reported == change || *reported == Change::Everything
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
