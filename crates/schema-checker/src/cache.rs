//! Compiled schemas in the service, by digest.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{names::WorkspaceId, schema::SchemaDigest};
use moka::sync;

use crate::{
    Engine,
    compiled::Compiled,
    limits::{CACHE_BYTES, CACHE_IDLE_TIME, WORKSPACE_CACHE_BYTES},
};

/// A cache bounded by memory, of which one workspace has a part at most. What does not fit is checked by workers.
pub(crate) struct Cache<E: Engine> {
    entries: sync::Cache<SchemaDigest, Entry<E>>,
    shares: Arc<Shares>,
}

struct Entry<E: Engine> {
    compiled: Arc<Compiled<E>>,
    /// The workspace that counts it.
    workspace: WorkspaceId,
    bytes: u32,
}

impl<E: Engine> Clone for Entry<E> {
    fn clone(&self) -> Self {
        Self { compiled: Arc::clone(&self.compiled), workspace: self.workspace.clone(), bytes: self.bytes }
    }
}

impl<E: Engine> Default for Cache<E> {
    fn default() -> Self {
        let shares = Arc::new(Shares::default());
        let released = Arc::clone(&shares);
        let entries = sync::Cache::builder()
            .max_capacity(CACHE_BYTES)
            .weigher(|_, entry: &Entry<E>| entry.bytes)
            .time_to_idle(CACHE_IDLE_TIME)
            .eviction_listener(move |_, entry: Entry<E>, _| released.release(&entry.workspace, entry.bytes))
            .build();
        Self { entries, shares }
    }
}

impl<E: Engine> Cache<E> {
    pub(crate) fn get(&self, digest: SchemaDigest) -> Option<Arc<Compiled<E>>> {
        self.entries.get(&digest).map(|entry| entry.compiled)
    }

    /// Adds a compiled schema, unless the workspace has its part of the memory.
    pub(crate) fn insert(&self, digest: SchemaDigest, compiled: Compiled<E>, workspace: WorkspaceId) {
        let bytes = u32::try_from(compiled.bytes).unwrap_or(u32::MAX);
        // Evictions that are due free parts of workspaces.
        self.entries.run_pending_tasks();
        if self.shares.take(&workspace, bytes) {
            self.entries.insert(digest, Entry { compiled: Arc::new(compiled), workspace, bytes });
        }
    }
}

/// The bytes that each workspace has in the cache.
#[derive(Default)]
struct Shares(Mutex<HashMap<WorkspaceId, u64>>);

impl Shares {
    fn take(&self, workspace: &WorkspaceId, bytes: u32) -> bool {
        let mut shares = self.lock();
        let share = shares.entry(workspace.clone()).or_default();
        let fits = *share + u64::from(bytes) <= WORKSPACE_CACHE_BYTES;
        if fits {
            *share += u64::from(bytes);
        } else if *share == 0 {
            shares.remove(workspace);
        }
        fits
    }

    fn release(&self, workspace: &WorkspaceId, bytes: u32) {
        let mut shares = self.lock();
        if let Some(share) = shares.get_mut(workspace) {
            *share = share.saturating_sub(u64::from(bytes));
            if *share == 0 {
                shares.remove(workspace);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<WorkspaceId, u64>> {
        // No code that holds the lock can panic half-way.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
