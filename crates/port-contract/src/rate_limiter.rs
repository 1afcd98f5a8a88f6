//! What [`RateLimiter`] promises.

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

/// Two limiters that share what they count, as two processes on one database do. A limiter that counts for itself is both.
pub struct Limiters {
    /// The limiters.
    pub limiters: [Arc<dyn RateLimiter>; 2],
    /// The clock of each.
    pub clocks: [Arc<SetClock>; 2],
    /// What must live as long as the limiters, such as their database.
    pub guard: Arc<dyn Any + Send + Sync>,
}

/// A clock that stands still until a check sets it.
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
    /// Sets the clock; it stands still there.
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

    /// Asks the one or the other limiter.
    async fn ask(&self, which: usize, caller: &Caller, class: LimitClass, limit: RateLimit) -> RateDecision {
        self.limiters[which].take(&caller.workspace, caller.key, class, limit).await.expect("take")
    }
}

/// Makes a test of every promise of a rate limiter, named after it.
///
/// `$limiters` is the path of an `async fn() -> Limiters`; each test calls it once. The crate that calls the macro needs
/// tokio with `macros` and `rt-multi-thread`.
#[macro_export]
macro_rules! rate_limiter_contract {
    ($limiters:path) => {
        $crate::store_contract! { @tests $limiters;
            rate_limiter {
                a_window_begins_with_the_first_request_and_is_counted_down
                an_exhausted_window_opens_again_at_its_end
                keys_and_classes_are_counted_apart
                exactly_the_limit_is_allowed_however_many_ask_at_once
                another_limit_is_held_to_what_was_counted
                a_limit_with_shorter_windows_ends_a_long_one
                clocks_that_differ_a_little_share_a_window
                a_clock_that_is_set_far_back_locks_nobody_out
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

/// Whoever asks, and to the microsecond.
pub async fn a_window_begins_with_the_first_request_and_is_counted_down(limiters: &Limiters) {
    let (caller, limit) = (caller(), RateLimit::per_hour(3));
    let shown = |decision: RateDecision| (decision.allowed, decision.remaining, decision.resets_at, decision.limit);
    let ask = async |which| shown(limiters.ask(which, &caller, LimitClass::Write, limit).await);
    assert_eq!(ask(0).await, (true, 2, after(HOUR), limit));
    limiters.set_clocks(after(seconds(100)));
    assert_eq!(ask(1).await, (true, 1, after(HOUR), limit));
    limiters.set_clocks(after(HOUR - 1));
    assert_eq!(ask(0).await, (true, 0, after(HOUR), limit));
    for which in [0, 1, 0, 1] {
        assert_eq!(ask(which).await, (false, 0, after(HOUR), limit));
    }
    limiters.set_clocks(after(HOUR));
    assert_eq!(ask(1).await, (true, 2, after(2 * HOUR), limit));
}

/// Those refused prolong nothing, and the next window is that of the first request after the end.
pub async fn an_exhausted_window_opens_again_at_its_end(limiters: &Limiters) {
    let (caller, limit) = (caller(), RateLimit { requests: 2, window_seconds: 10 });
    let ask = async |which| limiters.ask(which, &caller, LimitClass::Message, limit).await;
    let mut begins = 0;
    for wait in [10, 25, 10] {
        let ends = after(seconds(begins + 10));
        limiters.set_clocks(after(seconds(begins)));
        for _ in 0..20 {
            ask(0).await;
            let decision = ask(1).await;
            assert_eq!((decision.remaining, decision.resets_at), (0, ends));
        }
        limiters.set_clocks(Timestamp::from_micros(ends.as_micros() - 1));
        for which in [0, 1] {
            let decision = ask(which).await;
            assert_eq!((decision.allowed, decision.resets_at), (false, ends));
        }
        begins += wait;
    }
}

/// What one used, another has still.
pub async fn keys_and_classes_are_counted_apart(limiters: &Limiters) {
    let limit = RateLimit::per_hour(1);
    let (workspace, other) = (fresh::workspace(), fresh::workspace());
    for workspace in [&workspace, &workspace, &other] {
        let caller = Caller { workspace: workspace.clone(), ..caller() };
        for class in LimitClass::ALL {
            assert!(limiters.ask(0, &caller, class, limit).await.allowed);
            for which in [0, 1] {
                assert!(!limiters.ask(which, &caller, class, limit).await.allowed);
            }
        }
    }
}

/// 8 tasks over both limiters, in two windows: each request that is allowed is counted once.
pub async fn exactly_the_limit_is_allowed_however_many_ask_at_once(limiters: &Limiters) {
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

/// As after a restart with another configuration: the window and its count stay.
pub async fn another_limit_is_held_to_what_was_counted(limiters: &Limiters) {
    let (caller, class) = (caller(), LimitClass::List);
    let ask = async |which, requests, window_seconds| {
        let decision = limiters.ask(which, &caller, class, RateLimit { requests, window_seconds }).await;
        (decision.allowed, decision.remaining, decision.resets_at)
    };
    assert_eq!(ask(0, 2, 60).await, (true, 1, after(seconds(60))));
    assert_eq!(ask(0, 2, 60).await, (true, 0, after(seconds(60))));
    assert_eq!(ask(0, 5, 60).await, (true, 2, after(seconds(60))));
    assert_eq!(ask(1, 5, 3_600).await, (true, 1, after(seconds(60))));
    assert_eq!(ask(1, 3, 60).await, (false, 0, after(seconds(60))));
}

/// An operator who relaxes a limit by shorter windows does not wait for the long one's end.
pub async fn a_limit_with_shorter_windows_ends_a_long_one(limiters: &Limiters) {
    let (caller, class) = (caller(), LimitClass::List);
    let ask = async |which, requests, window_seconds| {
        let decision = limiters.ask(which, &caller, class, RateLimit { requests, window_seconds }).await;
        (decision.allowed, decision.remaining, decision.resets_at)
    };
    assert_eq!(ask(0, 5, 3_600).await, (true, 4, after(HOUR)));
    assert_eq!(ask(1, 2, 10).await, (true, 0, after(seconds(10))));
    assert_eq!(ask(0, 2, 10).await, (false, 0, after(seconds(10))));
    limiters.set_clocks(after(seconds(10)));
    assert_eq!(ask(1, 2, 10).await, (true, 1, after(seconds(20))));
}

/// 50 ms are what two machines that set their clocks by the network may differ by.
pub async fn clocks_that_differ_a_little_share_a_window(limiters: &Limiters) {
    let limit = RateLimit { requests: 3, window_seconds: 1 };
    let ask = async |which, caller| {
        let decision = limiters.ask(which, caller, LimitClass::List, limit).await;
        (decision.allowed, decision.remaining, decision.resets_at)
    };
    let two_clocks = caller();
    limiters.clocks[1].set(after(-50_000));
    assert_eq!(ask(0, &two_clocks).await, (true, 2, after(seconds(1))));
    assert_eq!(ask(1, &two_clocks).await, (true, 1, after(seconds(1))));
    assert_eq!(ask(0, &two_clocks).await, (true, 0, after(seconds(1))));
    assert_eq!(ask(1, &two_clocks).await, (false, 0, after(seconds(1))));

    let one_clock = caller();
    limiters.set_clocks(NOW);
    assert_eq!(ask(0, &one_clock).await, (true, 2, after(seconds(1))));
    limiters.set_clocks(after(-50_000));
    assert_eq!(ask(0, &one_clock).await, (true, 1, after(seconds(1))));
    assert_eq!(ask(0, &one_clock).await, (true, 0, after(seconds(1))));
    assert_eq!(ask(0, &one_clock).await, (false, 0, after(seconds(1))));
}

/// By more than the length of the window, also of one that is exhausted.
pub async fn a_clock_that_is_set_far_back_locks_nobody_out(limiters: &Limiters) {
    let (caller, limit) = (caller(), RateLimit { requests: 1, window_seconds: 10 });
    let ask = async |which| limiters.ask(which, &caller, LimitClass::List, limit).await;
    assert!(ask(0).await.allowed);
    assert!(!ask(0).await.allowed);
    limiters.set_clocks(after(-seconds(10)));
    assert!(!ask(0).await.allowed);
    limiters.set_clocks(after(-seconds(10) - 1));
    let decision = ask(0).await;
    assert_eq!((decision.allowed, decision.resets_at), (true, after(-1)));
    assert!(!ask(1).await.allowed);
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_promise_is_in_the_list() {
        let source = include_str!("rate_limiter.rs");
        let (_, list) = source.split_once("            rate_limiter {\n").expect("the list");
        let (list, _) = list.split_once('}').expect("its end");
        let listed: Vec<&str> = list.split_whitespace().collect();
        let name = |line: &'static str| line.strip_prefix("pub async fn ")?.split_once('(').map(|(name, _)| name);
        assert_eq!(listed, source.lines().filter_map(name).collect::<Vec<_>>());
    }
}
