use std::{sync::Arc, time::Instant};

use domain::names::{PeerId, WorkspaceId};

/// What was changed in a store: as much of it as whoever keeps copies must read again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Change {
    /// A key was revoked. A new one is no change to what was found before.
    ApiKeys,
    /// A widget of the workspace was created, edited or deleted.
    Widgets(WorkspaceId),
    /// The peer got or lost a widget, or uses one otherwise.
    Bindings(WorkspaceId, PeerId),
    /// Anything may have been changed.
    Everything,
}

/// Whoever keeps copies of what a store holds. Called from any thread; must be quick and never wait.
pub trait ChangeListener: Send + Sync {
    /// This was changed. Told after it was committed; now and then something is told that was not changed after all.
    fn changed(&self, change: &Change);

    /// All that was committed before this moment, by whomever, has been told.
    fn current_as_of(&self, moment: Instant);
}

/// A store that tells what is changed in it: through itself, and by every other process that uses the database.
pub trait ChangeFeed: Send + Sync {
    /// Tells the listener, until it is dropped or the store is closed or dropped.
    ///
    /// While all goes well, a change is told some milliseconds after its commit, and the listener is current as of a moment
    /// that is never longer than half a second ago. When changes may be missed (the database is away), no such moment is
    /// told; when it is back, `Everything` is told before the next one.
    ///
    /// To be called on the long-lived runtime: the feed may live there.
    fn watch(&self, listener: &Arc<dyn ChangeListener>);
}
