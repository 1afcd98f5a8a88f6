//! Reports of checks in worker processes.

use std::time::Duration;

use domain::component::{INLINE_STYLE_WARNING, Language};
use ports::{CheckError, ComponentReviewer as _, ReviewSettings};
use worker_pool::PoolConfig;

use crate::support::{HONEST, caller, check, config, endless, source, workers, workers_of};

#[tokio::test]
async fn a_report_arrives_completely() {
    let workers = workers(2);
    let report = check(&workers, "export default () => <p style={{}}>é</p>;\nfetch('/x');").await;
    let found: Vec<_> = report.errors().iter().map(|e| (e.line, e.column, e.code.as_str())).collect();
    assert_eq!(found, [(2, 1, "no-network")]);
    assert_eq!(report.warnings[0].to_string(), INLINE_STYLE_WARNING);
    assert_eq!(report.warnings.len(), 1);
}

#[tokio::test]
async fn a_source_that_takes_too_long_is_reported_as_too_complex_and_the_next_is_checked() {
    let workers = workers_of(PoolConfig { wall_limit: Duration::from_secs(1), ..config(1) });
    let report = check(&workers, &endless()).await;
    let [error] = report.errors() else { panic!("{report:?}") };
    assert_eq!((error.line, error.column, error.code.as_str()), (1, 1, "too-complex"));
    assert!(error.message.starts_with("Component too complex"));
    assert!(check(&workers, HONEST).await.outcome.is_ok());
    let (pool, stats) = (workers.pool_stats(), workers.stats());
    assert_eq!((pool.answered, pool.killed, pool.started), (1, 1, 2));
    assert_eq!((stats.checked, stats.compiled), (2, 1));
}

#[tokio::test]
async fn types_that_take_the_parser_exponential_time_are_too_complex_and_the_pool_survives() {
    let workers = workers_of(PoolConfig { wall_limit: Duration::from_secs(1), ..config(1) });
    for types in ["P<{[d".repeat(22), "new f<{[new ".repeat(12)] {
        let report = check(&workers, &types).await;
        assert_eq!(report.errors()[0].code, "too-complex", "{types}");
        assert_eq!(report.language, None);
        assert!(check(&workers, HONEST).await.outcome.is_ok(), "after {types}");
    }
    assert_eq!(workers.pool_stats().killed, 2);
}

#[tokio::test]
async fn a_review_names_the_language() {
    let workers = workers(1);
    for (text, language) in [
        (HONEST, Some(Language::Jsx)),
        ("export default (p: { data: string }) => <p>{p.data}</p>;", Some(Language::Tsx)),
        ("export default () => eval('1' as string);", Some(Language::Tsx)),
        ("export default (", None),
    ] {
        assert_eq!(check(&workers, text).await.language, language, "{text}");
    }
}

#[tokio::test]
async fn a_source_that_exhausts_a_workers_memory_gets_a_report_and_the_worker_is_replaced() {
    let workers = workers(1);
    let deep = format!("{}1{}", "(".repeat(60_000), ")".repeat(60_000));
    assert_eq!(check(&workers, &deep).await.errors()[0].code, "too-complex");
    assert!(check(&workers, HONEST).await.outcome.is_ok());
    let pool = workers.pool_stats();
    assert_eq!((pool.answered, pool.killed, pool.started), (2, 0, 2));
}

#[tokio::test]
async fn a_broken_or_full_pool_is_not_reported_as_an_error_in_the_source() {
    let workers = workers_of(PoolConfig { program: "/nowhere/at/all".into(), ..config(1) });
    let outcome = workers.review(&source(HONEST), &ReviewSettings::default(), caller(1)).await;
    assert!(matches!(&outcome, Err(CheckError::Internal(reason)) if reason.contains("No such file")), "{outcome:?}");
    let workers = workers_of(PoolConfig { queue: 0, ..config(1) });
    assert_eq!(
        workers.review(&source(HONEST), &ReviewSettings::default(), caller(1)).await,
        Err(CheckError::Overloaded)
    );
    assert_eq!(workers.stats().checked, 0);
}
