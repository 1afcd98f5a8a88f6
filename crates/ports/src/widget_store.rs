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

/// Keeps the widgets of workspaces and all their versions.
///
/// A workspace never sees another's widgets, nor the pre-built ones. What a method answered `Ok` to is durable. A deleted
/// widget is found by no method, but its versions are kept for the messages that were sent with them.
#[cfg_attr(feature = "mock", mockall::automock)]
#[async_trait]
pub trait WidgetStore: Send + Sync {
    /// Saves a new widget and its first version with its module. Of many with one key exactly one is made.
    ///
    /// With an `attempt` whose key was used before and is not forgotten nothing is made: the same request is answered with the widget
    /// as it was created then, another request with [`CreateWidgetError::AttemptMismatch`].
    async fn create<'a>(
        &self,
        workspace: &WorkspaceId,
        widget: &Widget,
        module: &CompiledModule,
        attempt: Option<&'a Attempt>,
    ) -> Result<Creation<Widget>, CreateWidgetError>;

    /// The widget that an earlier, equal attempt created or restored, as it was then, even if it was edited or deleted since.
    async fn replay(&self, workspace: &WorkspaceId, attempt: &Attempt) -> Result<Option<Widget>, ReplayError>;

    /// The widget and how many peers have it, of one moment.
    async fn find(&self, workspace: &WorkspaceId, id: WidgetId) -> Result<Option<WidgetWithUsage>, StoreError>;

    /// What a message needs of the widget with this key: the hot path of sending.
    async fn contract(&self, workspace: &WorkspaceId, key: &WidgetKey) -> Result<Option<WidgetContract>, StoreError>;

    /// A page of the workspace's widgets, newest first (by id, which sorts by creation), and how many match in all.
    ///
    /// The page is of this moment. So is the total up to 10,000; one that is greater may be up to 10 seconds old.
    async fn list(&self, workspace: &WorkspaceId, filter: &WidgetFilter, page: Page) -> Result<WidgetPage, StoreError>;

    /// Edits the widget with [`Widget::edited`] if the precondition is met; saves a version when that made one,
    /// with its module: that of the change or, when the component stays, that of the version before.
    ///
    /// Of many edits with one revision as precondition exactly one succeeds. No edit is lost: each is made on the state
    /// that the one before it left.
    async fn update(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        change: WidgetChange,
        precondition: &Precondition,
        now: Timestamp,
    ) -> Result<WidgetWithUsage, UpdateWidgetError>;

    /// Makes the content of a version the current one again, as a new version, if the precondition is met. `module` is the
    /// version's. A restored version whose content is the current one changes nothing at all.
    ///
    /// With an `attempt` whose key was used before and is not forgotten nothing is restored: the same request is answered with the widget
    /// as it was restored then, another request with [`RestoreError::AttemptMismatch`].
    #[expect(clippy::too_many_arguments, reason = "what is restored, and under which conditions")]
    async fn restore<'a>(
        &self,
        workspace: &WorkspaceId,
        id: WidgetId,
        version: Version,
        module: &CompiledModule,
        precondition: &Precondition,
        attempt: Option<&'a Attempt>,
        now: Timestamp,
    ) -> Result<Creation<Widget>, RestoreError>;

    /// Deletes the widget unless a peer has it; its key is free again at once.
    ///
    /// A widget is never both deleted and bound, however deletes and binds run together.
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
    /// A widget of the workspace has the key.
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
    /// Peers have the widget.
    #[error("{count} peers have the widget")]
    InUse {
        /// How many.
        count: u64,
        /// Their names in ascending order, at most [`domain::limits::PEERS_NAMED`].
        peers: Vec<PeerId>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
