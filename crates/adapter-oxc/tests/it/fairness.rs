use std::time::{Duration, Instant};

use adapter_oxc::{ComponentWorkers, WorkerPoolConfig};
use ports::{CheckComponentError, ComponentChecker as _};
use tokio::runtime::Handle;

use crate::support::{HONEST, caller, config, endless, pool_with_limit, source, until};

const HOSTILE: u128 = 1;
const HONEST_CALLER: u128 = 2;

#[tokio::test(flavor = "multi_thread")]
async fn one_callers_hostile_sources_do_not_keep_anothers_honest_ones_waiting() {
    let pool = pool_with_limit(2, Duration::from_secs(2));
    let hostile = source(&endless());
    let attack: Vec<_> = (0..8)
        .map(|_| {
            let (pool, hostile) = (pool.clone(), hostile.clone());
            tokio::spawn(async move { pool.check(&hostile, caller(HOSTILE)).await })
        })
        .collect();
    until("the attack runs", || pool.stats().running == 1 && pool.stats().waiting == 7).await;
    for _ in 0..10 {
        let start = Instant::now();
        assert!(pool.check(&source(HONEST), caller(HONEST_CALLER)).await.unwrap().is_accepted());
        assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    }
    assert_eq!((pool.stats().running, pool.stats().waiting), (1, 7), "the hostile caller holds one worker of two");
    attack.iter().for_each(tokio::task::JoinHandle::abort);
    until("the attack is over", || pool.stats().running == 0 && pool.stats().waiting == 0).await;
}

#[tokio::test]
async fn too_many_checks_are_turned_away_by_caller_and_over_all() {
    let bounds =
        WorkerPoolConfig { queue: 3, queue_per_caller: 2, wall_limit: Duration::from_millis(300), ..config(1) };
    let pool = ComponentWorkers::new(bounds, Handle::current());
    let check = |text: &str, from: u128| {
        let (pool, source) = (pool.clone(), source(text));
        tokio::spawn(async move { pool.check(&source, caller(from)).await })
    };
    let running = check(&endless(), HOSTILE);
    until("the worker is taken", || pool.stats().running == 1).await;
    let waiting = [check(HONEST, 1), check(HONEST, 1)];
    until("two wait", || pool.stats().waiting == 2).await;
    assert_eq!(check(HONEST, 1).await.unwrap(), Err(CheckComponentError::Overloaded), "a third of one caller");
    let third = check(HONEST, 2);
    until("three wait", || pool.stats().waiting == 3).await;
    assert_eq!(check(HONEST, 3).await.unwrap(), Err(CheckComponentError::Overloaded), "a fourth over all");
    assert_eq!(pool.stats().overloaded, 2);
    assert_eq!(running.await.unwrap().unwrap().errors[0].code, "too-complex");
    for honest in waiting.into_iter().chain([third]) {
        assert!(honest.await.unwrap().unwrap().is_accepted());
    }
}

#[tokio::test]
async fn many_callers_at_once_are_all_answered() {
    let pool = pool_with_limit(3, Duration::from_secs(2));
    let checks: Vec<_> = (0..200)
        .map(|n| {
            let pool = pool.clone();
            tokio::spawn(async move { pool.check(&source(HONEST), caller(n % 20)).await })
        })
        .collect();
    for check in checks {
        assert!(check.await.unwrap().unwrap().is_accepted());
    }
    let stats = pool.stats();
    assert_eq!((stats.checked, stats.waiting, stats.running), (200, 0, 0));
    assert!(stats.started <= 3, "{stats:?}");
}
