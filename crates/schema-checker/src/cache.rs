//! The service's cache of compiled schemas, by digest.

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

/// A cache with a memory limit, and one for each workspace. Data of schemas that are not cached is checked by workers.
pub(crate) struct Cache<E: Engine> {
    entries: sync::Cache<SchemaDigest, Entry<E>>,
    usage: Arc<WorkspaceUsage>,
}

struct Entry<E: Engine> {
    compiled: Arc<Compiled<E>>,
    /// The workspace whose limit it counts against.
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
        let usage = Arc::new(WorkspaceUsage::default());
        let released = Arc::clone(&usage);
        let entries = sync::Cache::builder()
            .max_capacity(CACHE_BYTES)
            .weigher(|_, entry: &Entry<E>| entry.bytes)
            // The default policy (TinyLFU) may reject a new entry, which would have been compiled in vain.
            .eviction_policy(EvictionPolicy::lru())
            .time_to_idle(CACHE_IDLE_TIME)
            .eviction_listener(move |_, entry: Entry<E>, _| released.release(&entry.workspace, entry.bytes))
            .build();
        Self { entries, usage }
    }
}

impl<E: Engine> Cache<E> {
    pub(crate) fn get(&self, digest: SchemaDigest) -> Option<Arc<Compiled<E>>> {
        self.entries.get(&digest).map(|entry| entry.compiled)
    }

    /// Reserves memory of a workspace; `None` if its limit would be exceeded.
    pub(crate) fn reserve(&self, workspace: &WorkspaceId, bytes: usize) -> Option<Reservation> {
        // Runs pending evictions, which release memory.
        self.entries.run_pending_tasks();
        let bytes = u32::try_from(bytes).ok()?;
        let is_reserved = self.usage.reserve(workspace, bytes);
        is_reserved.then(|| Reservation { usage: Arc::clone(&self.usage), workspace: workspace.clone(), bytes })
    }

    /// Adds a compiled schema, for which memory has been reserved.
    pub(crate) fn insert(&self, digest: SchemaDigest, compiled: Compiled<E>, mut reservation: Reservation) {
        // From here on the entry's eviction releases the memory, not the reservation.
        let bytes = std::mem::take(&mut reservation.bytes);
        let workspace = reservation.workspace.clone();
        self.entries.insert(digest, Entry { compiled: Arc::new(compiled), workspace, bytes });
    }
}

/// Reserved memory for a schema that is being compiled. Dropping it releases the memory.
pub(crate) struct Reservation {
    usage: Arc<WorkspaceUsage>,
    workspace: WorkspaceId,
    bytes: u32,
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.usage.release(&self.workspace, self.bytes);
    }
}

/// The memory of each workspace in the cache, in bytes.
#[derive(Default)]
struct WorkspaceUsage(Mutex<HashMap<WorkspaceId, u64>>);

impl WorkspaceUsage {
    /// Returns false, and reserves nothing, if the workspace's limit would be exceeded.
    fn reserve(&self, workspace: &WorkspaceId, bytes: u32) -> bool {
        let mut usage = self.lock();
        let sum = usage.get(workspace).copied().unwrap_or_default() + u64::from(bytes);
        if sum > WORKSPACE_CACHE_BYTES {
            return false;
        }
        usage.insert(workspace.clone(), sum);
        true
    }

    fn release(&self, workspace: &WorkspaceId, bytes: u32) {
        let mut usage = self.lock();
        if let Some(sum) = usage.get_mut(workspace) {
            *sum = sum.saturating_sub(u64::from(bytes));
            if *sum == 0 {
                usage.remove(workspace);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<WorkspaceId, u64>> {
        // The map is consistent: no code panics while it holds the lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
