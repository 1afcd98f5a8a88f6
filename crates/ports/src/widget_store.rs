//! The port that stores widgets.

use async_trait::async_trait;
use domain::{
    id::WidgetId,
    idempotency::Attempt,
    module::CompiledModule,
    names::{PeerId, WorkspaceId},
    revision::Precondition,
    time::Timestamp,
    widget::{
        Page, Version, Widget, WidgetChange, WidgetContract, WidgetFilter, WidgetKey, WidgetPage, WidgetWithUsage,
    },
};

use crate::{Creation, ReplayError, StoreError};

/// Stores the widgets of workspaces and all their versions.
///
/// Every method sees only the widgets of its workspace, and no pre-built ones. A change is durable once its method has returned
/// `Ok`. No method finds a deleted widget, but its versions are retained for the messages that were sent with them.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait WidgetStore: Send + Sync {
    /// Stores a new widget and its first version with its module and the files of libraries that it needs. Of concurrent calls with one widget key exactly one succeeds.
    ///
    /// If the idempotency key of `attempt` was used before and is still remembered, the call creates nothing: for the same
    /// request it returns the widget as it was created then, and for a different request it fails with
    /// [`CreateWidgetError::AttemptMismatch`].
    async fn create<'a>(
        &self,
        workspace: &WorkspaceId,
        widget: &Widget,
        module: &CompiledModule,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Widget>, CreateWidgetError>;

    /// Returns the widget that an earlier, equal attempt created or restored, as it was then, even if it was edited or deleted
    /// since; `None` if there was no attempt with this key.
    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Widget>, ReplayError>;

    /// Returns the widget and the number of peers that it is bound to, both from one snapshot.
    async fn find(&self, workspace: &WorkspaceId, id: WidgetId) -> Result<Option<WidgetWithUsage>, StoreError>;

    /// Returns the parts of the widget with this key that sending a message needs. This is the hot path of sending.
    async fn contract(&self, workspace: &WorkspaceId, key: &WidgetKey) -> Result<Option<WidgetContract>, StoreError>;

    /// Returns a page of the workspace's widgets, newest first (by id, which sorts by creation), and the total number of
    /// matches.
    ///
    /// The page is current. So is a total of up to 10,000; a greater total may be up to 10 seconds old.
    async fn list(&self, workspace: &WorkspaceId, filter: &WidgetFilter, page: Page) -> Result<WidgetPage, StoreError>;

    /// Edits the widget with [`Widget::edited`] if the precondition is met. If that creates a version, the call stores the
    /// version with the module that [`Widget::new_module`] names, and the files of libraries that it needs.
    ///
    /// Of concurrent edits with one revision as precondition exactly one succeeds. No edit is lost: each applies to the result
    /// of the one before it.
    async fn update(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        change: WidgetChange,
        precondition: &Precondition,
        now: Timestamp,
    ) -> Result<WidgetWithUsage, UpdateWidgetError>;

    /// Restores the content of a version with its module as a new, current version, if the precondition is met. If the widget already
    /// has that content, the call changes nothing.
    ///
    /// If the idempotency key of `attempt` was used before and is still remembered, the call restores nothing: for the same
    /// request it returns the widget as it was restored then, and for a different request it fails with
    /// [`RestoreError::AttemptMismatch`].
    async fn restore<'a>(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        version: Version,
        precondition: &Precondition,
        attempt: Option<&'a Attempt>,
        now: Timestamp,
    ) -> Result<Creation<Widget>, RestoreError>;

    /// Deletes the widget unless it is bound to a peer. Its key can be reused immediately.
    ///
    /// A widget is never both deleted and bound, even if deletes and binds run concurrently.
    async fn delete(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        precondition: &Precondition,
        now: Timestamp,
    ) -> Result<(), DeleteWidgetError>;
}

/// Why no widget was created.
#[derive(Debug, thiserror::Error)]
pub enum CreateWidgetError {
    /// Another widget of the workspace has the key.
    #[error("the key is taken")]
    KeyTaken,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    AttemptMismatch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a widget was not edited.
#[derive(Debug, thiserror::Error)]
pub enum UpdateWidgetError {
    /// The workspace has no such widget.
    #[error("no such widget")]
    NotFound,
    /// The precondition is not met.
    #[error("the widget was changed meanwhile")]
    Stale,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why no version was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The workspace has no such widget.
    #[error("no such widget")]
    NotFound,
    /// The widget has no such version.
    #[error("no such version")]
    VersionNotFound,
    /// The precondition is not met.
    #[error("the widget was changed meanwhile")]
    Stale,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    AttemptMismatch,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a widget was not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteWidgetError {
    /// The workspace has no such widget.
    #[error("no such widget")]
    NotFound,
    /// The precondition is not met.
    #[error("the widget was changed meanwhile")]
    Stale,
    /// The widget is bound to peers.
    #[error("{count} peers have the widget")]
    InUse {
        /// The number of peers.
        count: u64,
        /// Their names in ascending order, at most [`domain::limits::MAX_PEERS_NAMED`].
        peers: Vec<PeerId>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
