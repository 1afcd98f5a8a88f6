use std::time::{Duration, Instant};

use adapter_oxc::{ComponentWorkers, WorkerPoolConfig};
use ports::{CheckComponentError, ComponentChecker as _};
use tokio::runtime::Handle;

use crate::support::{HONEST, caller, config, defaults, endless, pool_with_limit, source, until};

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

#[tokio::test(flavor = "multi_thread")]
async fn however_many_killers_come_at_once_each_is_answered_in_three_seconds_and_honest_ones_get_through() {
    let pool = ComponentWorkers::new(defaults(), Handle::current());
    let hostile = source(&endless());
    let attack: Vec<_> = (0..60)
        .map(|_| {
            let (pool, hostile) = (pool.clone(), hostile.clone());
            let start = Instant::now();
            tokio::spawn(async move { (pool.check(&hostile, caller(HOSTILE)).await, start.elapsed()) })
        })
        .collect();
    until("the attack runs", || pool.stats().running == 3).await;
    while pool.stats().running > 1 {
        let start = Instant::now();
        assert!(pool.check(&source(HONEST), caller(HONEST_CALLER)).await.unwrap().is_accepted());
        assert!(start.elapsed() < Duration::from_millis(750), "{:?}", start.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut verdicts = 0;
    for check in attack {
        let (outcome, took) = check.await.unwrap();
        assert!(took < Duration::from_secs(3), "{took:?}: {outcome:?}");
        match outcome {
            Ok(report) => {
                assert_eq!(report.errors[0].code, "too-complex");
                verdicts += 1;
            }
            Err(error) => assert_eq!(error, CheckComponentError::Overloaded),
        }
    }
    assert_eq!((verdicts, pool.stats().overloaded), (3, 57), "the others' turn did not come in time");
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_whose_sources_ended_workers_do_not_hold_all_workers_however_many_they_are() {
    let pool = pool_with_limit(4, Duration::from_millis(500));
    let hostile = source(&endless());
    let attack: Vec<_> = (0..6_u128)
        .map(|n| {
            let (pool, hostile) = (pool.clone(), hostile.clone());
            tokio::spawn(async move { while pool.check(&hostile, caller(100 + n)).await.is_ok() {} })
        })
        .collect();
    until("each of them struck, and it is over", || pool.stats().killed >= 8 && pool.stats().running <= 2).await;
    for _ in 0..20 {
        let start = Instant::now();
        assert!(pool.check(&source(HONEST), caller(HONEST_CALLER)).await.unwrap().is_accepted());
        assert!(start.elapsed() < Duration::from_millis(300), "{:?}", start.elapsed());
        assert!(pool.stats().running <= 2, "the attackers share two workers");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    attack.iter().for_each(tokio::task::JoinHandle::abort);
    until("the attack is over", || pool.stats().running == 0 && pool.stats().waiting == 0).await;
}

#[tokio::test]
async fn a_check_whose_turn_does_not_come_is_turned_away() {
    let bounds =
        WorkerPoolConfig { turn_limit: Duration::from_millis(100), wall_limit: Duration::from_secs(1), ..config(1) };
    let pool = ComponentWorkers::new(bounds, Handle::current());
    let (checker, hostile) = (pool.clone(), source(&endless()));
    let running = tokio::spawn(async move { checker.check(&hostile, caller(HOSTILE)).await });
    until("the worker is taken", || pool.stats().running == 1).await;
    let start = Instant::now();
    let outcome = pool.check(&source(HONEST), caller(HONEST_CALLER)).await;
    assert_eq!(outcome, Err(CheckComponentError::Overloaded));
    assert!(start.elapsed() >= Duration::from_millis(100) && start.elapsed() < Duration::from_millis(600));
    assert_eq!((pool.stats().waiting, pool.stats().overloaded), (0, 1));
    let report = running.await.unwrap().unwrap();
    assert_eq!(report.errors[0].code, "too-complex", "what runs has its wall limit, not that of a turn");
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
