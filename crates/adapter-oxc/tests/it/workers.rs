//! The adapter over the pool: what becomes of the pool's answers.

use std::{path::PathBuf, time::Duration};

use adapter_oxc::ComponentWorkers;
use domain::component::INLINE_STYLE_WARNING;
use ports::{CheckError, ComponentChecker as _};
use tokio::runtime::Handle;
use worker_pool::{PoolConfig, WorkerPool};

use crate::support::{HONEST, caller, check, config, endless, over, source, workers};

#[tokio::test]
async fn a_report_arrives_whole() {
    let report = check(&workers(1), "export default () => <p style={{}}>é</p>;\nfetch('/x');").await;
    let found: Vec<_> = report.errors.iter().map(|e| (e.line, e.column, e.code.as_str())).collect();
    assert_eq!(found, [(2, 1, "no-network")]);
    assert_eq!(report.warnings, [INLINE_STYLE_WARNING]);
}

#[tokio::test]
async fn a_source_that_ends_its_worker_is_too_complex_and_the_next_is_checked() {
    let (workers, pool) = over(PoolConfig { wall_limit: Duration::from_millis(300), ..config(1) });
    let report = check(&workers, &endless()).await;
    let [error] = report.errors.as_slice() else { panic!("{report:?}") };
    assert_eq!((error.line, error.column, error.code.as_str()), (1, 1, "too-complex"));
    assert!(error.message.starts_with("Component too complex"));
    assert!(check(&workers, HONEST).await.is_accepted());
    assert_eq!((workers.stats().checked, workers.stats().compiled, pool.stats().killed), (2, 1, 1));
}

#[tokio::test]
async fn a_source_that_bloats_its_worker_is_refused_and_the_worker_replaced() {
    let (workers, pool) = over(config(1));
    let deep = format!("{}1{}", "(".repeat(60_000), ")".repeat(60_000));
    assert_eq!(check(&workers, &deep).await.errors[0].code, "too-complex");
    assert!(check(&workers, HONEST).await.is_accepted());
    assert_eq!((pool.stats().answered, pool.stats().killed, pool.stats().started), (2, 0, 2));
}

#[tokio::test]
async fn a_check_that_waits_too_long_is_refused_as_overloaded() {
    let (workers, _) = over(PoolConfig { queue: 0, ..config(1) });
    assert_eq!(workers.check(&source(HONEST), caller(1)).await, Err(CheckError::Overloaded));
}

#[tokio::test]
async fn a_program_that_is_no_worker_is_not_the_sources_fault() {
    let pool = WorkerPool::new(PoolConfig::new(PathBuf::from("/nowhere/at/all"), Vec::new()), Handle::current());
    let outcome = ComponentWorkers::new(pool).check(&source(HONEST), caller(1)).await;
    assert!(matches!(outcome, Err(CheckError::Internal(_))), "{outcome:?}");
}
