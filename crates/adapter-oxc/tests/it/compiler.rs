//! The contract of the port, checked with real worker processes.

use adapter_oxc::ComponentWorkers;
use domain::styles::Styles;
use ports::{ComponentReviewer as _, ReviewSettings};

use crate::support::{HONEST, caller, source, workers};

async fn reviewer() -> ComponentWorkers {
    workers(2).components
}

port_contract::component_reviewer_contract! { crate::compiler::reviewer }

#[tokio::test]
async fn one_job_checks_and_compiles_a_source() {
    let workers = workers(1);
    let review = workers.review(&source(HONEST), &ReviewSettings::default(), caller(1)).await.unwrap();
    assert!(review.outcome.is_ok());
    let (pool, stats) = (workers.pool_stats(), workers.stats());
    assert_eq!((stats.checked, stats.compiled, pool.answered, pool.started), (1, 1, 1, 1));
}

#[tokio::test]
async fn a_saved_source_without_a_statement_gets_an_empty_module() {
    let review = workers(1).compile_stored(&source("// Nothing yet."), Styles::Auto, caller(1)).await.unwrap();
    assert!(review.outcome.is_ok());
}
