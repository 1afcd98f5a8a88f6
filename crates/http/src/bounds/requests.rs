use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, PoisonError},
};

use domain::id::ApiKeyId;
use tokio::sync::Semaphore;

use super::{LONGEST, Memory, Place, TakeError};

/// Enough that two cores seldom want the same one.
const SHARDS: usize = 16;

/// The requests under way of each key: at most so many at once.
///
/// Only keys with a request under way take memory.
pub(crate) struct Requests {
    most_per_key: u32,
    bodies: Memory,
    values: Memory,
    shards: [Mutex<HashMap<ApiKeyId, OfKey>>; SHARDS],
}

/// What a key has under way.
#[derive(Default)]
struct OfKey {
    requests: u32,
    /// Its shares of the memory; there only since a long body came.
    bodies: Option<Arc<Semaphore>>,
    values: Option<Arc<Semaphore>>,
}

/// A request that is counted until this is dropped.
pub(crate) struct UnderWay {
    requests: Arc<Requests>,
    key: ApiKeyId,
}

impl OfKey {
    /// A place is kept until the answer is taken in, which may be after the request; it is still counted then.
    fn is_idle(&self) -> bool {
        let is_free = |share: &Option<Arc<Semaphore>>| share.as_ref().is_none_or(|share| Arc::strong_count(share) == 1);
        self.requests == 0 && is_free(&self.bodies) && is_free(&self.values)
    }
}

impl Requests {
    /// At most so many of a key at once, within this memory for what comes and goes, and as much again for what it is
    /// read into. Two kinds, because who holds a body waits for the other: of one kind none could be left.
    pub(crate) fn new(most_per_key: u32, memory: usize) -> Self {
        let memory = || Memory::new(memory, LONGEST);
        Self { most_per_key, bodies: memory(), values: memory(), shards: Default::default() }
    }

    /// Counts a request of the key; `None` if it has as many under way as it may.
    pub(crate) fn begin(self: &Arc<Self>, key: ApiKeyId) -> Option<UnderWay> {
        let may = self.of(key, |of_key| {
            let may = of_key.requests < self.most_per_key;
            of_key.requests += u32::from(may);
            may
        });
        may.then(|| UnderWay { requests: Arc::clone(self), key })
    }

    fn of<T>(&self, key: ApiKeyId, change: impl FnOnce(&mut OfKey) -> T) -> T {
        // The last bits of a UUIDv7 are random.
        let shard = &self.shards[key.as_uuid().as_u128() as usize % SHARDS];
        // A panic cannot leave a count half written, so a poisoned shard is as good as any.
        let mut keys = shard.lock().unwrap_or_else(PoisonError::into_inner);
        match keys.entry(key) {
            Entry::Occupied(mut entry) => {
                let changed = change(entry.get_mut());
                if entry.get().is_idle() {
                    entry.remove();
                }
                changed
            }
            Entry::Vacant(entry) => change(entry.insert(OfKey::default())),
        }
    }
}

impl UnderWay {
    /// Takes memory for a body or a long answer.
    pub(crate) async fn take_body(&self, bytes: usize) -> Result<Place, TakeError> {
        let bodies = &self.requests.bodies;
        let share = self.requests.of(self.key, |key| Arc::clone(key.bodies.get_or_insert_with(|| bodies.share())));
        bodies.take(share, bytes).await
    }

    /// Takes memory for what a long body is read into.
    pub(crate) async fn take_values(&self, bytes: usize) -> Result<Place, TakeError> {
        let values = &self.requests.values;
        let share = self.requests.of(self.key, |key| Arc::clone(key.values.get_or_insert_with(|| values.share())));
        values.take(share, bytes).await
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.requests.of(self.key, |of_key| of_key.requests = of_key.requests.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn requests() -> Arc<Requests> {
        Arc::new(Requests::new(2, 4 * LONGEST))
    }

    fn key(number: u128) -> ApiKeyId {
        ApiKeyId::from_uuid(Uuid::from_u128(number))
    }

    fn keys(requests: &Requests) -> usize {
        requests.shards.iter().map(|shard| shard.lock().unwrap().len()).sum()
    }

    #[test]
    fn a_key_has_so_many_under_way_and_no_more() {
        let requests = requests();
        let first = requests.begin(key(1)).unwrap();
        let _second = requests.begin(key(1)).unwrap();
        assert!(requests.begin(key(1)).is_none());
        // In the same shard, and still another key.
        assert!(requests.begin(key(17)).is_some());
        drop(first);
        assert!(requests.begin(key(1)).is_some());
    }

    #[test]
    fn a_key_without_requests_takes_no_memory() {
        let requests = requests();
        let under_way: Vec<_> = (0..100).filter_map(|number| requests.begin(key(number))).collect();
        assert_eq!((under_way.len(), keys(&requests)), (100, 100));
        drop(under_way);
        assert_eq!(keys(&requests), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn memory_that_outlives_its_request_still_counts() {
        let requests = requests();
        let held = requests.begin(key(1)).unwrap().take_body(LONGEST).await.unwrap();
        let next = requests.begin(key(1)).unwrap();
        assert_eq!(next.take_body(1_024).await.unwrap_err(), TakeError::ShareTaken);
        drop(held);
        assert!(next.take_body(1_024).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn requests_of_a_key_share_its_memory() {
        let requests = requests();
        let (one, two) = (requests.begin(key(1)).unwrap(), requests.begin(key(1)).unwrap());
        let _held = one.take_body(LONGEST).await.unwrap();
        assert_eq!(two.take_body(1_024).await.unwrap_err(), TakeError::ShareTaken);
    }
}
