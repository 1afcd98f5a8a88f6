use std::{
    hash::{BuildHasher as _, Hash},
    sync::atomic::{AtomicU64, Ordering},
};

use domain::names::{PeerId, WorkspaceId};

/// The number of counters. Scopes are hashed to counters, so a change may invalidate entries of another scope too.
const COUNTERS: usize = 1_024;

/// Random for each process, so a client cannot choose names that share a counter.
#[cfg(not(test))]
type Seed = std::hash::RandomState;
/// Fixed in tests, so they can expect which entries a change invalidates.
#[cfg(test)]
type Seed = std::hash::BuildHasherDefault<std::hash::DefaultHasher>;

/// The part of a database that an entry depends on.
#[derive(Clone, Copy, Hash)]
pub(crate) enum Scope<'a> {
    ApiKeys,
    Widgets(&'a WorkspaceId),
    BindingsOfPeer(&'a WorkspaceId, &'a PeerId),
    /// The bindings of all peers of the workspace.
    Bindings(&'a WorkspaceId),
}

/// A change counter for each scope.
pub(crate) struct Generations {
    counters: Box<[AtomicU64]>,
    hasher: Seed,
}

/// The counters of up to two scopes at one moment: index and count.
#[derive(Clone, Copy)]
pub(crate) struct Generation([(usize, u64); 2]);

impl Generations {
    pub(crate) fn new() -> Self {
        Self { counters: (0..COUNTERS).map(|_| AtomicU64::new(0)).collect(), hasher: Seed::default() }
    }

    /// The generation of these scopes. Must be read before the store is.
    pub(crate) fn of(&self, scopes: [Scope<'_>; 2]) -> Generation {
        Generation(scopes.map(|scope| {
            let index = self.index(scope);
            (index, self.counters[index].load(Ordering::SeqCst))
        }))
    }

    /// Whether no change has been counted since the generation was read.
    pub(crate) fn is_current(&self, generation: &Generation) -> bool {
        generation.0.iter().all(|(index, count)| self.counters[*index].load(Ordering::SeqCst) == *count)
    }

    /// Counts a change of a scope, which invalidates its entries.
    pub(crate) fn advance(&self, scope: Scope<'_>) {
        self.counters[self.index(scope)].fetch_add(1, Ordering::SeqCst);
    }

    /// Invalidates all entries.
    pub(crate) fn advance_all(&self) {
        for counter in &self.counters {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn index(&self, scope: Scope<'_>) -> usize {
        (self.hasher.hash_one(scope) % COUNTERS as u64) as usize
    }
}
