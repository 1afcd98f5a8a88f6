//! The port that notifies caches of changes in a store.

use std::{sync::Arc, time::Instant};

use domain::names::{PeerId, WorkspaceId};

/// A change in a store: which cached data is outdated.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Change {
    /// A key was revoked. New keys are not reported, since they do not outdate earlier reads.
    ApiKeys,
    /// A widget of the workspace was created, edited or deleted.
    Widgets(WorkspaceId),
    /// A binding of the peer was created, edited or deleted.
    Bindings(WorkspaceId, PeerId),
    /// Any data may have changed.
    Everything,
}

/// A cache of data in a store, which must be notified of changes.
///
/// The feed calls the methods from any thread. They must return quickly and never block.
pub trait ChangeListener: Send + Sync {
    /// The feed reports a change after its commit. It may also report a change that did not happen.
    fn changed(&self, change: &Change);

    /// The feed has reported every change committed before `moment`, by any process.
    fn current_as_of(&self, moment: Instant);
}

/// A store that notifies listeners of its changes, made by this or any other process that uses the database.
pub trait ChangeFeed: Send + Sync {
    /// Notifies the listener until it is dropped, or the store is closed or dropped.
    ///
    /// While the database is reachable, the feed reports a change some milliseconds after its commit, and calls
    /// [`current_as_of`](ChangeListener::current_as_of) so often that the last moment is at most half a second old. While the
    /// feed may miss changes (the database is unreachable), it does not call `current_as_of`. After that it reports
    /// [`Change::Everything`] before the next moment.
    ///
    /// Call it on the long-lived runtime: the feed may spawn tasks there.
    fn watch(&self, listener: &Arc<dyn ChangeListener>);
}
