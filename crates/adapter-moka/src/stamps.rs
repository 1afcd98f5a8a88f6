use std::{
    hash::{BuildHasher as _, Hash},
    sync::atomic::{AtomicU64, Ordering},
};

use domain::names::{PeerId, WorkspaceId};

/// How many numbers there are. Scopes share them, so a change may also cost copies of another scope, never the truth.
const STRIPES: usize = 1_024;

/// Differs from process to process, so that nobody can choose names that share a number.
#[cfg(not(test))]
type Seed = std::hash::RandomState;
/// The same in every run, so that a test can say what a change costs.
#[cfg(test)]
type Seed = std::hash::BuildHasherDefault<std::hash::DefaultHasher>;

/// What a copy depends on.
#[derive(Clone, Copy, Hash)]
pub(crate) enum Scope<'a> {
    ApiKeys,
    Widgets(&'a WorkspaceId),
    BindingsOfPeer(&'a WorkspaceId, &'a PeerId),
    /// Of whatever peer of the workspace.
    Bindings(&'a WorkspaceId),
}

/// For each scope a number that counts its changes.
pub(crate) struct Stamps {
    counts: Box<[AtomicU64]>,
    hasher: Seed,
}

/// What the numbers of up to two scopes were at a moment.
#[derive(Clone, Copy)]
pub(crate) struct Stamp([(usize, u64); 2]);

impl Stamps {
    pub(crate) fn new() -> Self {
        Self { counts: (0..STRIPES).map(|_| AtomicU64::new(0)).collect(), hasher: Seed::default() }
    }

    /// To be taken before the store is asked.
    pub(crate) fn of(&self, scopes: [Scope<'_>; 2]) -> Stamp {
        Stamp(scopes.map(|scope| {
            let place = self.place(scope);
            (place, self.counts[place].load(Ordering::SeqCst))
        }))
    }

    /// Whether nothing was changed since the stamp was taken.
    pub(crate) fn are(&self, stamp: &Stamp) -> bool {
        stamp.0.iter().all(|(place, count)| self.counts[*place].load(Ordering::SeqCst) == *count)
    }

    pub(crate) fn count(&self, scope: Scope<'_>) {
        self.counts[self.place(scope)].fetch_add(1, Ordering::SeqCst);
    }

    pub(crate) fn count_all(&self) {
        for count in &self.counts {
            count.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn place(&self, scope: Scope<'_>) -> usize {
        (self.hasher.hash_one(scope) % STRIPES as u64) as usize
    }
}
