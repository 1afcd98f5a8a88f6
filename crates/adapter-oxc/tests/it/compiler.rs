//! The contract of the port, checked with real worker processes.

use port_contract::component_reviewer as contract;
use ports::ComponentReviewer as _;

use crate::support::{HONEST, caller, source, workers};

#[tokio::test]
async fn what_is_accepted_is_compiled() {
    let workers = workers(2);
    contract::what_is_accepted_is_compiled(&*workers).await;
}

#[tokio::test]
async fn the_same_source_gets_the_same_module() {
    contract::the_same_source_gets_the_same_module(&*workers(3)).await;
}

#[tokio::test]
async fn different_sources_get_different_modules() {
    contract::different_sources_get_different_modules(&*workers(1)).await;
}

#[tokio::test]
async fn what_was_saved_is_compiled_whatever_the_rules_say() {
    contract::what_was_saved_is_compiled_whatever_the_rules_say(&*workers(1)).await;
}

#[tokio::test]
async fn a_module_imports_react_and_its_runtime_alone() {
    contract::a_module_imports_react_and_its_runtime_alone(&*workers(1)).await;
}

#[tokio::test]
async fn one_job_checks_and_compiles_a_source() {
    let workers = workers(1);
    let review = workers.review(&source(HONEST), caller(1)).await.unwrap();
    assert!(review.outcome.is_ok());
    let (pool, stats) = (workers.pool_stats(), workers.stats());
    assert_eq!((stats.checked, stats.compiled, pool.answered, pool.started), (1, 1, 1, 1));
}

#[tokio::test]
async fn a_saved_source_without_a_statement_gets_an_empty_module() {
    let review = workers(1).compile_stored(&source("// Nothing yet."), caller(1)).await.unwrap();
    assert!(review.outcome.is_ok());
}
