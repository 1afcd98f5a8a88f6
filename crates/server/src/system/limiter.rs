//! A rate limiter in the memory of the process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use domain::{
    id::ApiKeyId,
    names::WorkspaceId,
    rate_limit::{LimitClass, RateDecision, RateLimit, RateWindow},
    time::Timestamp,
};
use ports::{Clock, RateLimiter, StoreError};

/// Number of shards, each with its own lock: two cores rarely need the same one.
const SHARDS: usize = 16;
/// Minimum number of windows in a shard before it is swept.
const MIN_SWEEP_WINDOWS: usize = 64;

/// Counts requests in the memory of this process. Use it for a store that only one process serves from, such as embedded
/// SQLite.
///
/// A restart resets all counts. The limiter holds at most twice the number of windows that have not ended, plus 64 a shard.
pub struct MemoryRateLimiter {
    clock: Arc<dyn Clock>,
    shards: [Mutex<Shard>; SHARDS],
}

#[derive(Default)]
struct Shard {
    counts: HashMap<(ApiKeyId, LimitClass), Count>,
    /// Number of windows at which the next sweep removes the ended ones.
    sweep_at: usize,
}

#[derive(Clone, Copy)]
struct Count {
    window: RateWindow,
    used: u32,
}

impl MemoryRateLimiter {
    /// Creates a limiter that uses this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, shards: Default::default() }
    }

    fn shard(&self, key: ApiKeyId) -> &Mutex<Shard> {
        // The last bits of a UUIDv7 are random, so keys are distributed evenly.
        &self.shards[key.as_uuid().as_u128() as usize % SHARDS]
    }
}

#[async_trait]
impl RateLimiter for MemoryRateLimiter {
    async fn take(
        &self,
        _: &WorkspaceId,
        key: ApiKeyId,
        class: LimitClass,
        limit: RateLimit,
    ) -> Result<RateDecision, StoreError> {
        // A panic cannot leave a count in an inconsistent state, so a poisoned shard can still be used.
        let mut shard = self.shard(key).lock().unwrap_or_else(PoisonError::into_inner);
        // The time is read under the lock, so a later request never has an earlier time.
        let now = self.clock.now();
        shard.sweep(now);
        let count = shard.counts.entry((key, class)).or_insert_with(|| Count::begin(now, limit));
        count.window = count.window.shortened_to(limit);
        if !count.window.holds(now) {
            *count = Count::begin(now, limit);
        }
        let allowed = count.used < limit.requests;
        count.used += u32::from(allowed);
        Ok(RateDecision {
            allowed,
            limit,
            remaining: limit.requests.saturating_sub(count.used),
            resets_at: count.window.ends_at,
        })
    }
}

impl Count {
    fn begin(now: Timestamp, limit: RateLimit) -> Self {
        Self { window: RateWindow::begin(now, limit), used: 0 }
    }
}

impl Shard {
    /// Removes the windows that ended, each time the number of windows has doubled. So the amortized cost per request is
    /// constant.
    fn sweep(&mut self, now: Timestamp) {
        if self.counts.len() < self.sweep_at.max(MIN_SWEEP_WINDOWS) {
            return;
        }
        self.counts.retain(|_, count| count.window.holds(now));
        self.counts.shrink_to(MIN_SWEEP_WINDOWS);
        self.sweep_at = 2 * self.counts.len();
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use futures_util::FutureExt as _;
    use port_contract::rate_limiter::{Limiters, SetClock};
    use uuid::Uuid;

    use super::*;

    async fn limiters() -> Limiters {
        let clocks: [Arc<SetClock>; 2] = Default::default();
        let limiter: Arc<dyn RateLimiter> = Arc::new(MemoryRateLimiter::new(clocks[0].clone()));
        Limiters { limiters: [Arc::clone(&limiter), limiter], clocks, guard: Arc::new(()) }
    }

    mod contract {
        port_contract::rate_limiter_contract!(crate::system::limiter::tests::limiters);
    }

    fn take(limiter: &MemoryRateLimiter, number: u128, limit: RateLimit) -> RateDecision {
        let (workspace, key) = (WorkspaceId::reserved("w"), ApiKeyId::from_uuid(Uuid::from_u128(number)));
        let taken = limiter.take(&workspace, key, LimitClass::List, limit);
        taken.now_or_never().expect("the limiter never waits").unwrap()
    }

    #[test]
    fn many_threads_together_are_allowed_exactly_the_limit() {
        let limiter = MemoryRateLimiter::new(Arc::new(SetClock::default()));
        let limit = RateLimit::per_hour(1_000);
        let allowed: usize = thread::scope(|scope| {
            let ask = || (0..500).filter(|_| take(&limiter, 7, limit).allowed).count();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(allowed, 1_000);
    }

    #[test]
    fn ended_windows_are_removed() {
        let clock = Arc::new(SetClock::default());
        let limiter = MemoryRateLimiter::new(clock.clone());
        let limit = RateLimit { requests: 1, window_seconds: 1 };
        for number in 0..100_000 {
            clock.set(Timestamp::from_micros(1_000_000_000 + i64::try_from(number / 1_000).unwrap() * 1_000_000));
            take(&limiter, number, limit);
        }
        let held: usize = limiter.shards.iter().map(|shard| shard.lock().unwrap().counts.len()).sum();
        assert!(held <= SHARDS * (2 * 1_000 / SHARDS).max(MIN_SWEEP_WINDOWS) + SHARDS, "{held} windows are held");
    }
}
