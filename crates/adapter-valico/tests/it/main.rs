//! The port's contract, promise by promise.

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
    // A busy machine is no reason for a test to fail that is not about time: a limit of processor time holds anyway.
    config.wait_limit = Duration::from_secs(30);
    config.wall_limit = Duration::from_secs(30);
    ValicoChecker::new(WorkerPool::new(config, RUNTIME.handle().clone()), RUNTIME.handle().clone())
}

macro_rules! promises {
    ($($promise:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $promise() {
                contract::$promise(&checker()).await;
            }
        )+
    };
}

promises! {
    accepted_schemas_compile,
    the_references_own_example,
    refusals_read_as_the_reference_says,
    errors_are_bounded,
    large_values_are_refused_at_their_place,
    draft_07_is_what_is_checked,
    patterns_mean_what_they_mean_in_ecma_262,
    random_patterns_are_judged_as_they_are_explained,
    references_are_followed,
    names_may_be_anything,
    large_numbers_are_numbers,
    random_schemas_are_judged_as_they_are_explained,
    hostile_schemas_are_answered,
    limits_are_exact_and_small_enough,
    the_public_test_suite_is_passed,
    threads_get_the_same_answers,
}
