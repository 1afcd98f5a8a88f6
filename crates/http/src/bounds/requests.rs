use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Arc, Mutex, PoisonError},
};

use domain::id::ApiKeyId;
use tokio::sync::Semaphore;

use super::{MAX_REQUEST_BYTES, Memory, MemoryError, MemoryPermit};

/// Many enough that two cores seldom lock the same shard.
const SHARDS: usize = 16;

/// Counts the requests in flight of each key. Only keys with a request in flight have an entry.
pub(crate) struct Requests {
    max_per_key: u32,
    bodies: Memory,
    values: Memory,
    shards: [Mutex<HashMap<ApiKeyId, KeyUsage>>; SHARDS],
}

/// What the requests in flight of a key use.
#[derive(Default)]
struct KeyUsage {
    requests: u32,
    /// Its shares of the memory, from its first long body on.
    bodies: Option<Arc<Semaphore>>,
    values: Option<Arc<Semaphore>>,
}

/// A request in flight, counted until this is dropped.
pub(crate) struct RequestPermit {
    requests: Arc<Requests>,
    key: ApiKeyId,
}

impl KeyUsage {
    /// A permit may outlive its request: an answer holds one until the client has read it.
    fn is_idle(&self) -> bool {
        let is_free = |share: &Option<Arc<Semaphore>>| share.as_ref().is_none_or(|share| Arc::strong_count(share) == 1);
        self.requests == 0 && is_free(&self.bodies) && is_free(&self.values)
    }
}

impl Requests {
    /// At most `max_per_key` of a key at once, `memory` bytes for bodies and answers, and as much again for the values that
    /// bodies are parsed into. They are separate because a request holds the first while it waits for the second.
    pub(crate) fn new(max_per_key: u32, memory: usize) -> Self {
        let memory = || Memory::new(memory, MAX_REQUEST_BYTES);
        Self { max_per_key, bodies: memory(), values: memory(), shards: Default::default() }
    }

    /// Counts a request of the key; `None` if the key has its maximum in flight.
    pub(crate) fn begin(self: &Arc<Self>, key: ApiKeyId) -> Option<RequestPermit> {
        let is_allowed = self.of(key, |usage| {
            let is_allowed = usage.requests < self.max_per_key;
            usage.requests += u32::from(is_allowed);
            is_allowed
        });
        is_allowed.then(|| RequestPermit { requests: Arc::clone(self), key })
    }

    fn of<T>(&self, key: ApiKeyId, change: impl FnOnce(&mut KeyUsage) -> T) -> T {
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
            Entry::Vacant(entry) => change(entry.insert(KeyUsage::default())),
        }
    }
}

impl RequestPermit {
    /// Acquires memory for a body or a long answer.
    pub(crate) async fn acquire_body(&self, bytes: usize) -> Result<MemoryPermit, MemoryError> {
        let bodies = &self.requests.bodies;
        let share = self.requests.of(self.key, |key| Arc::clone(key.bodies.get_or_insert_with(|| bodies.share())));
        bodies.acquire(share, bytes).await
    }

    /// Acquires memory for the values that a long body is parsed into.
    pub(crate) async fn acquire_values(&self, bytes: usize) -> Result<MemoryPermit, MemoryError> {
        let values = &self.requests.values;
        let share = self.requests.of(self.key, |key| Arc::clone(key.values.get_or_insert_with(|| values.share())));
        values.acquire(share, bytes).await
    }
}

impl Drop for RequestPermit {
    fn drop(&mut self) {
        self.requests.of(self.key, |usage| usage.requests = usage.requests.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn requests() -> Arc<Requests> {
        Arc::new(Requests::new(2, 4 * MAX_REQUEST_BYTES))
    }

    fn key(number: u128) -> ApiKeyId {
        ApiKeyId::from_uuid(Uuid::from_u128(number))
    }

    fn keys(requests: &Requests) -> usize {
        requests.shards.iter().map(|shard| shard.lock().unwrap().len()).sum()
    }

    #[test]
    fn a_key_has_its_maximum_in_flight_and_no_more() {
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
    fn a_key_without_requests_has_no_entry() {
        let requests = requests();
        let permit: Vec<_> = (0..100).filter_map(|number| requests.begin(key(number))).collect();
        assert_eq!((permit.len(), keys(&requests)), (100, 100));
        drop(permit);
        assert_eq!(keys(&requests), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn memory_that_outlives_its_request_still_counts() {
        let requests = requests();
        let held = requests.begin(key(1)).unwrap().acquire_body(MAX_REQUEST_BYTES).await.unwrap();
        let next = requests.begin(key(1)).unwrap();
        assert_eq!(next.acquire_body(1_024).await.unwrap_err(), MemoryError::KeyShareExhausted);
        drop(held);
        assert!(next.acquire_body(1_024).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn requests_of_a_key_share_its_memory() {
        let requests = requests();
        let (one, two) = (requests.begin(key(1)).unwrap(), requests.begin(key(1)).unwrap());
        let _held = one.acquire_body(MAX_REQUEST_BYTES).await.unwrap();
        assert_eq!(two.acquire_body(1_024).await.unwrap_err(), MemoryError::KeyShareExhausted);
    }
}
