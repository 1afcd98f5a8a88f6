use std::{hash::Hash, sync::Arc, time::Duration};

use ports::StoreError;

use crate::{
    generations::{Generation, Scope},
    validity::Validity,
    weight::{ENTRY_OVERHEAD_BYTES, Weight},
};

/// Maximum age of an entry. Limits the effect of changes that no feed reports, such as rows edited by hand.
const MAX_AGE: Duration = Duration::from_secs(60);

/// A cache of a store's answers with a memory limit. Serves only valid entries.
pub(crate) struct Cache<K, V> {
    entries: moka::sync::Cache<K, Arc<Entry<V>>>,
    validity: Arc<Validity>,
}

struct Entry<V> {
    value: V,
    /// Read before the value was.
    generation: Generation,
}

impl<K, V> Cache<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Weight + Clone + Send + Sync + 'static,
{
    pub(crate) fn new(max_bytes: u64, validity: Arc<Validity>) -> Self {
        let weigh = |_: &K, entry: &Arc<Entry<V>>| {
            u32::try_from(ENTRY_OVERHEAD_BYTES + entry.value.bytes()).unwrap_or(u32::MAX)
        };
        let entries = moka::sync::Cache::builder().max_capacity(max_bytes).weigher(weigh).time_to_live(MAX_AGE).build();
        Self { entries, validity }
    }

    /// The value of a valid entry, or else what `read_store` returns. Adds an entry for that if `is_cacheable` accepts it.
    pub(crate) async fn get<F>(
        &self,
        key: K,
        scopes: [Scope<'_>; 2],
        read_store: impl FnOnce() -> F,
        is_cacheable: impl FnOnce(&V) -> bool,
    ) -> Result<V, StoreError>
    where
        F: Future<Output = Result<V, StoreError>>,
    {
        // Without a lease no entry is served, and none is added: the next lease may be far away.
        if !self.validity.lease.is_held() {
            return read_store().await;
        }
        if let Some(entry) = self.entries.get(&key)
            && self.validity.generations.is_current(&entry.generation)
        {
            return Ok(entry.value.clone());
        }
        let generation = self.validity.generations.of(scopes);
        let value = read_store().await?;
        if is_cacheable(&value) && self.validity.generations.is_current(&generation) {
            self.entries.insert(key, Arc::new(Entry { value: value.clone(), generation }));
        }
        Ok(value)
    }
}
