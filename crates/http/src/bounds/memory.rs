use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// A request waits this long for memory before it is refused.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// The share of one key is the whole divided by this.
const KEY_SHARE_DIVISOR: usize = 4;
/// The maximum that one request acquires: for a part of a conversation.
pub(crate) const MAX_REQUEST_BYTES: usize = 4 * 1_024 * 1_024;
/// Memory is counted in units of this many bytes.
const UNIT: usize = 1_024;

/// The memory that long bodies of requests in flight, or long answers, share.
///
/// A request acquires all the memory it needs at once, before it reads its body. Requests that each held a part of what they
/// need could block each other.
pub(crate) struct Memory {
    all: Arc<Semaphore>,
    share: usize,
}

/// Memory that is counted until this is dropped.
#[derive(Debug)]
pub(crate) struct MemoryPermit {
    of_all: OwnedSemaphorePermit,
    of_share: OwnedSemaphorePermit,
}

/// Why no memory became available in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MemoryError {
    /// The share of the key is in use.
    KeyShareExhausted,
    /// The whole is in use.
    Exhausted,
}

impl Memory {
    /// `bytes` for all keys. A quarter of them is the share of one key; it is at least `max_request`, the maximum of one request.
    pub(crate) fn new(bytes: usize, max_request: usize) -> Self {
        let share = (bytes / KEY_SHARE_DIVISOR).max(max_request).div_ceil(UNIT);
        let all = bytes.div_ceil(UNIT).clamp(share, Semaphore::MAX_PERMITS);
        Self { all: Arc::new(Semaphore::new(all)), share }
    }

    /// The share of one key.
    pub(crate) fn share(&self) -> Arc<Semaphore> {
        Arc::new(Semaphore::new(self.share))
    }

    /// Acquires memory from a key's share and from the whole. Waiting calls are served in their order.
    pub(crate) async fn acquire(&self, share: Arc<Semaphore>, bytes: usize) -> Result<MemoryPermit, MemoryError> {
        let units = self.units(bytes);
        let of_share = timeout(ACQUIRE_TIMEOUT, share.acquire_many_owned(units)).await;
        let of_share = of_share.ok().and_then(Result::ok).ok_or(MemoryError::KeyShareExhausted)?;
        let of_all = timeout(ACQUIRE_TIMEOUT, Arc::clone(&self.all).acquire_many_owned(units)).await;
        let of_all = of_all.ok().and_then(Result::ok).ok_or(MemoryError::Exhausted)?;
        Ok(MemoryPermit { of_all, of_share })
    }

    fn units(&self, bytes: usize) -> u32 {
        u32::try_from(bytes.div_ceil(UNIT).min(self.share)).unwrap_or(u32::MAX)
    }
}

impl MemoryPermit {
    /// Releases all but this many bytes.
    pub(crate) fn shrink_to(&mut self, bytes: usize) {
        for permit in [&mut self.of_all, &mut self.of_share] {
            let surplus = permit.num_permits().saturating_sub(bytes.div_ceil(UNIT));
            drop(permit.split(surplus));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_key_acquires_a_quarter_and_other_keys_still_get_memory() {
        let memory = Memory::new(64 * UNIT, UNIT);
        let (greedy, other) = (memory.share(), memory.share());
        let held = memory.acquire(Arc::clone(&greedy), 16 * UNIT).await.unwrap();
        assert_eq!(memory.acquire(Arc::clone(&greedy), 1).await.unwrap_err(), MemoryError::KeyShareExhausted);
        assert!(memory.acquire(other, 16 * UNIT).await.is_ok());
        drop(held);
        assert!(memory.acquire(greedy, 16 * UNIT).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn all_keys_together_acquire_no_more_than_the_whole() {
        let memory = Memory::new(64 * UNIT, UNIT);
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(memory.acquire(memory.share(), 16 * UNIT).await.unwrap());
        }
        assert_eq!(memory.acquire(memory.share(), UNIT).await.unwrap_err(), MemoryError::Exhausted);
        held[0].shrink_to(15 * UNIT);
        assert!(memory.acquire(memory.share(), UNIT).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiting_request_gets_memory_that_is_released() {
        let memory = Memory::new(4 * UNIT, 4 * UNIT);
        let share = memory.share();
        let held = memory.acquire(Arc::clone(&share), 4 * UNIT).await.unwrap();
        let (taken, ()) = tokio::join!(memory.acquire(share, 4 * UNIT), async { drop(held) });
        assert!(taken.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn the_longest_request_fits_however_small_the_memory() {
        let memory = Memory::new(1, 8 * UNIT);
        assert!(memory.acquire(memory.share(), 8 * UNIT).await.is_ok());
    }
}
