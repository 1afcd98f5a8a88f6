//! Checks of [`RateLimiter`].

use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use domain::{
    id::ApiKeyId,
    names::WorkspaceId,
    rate_limit::{LimitClass, RateDecision, RateLimit},
    time::Timestamp,
};
use futures_util::future::join_all;
use ports::{Clock, RateLimiter};

use super::fresh::{self, NOW};

/// Two limiters with shared counts, as of two processes on one database. May be the same limiter twice.
pub struct Limiters {
    /// The limiters.
    pub limiters: [Arc<dyn RateLimiter>; 2],
    /// The clock of each.
    pub clocks: [Arc<SetClock>; 2],
    /// Kept alive as long as the limiters, such as their database.
    pub guard: Arc<dyn Any + Send + Sync>,
}

/// A clock that shows the time it was set to.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl Default for SetClock {
    fn default() -> Self {
        Self(AtomicI64::new(NOW.as_micros()))
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}

impl SetClock {
    /// Sets the clock.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.as_micros(), Ordering::SeqCst);
    }
}

impl Limiters {
    fn set_clocks(&self, now: Timestamp) {
        for clock in &self.clocks {
            clock.set(now);
        }
    }

    /// Counts a request with limiter 0 or 1.
    async fn take(&self, which: usize, caller: &Caller, class: LimitClass, limit: RateLimit) -> RateDecision {
        self.limiters[which].take(&caller.workspace, caller.key, class, limit).await.expect("take")
    }
}

/// Defines a test for each check of a rate limiter, with the check's name.
///
/// `$limiters` is the path of an `async fn() -> Limiters`; each test calls it once. The crate that calls the macro needs
/// tokio with `macros` and `rt-multi-thread`.
#[macro_export]
macro_rules! rate_limiter_contract {
    ($limiters:path) => {
        $crate::store_contract! { @tests $limiters;
            rate_limiter {
                a_window_begins_with_the_first_request
                an_exhausted_window_ends_on_time
                keys_and_classes_are_counted_separately
                exactly_the_limit_is_allowed_under_concurrency
                a_changed_limit_keeps_the_count
                a_shorter_window_replaces_a_long_one
                clocks_that_differ_a_little_share_a_window
                a_clock_set_far_back_blocks_no_caller
            }
        }
    };
}

struct Caller {
    workspace: WorkspaceId,
    key: ApiKeyId,
}

fn caller() -> Caller {
    Caller { workspace: fresh::workspace(), key: ApiKeyId::from_uuid(fresh::uuid()) }
}

fn after(micros: i64) -> Timestamp {
    Timestamp::from_micros(NOW.as_micros() + micros)
}

const fn seconds(seconds: i64) -> i64 {
    seconds * 1_000_000
}

const HOUR: i64 = seconds(3_600);

/// A window begins with the first request at either limiter and ends to the microsecond. Each request counts down.
pub async fn a_window_begins_with_the_first_request(limiters: &Limiters) {
    let (caller, limit) = (caller(), RateLimit::per_hour(3));
    let shown = |decision: RateDecision| (decision.allowed, decision.remaining, decision.resets_at, decision.limit);
    let take = async |which| shown(limiters.take(which, &caller, LimitClass::Write, limit).await);
    assert_eq!(take(0).await, (true, 2, after(HOUR), limit));
    limiters.set_clocks(after(seconds(100)));
    assert_eq!(take(1).await, (true, 1, after(HOUR), limit));
    limiters.set_clocks(after(HOUR - 1));
    assert_eq!(take(0).await, (true, 0, after(HOUR), limit));
    for which in [0, 1, 0, 1] {
        assert_eq!(take(which).await, (false, 0, after(HOUR), limit));
    }
    limiters.set_clocks(after(HOUR));
    assert_eq!(take(1).await, (true, 2, after(2 * HOUR), limit));
}

/// Refused requests do not prolong a window. The next one begins with the first request after its end.
pub async fn an_exhausted_window_ends_on_time(limiters: &Limiters) {
    let (caller, limit) = (caller(), RateLimit { requests: 2, window_seconds: 10 });
    let take = async |which| limiters.take(which, &caller, LimitClass::Message, limit).await;
    let mut begins = 0;
    for wait in [10, 25, 10] {
        let ends = after(seconds(begins + 10));
        limiters.set_clocks(after(seconds(begins)));
        for _ in 0..20 {
            take(0).await;
            let decision = take(1).await;
            assert_eq!((decision.remaining, decision.resets_at), (0, ends));
        }
        limiters.set_clocks(Timestamp::from_micros(ends.as_micros() - 1));
        for which in [0, 1] {
            let decision = take(which).await;
            assert_eq!((decision.allowed, decision.resets_at), (false, ends));
        }
        begins += wait;
    }
}

/// Each key, class and workspace has a separate count.
pub async fn keys_and_classes_are_counted_separately(limiters: &Limiters) {
    let limit = RateLimit::per_hour(1);
    let (workspace, other) = (fresh::workspace(), fresh::workspace());
    for workspace in [&workspace, &workspace, &other] {
        let caller = Caller { workspace: workspace.clone(), ..caller() };
        for class in LimitClass::ALL {
            assert!(limiters.take(0, &caller, class, limit).await.allowed);
            for which in [0, 1] {
                assert!(!limiters.take(which, &caller, class, limit).await.allowed);
            }
        }
    }
}

/// 8 tasks use both limiters in two windows. Each allowed request is counted once.
pub async fn exactly_the_limit_is_allowed_under_concurrency(limiters: &Limiters) {
    let (caller, other) = (caller(), caller());
    let (limit, class) = (RateLimit::per_hour(100), LimitClass::Message);
    for window in [0, HOUR] {
        limiters.set_clocks(after(window));
        let tasks = (0..8).map(|task| {
            let limiter = Arc::clone(&limiters.limiters[task % 2]);
            let callers = [&caller, &other].map(|caller| (caller.workspace.clone(), caller.key));
            tokio::spawn(async move {
                let asked = (0..40).map(|n| {
                    let (workspace, key) = &callers[n % 2];
                    limiter.take(workspace, *key, class, limit)
                });
                join_all(asked).await
            })
        });
        let (mut of_caller, mut of_other) = (Vec::new(), Vec::new());
        for task in join_all(tasks).await {
            for (n, decision) in task.expect("the task").into_iter().enumerate() {
                let decision = decision.expect("take");
                assert_eq!(decision.resets_at, after(window + HOUR));
                if decision.allowed {
                    [&mut of_caller, &mut of_other][n % 2].push(decision.remaining);
                }
            }
        }
        for mut remaining in [of_caller, of_other] {
            remaining.sort_unstable();
            assert_eq!(remaining, (0..100).collect::<Vec<_>>());
        }
    }
}

/// After a restart with another limit, the window and its count stay.
pub async fn a_changed_limit_keeps_the_count(limiters: &Limiters) {
    let (caller, class) = (caller(), LimitClass::List);
    let take = async |which, requests, window_seconds| {
        let decision = limiters.take(which, &caller, class, RateLimit { requests, window_seconds }).await;
        (decision.allowed, decision.remaining, decision.resets_at)
    };
    assert_eq!(take(0, 2, 60).await, (true, 1, after(seconds(60))));
    assert_eq!(take(0, 2, 60).await, (true, 0, after(seconds(60))));
    assert_eq!(take(0, 5, 60).await, (true, 2, after(seconds(60))));
    assert_eq!(take(1, 5, 3_600).await, (true, 1, after(seconds(60))));
    assert_eq!(take(1, 3, 60).await, (false, 0, after(seconds(60))));
}

/// After a change to shorter windows, a long window ends early.
pub async fn a_shorter_window_replaces_a_long_one(limiters: &Limiters) {
    let (caller, class) = (caller(), LimitClass::List);
    let take = async |which, requests, window_seconds| {
        let decision = limiters.take(which, &caller, class, RateLimit { requests, window_seconds }).await;
        (decision.allowed, decision.remaining, decision.resets_at)
    };
    assert_eq!(take(0, 5, 3_600).await, (true, 4, after(HOUR)));
    assert_eq!(take(1, 2, 10).await, (true, 0, after(seconds(10))));
    assert_eq!(take(0, 2, 10).await, (false, 0, after(seconds(10))));
    limiters.set_clocks(after(seconds(10)));
    assert_eq!(take(1, 2, 10).await, (true, 1, after(seconds(20))));
}

/// Clocks that are synchronized by NTP may differ by 50 ms.
pub async fn clocks_that_differ_a_little_share_a_window(limiters: &Limiters) {
    let limit = RateLimit { requests: 3, window_seconds: 1 };
    let take = async |which, caller| {
        let decision = limiters.take(which, caller, LimitClass::List, limit).await;
        (decision.allowed, decision.remaining, decision.resets_at)
    };
    let two_clocks = caller();
    limiters.clocks[1].set(after(-50_000));
    assert_eq!(take(0, &two_clocks).await, (true, 2, after(seconds(1))));
    assert_eq!(take(1, &two_clocks).await, (true, 1, after(seconds(1))));
    assert_eq!(take(0, &two_clocks).await, (true, 0, after(seconds(1))));
    assert_eq!(take(1, &two_clocks).await, (false, 0, after(seconds(1))));

    let one_clock = caller();
    limiters.set_clocks(NOW);
    assert_eq!(take(0, &one_clock).await, (true, 2, after(seconds(1))));
    limiters.set_clocks(after(-50_000));
    assert_eq!(take(0, &one_clock).await, (true, 1, after(seconds(1))));
    assert_eq!(take(0, &one_clock).await, (true, 0, after(seconds(1))));
    assert_eq!(take(0, &one_clock).await, (false, 0, after(seconds(1))));
}

/// A clock that is set back by more than the length of a window begins a new one, even if the old one is exhausted.
pub async fn a_clock_set_far_back_blocks_no_caller(limiters: &Limiters) {
    let (caller, limit) = (caller(), RateLimit { requests: 1, window_seconds: 10 });
    let take = async |which| limiters.take(which, &caller, LimitClass::List, limit).await;
    assert!(take(0).await.allowed);
    assert!(!take(0).await.allowed);
    limiters.set_clocks(after(-seconds(10)));
    assert!(!take(0).await.allowed);
    limiters.set_clocks(after(-seconds(10) - 1));
    let decision = take(0).await;
    assert_eq!((decision.allowed, decision.resets_at), (true, after(-1)));
    assert!(!take(1).await.allowed);
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_check_is_in_the_list() {
        let source = include_str!("rate_limiter.rs");
        let (_, list) = source.split_once("            rate_limiter {\n").expect("the list");
        let (list, _) = list.split_once('}').expect("its end");
        let listed: Vec<&str> = list.split_whitespace().collect();
        let name = |line: &'static str| line.strip_prefix("pub async fn ")?.split_once('(').map(|(name, _)| name);
        assert_eq!(listed, source.lines().filter_map(name).collect::<Vec<_>>());
    }
}
