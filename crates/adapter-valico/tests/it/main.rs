//! The contract of schema checkers, one test for each check.

mod hazards;

use std::{path::PathBuf, sync::LazyLock, time::Duration};

use adapter_valico::ValicoChecker;
use port_contract::schema_checker as contract;
use tokio::runtime::{Builder, Runtime};
use worker_pool::{PoolConfig, WorkerPool};

/// Drives the workers of all tests.
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime"));

/// A checker with real worker processes.
fn checker() -> ValicoChecker {
    let mut config = PoolConfig::new(PathBuf::from(env!("CARGO_BIN_EXE_valico-worker")), Vec::new());
    // Long, so that no test fails on a busy machine. The limit of processor time holds anyway.
    config.wait_limit = Duration::from_secs(30);
    config.wall_limit = Duration::from_secs(30);
    ValicoChecker::new(WorkerPool::new(config, RUNTIME.handle().clone()), RUNTIME.handle().clone())
}

macro_rules! contract_tests {
    ($($check:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $check() {
                contract::$check(&checker()).await;
            }
        )+
    };
}

contract_tests! {
    accepted_schemas_compile,
    the_reference_apis_example,
    error_messages_are_exact,
    errors_are_bounded,
    large_values_are_refused_at_their_path,
    keywords_are_checked,
    patterns_match_as_in_ecma_262,
    random_patterns_agree_with_the_explanation,
    references_are_followed,
    references_of_later_drafts_are_followed,
    properties_of_any_name_are_checked,
    large_numbers_are_checked,
    random_schemas_agree_with_the_explanation,
    hostile_schemas_are_answered,
    limits_are_exact_and_small_enough,
    the_public_test_suite_is_passed,
    threads_share_a_checker,
}
