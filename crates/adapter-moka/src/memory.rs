use std::{hash::Hash, sync::Arc, time::Duration};

use moka::sync::Cache;
use ports::StoreError;

use crate::{
    freshness::Freshness,
    stamps::{Scope, Stamp},
    weight::{OVERHEAD, Weight},
};

/// How long a copy may be served at most, whatever is told. For what no feed knows: rows that someone changes by hand.
const AGE: Duration = Duration::from_secs(60);

/// Copies of what a store answered, of up to so many bytes in all.
pub(crate) struct Memory<K, V> {
    copies: Cache<K, Arc<Copied<V>>>,
    freshness: Arc<Freshness>,
}

struct Copied<V> {
    value: V,
    stamp: Stamp,
}

impl<K, V> Memory<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Weight + Clone + Send + Sync + 'static,
{
    pub(crate) fn new(bytes: u64, freshness: Arc<Freshness>) -> Self {
        let weigh = |_: &K, copy: &Arc<Copied<V>>| u32::try_from(OVERHEAD + copy.value.bytes()).unwrap_or(u32::MAX);
        let copies = Cache::builder().max_capacity(bytes).weigher(weigh).time_to_live(AGE).build();
        Self { copies, freshness }
    }

    /// The copy, if there is a true one; else what the store answers, which is kept if it is of those worth it.
    pub(crate) async fn get<F>(
        &self,
        key: K,
        scopes: [Scope<'_>; 2],
        ask: impl FnOnce() -> F,
        is_kept: impl FnOnce(&V) -> bool,
    ) -> Result<V, StoreError>
    where
        F: Future<Output = Result<V, StoreError>>,
    {
        // Without a lease nothing is looked up, and nothing kept either: it may be long until there is one.
        if !self.freshness.lease.holds() {
            return ask().await;
        }
        if let Some(copy) = self.copies.get(&key)
            && self.freshness.stamps.are(&copy.stamp)
        {
            return Ok(copy.value.clone());
        }
        let stamp = self.freshness.stamps.of(scopes);
        let value = ask().await?;
        if is_kept(&value) && self.freshness.stamps.are(&stamp) {
            self.copies.insert(key, Arc::new(Copied { value: value.clone(), stamp }));
        }
        Ok(value)
    }
}
