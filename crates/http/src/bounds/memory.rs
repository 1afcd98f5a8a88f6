use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// A request waits this long for memory before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);
/// Of the whole, one key may have this part.
const KEYS_PART: usize = 4;
/// The most that one request takes: a part of a conversation.
pub(crate) const LONGEST: usize = 4 * 1_024 * 1_024;
/// Memory is counted in these.
const UNIT: usize = 1_024;

/// The memory that the bodies of requests under way, and long answers to them, may take as a whole.
///
/// A body takes its place before it is read, all of it at once: of requests that had each a part of what they need, none
/// could go on.
pub(crate) struct Memory {
    all: Arc<Semaphore>,
    share: usize,
}

/// Memory that is taken until this is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    of_all: OwnedSemaphorePermit,
    of_share: OwnedSemaphorePermit,
}

/// Why there was no place in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakeError {
    /// The key itself has taken all that one key may.
    ShareTaken,
    /// All keys together have.
    AllTaken,
}

impl Memory {
    /// So many bytes for all; at least a quarter of them is `longest`, the most that one request takes.
    pub(crate) fn new(bytes: usize, longest: usize) -> Self {
        let share = (bytes / KEYS_PART).max(longest).div_ceil(UNIT);
        let all = bytes.div_ceil(UNIT).clamp(share, Semaphore::MAX_PERMITS);
        Self { all: Arc::new(Semaphore::new(all)), share }
    }

    /// What one key may take.
    pub(crate) fn share(&self) -> Arc<Semaphore> {
        Arc::new(Semaphore::new(self.share))
    }

    /// Takes memory out of a key's share and of the whole, and waits for it in the order of the calls.
    pub(crate) async fn take(&self, share: Arc<Semaphore>, bytes: usize) -> Result<Place, TakeError> {
        let units = self.units(bytes);
        let of_share = timeout(PATIENCE, share.acquire_many_owned(units)).await;
        let of_share = of_share.ok().and_then(Result::ok).ok_or(TakeError::ShareTaken)?;
        let of_all = timeout(PATIENCE, Arc::clone(&self.all).acquire_many_owned(units)).await;
        let of_all = of_all.ok().and_then(Result::ok).ok_or(TakeError::AllTaken)?;
        Ok(Place { of_all, of_share })
    }

    fn units(&self, bytes: usize) -> u32 {
        u32::try_from(bytes.div_ceil(UNIT).min(self.share)).unwrap_or(u32::MAX)
    }
}

impl Place {
    /// Gives back what is past so many bytes.
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
    async fn one_key_takes_a_quarter_and_the_others_still_have_room() {
        let memory = Memory::new(64 * UNIT, UNIT);
        let (greedy, other) = (memory.share(), memory.share());
        let held = memory.take(Arc::clone(&greedy), 16 * UNIT).await.unwrap();
        assert_eq!(memory.take(Arc::clone(&greedy), 1).await.unwrap_err(), TakeError::ShareTaken);
        assert!(memory.take(other, 16 * UNIT).await.is_ok());
        drop(held);
        assert!(memory.take(greedy, 16 * UNIT).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn all_keys_together_take_no_more_than_there_is() {
        let memory = Memory::new(64 * UNIT, UNIT);
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(memory.take(memory.share(), 16 * UNIT).await.unwrap());
        }
        assert_eq!(memory.take(memory.share(), UNIT).await.unwrap_err(), TakeError::AllTaken);
        held[0].shrink_to(15 * UNIT);
        assert!(memory.take(memory.share(), UNIT).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_gets_what_is_given_back() {
        let memory = Memory::new(4 * UNIT, 4 * UNIT);
        let share = memory.share();
        let held = memory.take(Arc::clone(&share), 4 * UNIT).await.unwrap();
        let (taken, ()) = tokio::join!(memory.take(share, 4 * UNIT), async { drop(held) });
        assert!(taken.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn the_longest_request_fits_however_small_the_memory() {
        let memory = Memory::new(1, 8 * UNIT);
        assert!(memory.take(memory.share(), 8 * UNIT).await.is_ok());
    }
}
