use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use adapter_oxc::{ComponentWorkers, WorkerPoolConfig};
use domain::component::INLINE_STYLE_WARNING;
use ports::{CheckComponentError, ComponentChecker as _};
use tokio::runtime::Handle;

use crate::support::{HONEST, caller, check, config, endless, pool, pool_with_limit, source, until};

#[tokio::test]
async fn a_report_arrives_whole() {
    let pool = pool(2);
    let report = check(&pool, "export default () => <p style={{}}>é</p>;\nfetch('/x');").await;
    let found: Vec<_> = report.errors.iter().map(|e| (e.line, e.column, e.code.as_str())).collect();
    assert_eq!(found, [(2, 1, "no-network")]);
    assert_eq!(report.warnings, [INLINE_STYLE_WARNING]);
}

#[tokio::test]
async fn a_worker_lives_from_check_to_check() {
    let pool = pool(4);
    for _ in 0..50 {
        assert!(check(&pool, HONEST).await.is_accepted());
    }
    let stats = pool.stats();
    assert_eq!((stats.checked, stats.started, stats.killed, stats.waiting, stats.running), (50, 1, 0, 0, 0));
}

#[tokio::test]
async fn what_takes_too_long_is_too_complex_and_its_worker_is_replaced() {
    let pool = pool_with_limit(1, Duration::from_millis(200));
    let start = Instant::now();
    let report = check(&pool, &endless()).await;
    assert!(start.elapsed() >= Duration::from_millis(200) && start.elapsed() < Duration::from_secs(1));
    let [error] = report.errors.as_slice() else { panic!("{report:?}") };
    assert_eq!((error.line, error.column, error.code.as_str()), (1, 1, "too-complex"));
    assert!(error.message.starts_with("Component too complex"));
    assert!(check(&pool, HONEST).await.is_accepted());
    let stats = pool.stats();
    assert_eq!((stats.checked, stats.killed, stats.started), (1, 1, 2));
}

#[tokio::test]
async fn a_worker_that_grew_makes_way_for_a_fresh_one() {
    let pool = pool(1);
    let deep = format!("{}1{}", "(".repeat(60_000), ")".repeat(60_000));
    assert_eq!(check(&pool, &deep).await.errors[0].code, "too-complex");
    assert!(check(&pool, HONEST).await.is_accepted());
    let stats = pool.stats();
    assert_eq!((stats.checked, stats.killed, stats.started), (2, 0, 2));
}

#[tokio::test]
async fn a_caller_that_goes_away_leaves_no_answer_behind() {
    let pool = pool_with_limit(1, Duration::from_millis(500));
    assert!(check(&pool, HONEST).await.is_accepted());
    for wait in [0, 1, 5, 50] {
        // Its report has an error; the report of the check after it must not.
        let bad = format!("{}\nfetch('/x');", "let a;".repeat(20_000));
        let gone = tokio::time::timeout(Duration::from_millis(wait), pool.check(&source(&bad), caller(1))).await;
        assert!(gone.is_err() || wait > 1);
        assert!(check(&pool, HONEST).await.is_accepted(), "after {wait} ms");
    }
    let hanging = tokio::time::timeout(Duration::from_millis(20), pool.check(&source(&endless()), caller(1))).await;
    assert!(hanging.is_err());
    assert!(check(&pool, HONEST).await.is_accepted());
    until("all is quiet", || pool.stats().running == 0 && pool.stats().waiting == 0).await;
}

#[tokio::test]
async fn a_program_that_is_no_worker_is_an_error_and_not_the_sources_fault() {
    for (program, args) in [("/nowhere/at/all", &[][..]), ("/bin/true", &[]), ("/bin/echo", &["not a worker at all"])] {
        let args = args.iter().map(|arg| (*arg).into()).collect();
        let pool = ComponentWorkers::new(WorkerPoolConfig::new(PathBuf::from(program), args), Handle::current());
        let outcome = pool.check(&source(HONEST), caller(1)).await;
        assert!(matches!(outcome, Err(CheckComponentError::Internal(_))), "{program}: {outcome:?}");
        assert_eq!(pool.stats().running, 0);
    }
}

#[tokio::test]
async fn a_pool_whose_runtime_is_gone_says_so() {
    let runtime = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let pool = ComponentWorkers::new(config(1), runtime.handle().clone());
        runtime.block_on(async { assert!(check(&pool, HONEST).await.is_accepted()) });
        (runtime, pool)
    });
    let (runtime, pool) = runtime.join().unwrap();
    runtime.shutdown_background();
    let outcome = pool.check(&source(HONEST), caller(1)).await;
    assert!(matches!(outcome, Err(CheckComponentError::Internal(_))), "{outcome:?}");
}
