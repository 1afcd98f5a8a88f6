use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use domain::{
    id::ApiKeyId,
    rate_limit::{LimitClass, RateDecision, RateLimit},
    time::Timestamp,
};
use ports::{Clock, RateLimiter, StoreError};

/// Enough that two cores seldom want the same one.
const SHARDS: usize = 16;
/// A shard is not swept before it holds so many windows.
const SWEEP_AT_LEAST: usize = 64;

/// Counts requests in the memory of this process: right for one process, which is what embedded SQLite allows.
///
/// A restart forgets all counts. Memory holds at most twice the windows that have not ended, and 64 a shard.
pub struct MemoryRateLimiter {
    clock: Arc<dyn Clock>,
    shards: [Mutex<Shard>; SHARDS],
}

#[derive(Default)]
struct Shard {
    windows: HashMap<(ApiKeyId, LimitClass), Window>,
    /// How many windows may be held before the ended ones are forgotten.
    sweep_at: usize,
}

#[derive(Clone, Copy)]
struct Window {
    began: Timestamp,
    ends: Timestamp,
    used: u32,
}

impl MemoryRateLimiter {
    /// A limiter that takes the time from this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, shards: Default::default() }
    }

    fn shard(&self, key: ApiKeyId) -> &Mutex<Shard> {
        // The last bits of a UUIDv7 are random.
        &self.shards[key.as_uuid().as_u128() as usize % SHARDS]
    }
}

#[async_trait]
impl RateLimiter for MemoryRateLimiter {
    async fn take(&self, key: ApiKeyId, class: LimitClass, limit: RateLimit) -> Result<RateDecision, StoreError> {
        // A panic cannot leave a window half written, so a poisoned shard is as good as any.
        let mut shard = self.shard(key).lock().unwrap_or_else(PoisonError::into_inner);
        // Read under the lock: of two requests the later one never has the earlier time.
        let now = self.clock.now();
        shard.make_room(now);
        let window = shard.windows.entry((key, class)).or_insert_with(|| Window::begin(now, limit));
        if !window.holds(now) {
            *window = Window::begin(now, limit);
        }
        let allowed = window.used < limit.requests;
        window.used += u32::from(allowed);
        Ok(RateDecision {
            allowed,
            limit,
            remaining: limit.requests.saturating_sub(window.used),
            resets_at: window.ends,
        })
    }
}

impl Window {
    fn begin(now: Timestamp, limit: RateLimit) -> Self {
        Self { began: now, ends: now.plus_seconds(i64::from(limit.window_seconds)), used: 0 }
    }

    /// Whether `now` falls into the window. A clock that was set back before its beginning ends it: nobody is to wait
    /// for a time that may be years away.
    fn holds(&self, now: Timestamp) -> bool {
        (self.began..self.ends).contains(&now)
    }
}

impl Shard {
    /// Forgets the windows that ended, once so many were added that the sweep costs nothing per request.
    fn make_room(&mut self, now: Timestamp) {
        if self.windows.len() < self.sweep_at.max(SWEEP_AT_LEAST) {
            return;
        }
        self.windows.retain(|_, window| window.holds(now));
        self.windows.shrink_to(SWEEP_AT_LEAST);
        self.sweep_at = 2 * self.windows.len();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicI64, Ordering},
        thread,
    };

    use futures_util::FutureExt as _;
    use uuid::Uuid;

    use super::*;

    #[derive(Default)]
    struct SetClock(AtomicI64);

    impl SetClock {
        fn set(&self, seconds: i64) {
            self.0.store(seconds * 1_000_000, Ordering::Relaxed);
        }
    }

    impl Clock for SetClock {
        fn now(&self) -> Timestamp {
            Timestamp::from_micros(self.0.load(Ordering::Relaxed))
        }
    }

    fn limiter() -> (Arc<SetClock>, MemoryRateLimiter) {
        let clock = Arc::new(SetClock::default());
        clock.set(1_000);
        (Arc::clone(&clock), MemoryRateLimiter::new(clock))
    }

    fn key(number: u128) -> ApiKeyId {
        ApiKeyId::from_uuid(Uuid::from_u128(number))
    }

    fn take(limiter: &MemoryRateLimiter, key: ApiKeyId, class: LimitClass, limit: RateLimit) -> RateDecision {
        limiter.take(key, class, limit).now_or_never().expect("memory needs no waiting").unwrap()
    }

    const TWO_AN_HOUR: RateLimit = RateLimit::per_hour(2);

    #[test]
    fn a_window_begins_with_the_first_request_and_is_counted_down() {
        let (clock, limiter) = limiter();
        let ask = || take(&limiter, key(1), LimitClass::Write, TWO_AN_HOUR);
        let first = ask();
        assert_eq!((first.allowed, first.remaining), (true, 1));
        assert_eq!(first.resets_at, Timestamp::from_micros(4_600_000_000));
        clock.set(1_100);
        assert_eq!((ask().remaining, ask().allowed), (0, false));
        clock.set(4_599);
        let refused = ask();
        assert_eq!((refused.allowed, refused.remaining), (false, 0));
        assert_eq!(refused.resets_at, first.resets_at);
        clock.set(4_600);
        let next = ask();
        assert_eq!((next.allowed, next.remaining), (true, 1));
        assert_eq!(next.resets_at, Timestamp::from_micros(8_200_000_000));
    }

    #[test]
    fn keys_and_classes_are_counted_apart() {
        let (_, limiter) = limiter();
        let once = RateLimit::per_hour(1);
        for number in 0..3 {
            for class in LimitClass::ALL {
                assert!(take(&limiter, key(number), class, once).allowed);
                assert!(!take(&limiter, key(number), class, once).allowed);
            }
        }
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let (clock, limiter) = limiter();
        let once = RateLimit { requests: 1, window_seconds: 10 };
        clock.set(1_000_000);
        assert!(take(&limiter, key(1), LimitClass::List, once).allowed);
        clock.set(1_000);
        let decision = take(&limiter, key(1), LimitClass::List, once);
        assert!(decision.allowed);
        assert_eq!(decision.resets_at, Timestamp::from_micros(1_010_000_000));
    }

    #[test]
    fn exactly_the_limit_is_allowed_however_many_ask_at_once() {
        let (_, limiter) = limiter();
        let limit = RateLimit::per_hour(1_000);
        let allowed: usize = thread::scope(|scope| {
            let ask = || (0..500).filter(|_| take(&limiter, key(7), LimitClass::Message, limit).allowed).count();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(allowed, 1_000);
    }

    #[test]
    fn windows_that_ended_are_forgotten() {
        let (clock, limiter) = limiter();
        let limit = RateLimit { requests: 1, window_seconds: 1 };
        for number in 0..100_000 {
            clock.set(1_000 + i64::try_from(number / 1_000).unwrap());
            take(&limiter, key(number), LimitClass::List, limit);
        }
        let held: usize = limiter.shards.iter().map(|shard| shard.lock().unwrap().windows.len()).sum();
        assert!(held <= SHARDS * (2 * 1_000 / SHARDS).max(SWEEP_AT_LEAST) + SHARDS, "{held} windows are held");
    }
}
