//! Compiled schemas in the service, by digest.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::names::WorkspaceId;
use moka::{policy::EvictionPolicy, sync};
use schema::SchemaDigest;

use crate::{
    Engine,
    compiled::Compiled,
    limits::{CACHE_BYTES, CACHE_IDLE_TIME, WORKSPACE_CACHE_BYTES},
};

/// A cache bounded by memory, with a limit for each workspace. What does not fit is checked by workers.
pub(crate) struct Cache<E: Engine> {
    entries: sync::Cache<SchemaDigest, Entry<E>>,
    shares: Arc<Shares>,
}

struct Entry<E: Engine> {
    compiled: Arc<Compiled<E>>,
    /// The workspace whose share it takes.
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
            // The other policy may reject a new entry, which was compiled for nothing then.
            .eviction_policy(EvictionPolicy::lru())
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

    /// Reserves memory of the workspace's share; `None` when it does not fit.
    pub(crate) fn reserve(&self, workspace: &WorkspaceId, bytes: usize) -> Option<Reservation> {
        // Evictions that are due release memory.
        self.entries.run_pending_tasks();
        let bytes = u32::try_from(bytes).ok()?;
        let reserved = self.shares.take(workspace, bytes);
        reserved.then(|| Reservation { shares: Arc::clone(&self.shares), workspace: workspace.clone(), bytes })
    }

    /// Adds a compiled schema.
    pub(crate) fn insert(&self, digest: SchemaDigest, compiled: Compiled<E>, mut reserved: Reservation) {
        // The entry releases it from now on.
        let bytes = std::mem::take(&mut reserved.bytes);
        let workspace = reserved.workspace.clone();
        self.entries.insert(digest, Entry { compiled: Arc::new(compiled), workspace, bytes });
    }
}

/// Memory for a schema that is being compiled. Dropping it releases the memory.
pub(crate) struct Reservation {
    shares: Arc<Shares>,
    workspace: WorkspaceId,
    bytes: u32,
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.shares.release(&self.workspace, self.bytes);
    }
}

/// The bytes that each workspace has in the cache.
#[derive(Default)]
struct Shares(Mutex<HashMap<WorkspaceId, u64>>);

impl Shares {
    fn take(&self, workspace: &WorkspaceId, bytes: u32) -> bool {
        let mut shares = self.lock();
        let share = shares.get(workspace).copied().unwrap_or_default() + u64::from(bytes);
        if share > WORKSPACE_CACHE_BYTES {
            return false;
        }
        shares.insert(workspace.clone(), share);
        true
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
