//! What all tests share: the runtime of servers and worker processes, and the worker pool.

use std::{path::PathBuf, sync::LazyLock};

use server::{
    config::SchemaCheckerKind,
    wiring::{WORKER_SUBCOMMAND, Workers},
};
use tokio::runtime::{Builder, Runtime};
use worker_pool::PoolConfig;

/// The runtime of all servers. Each test has a separate runtime, which ends with it.
pub(super) static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());

/// The real worker processes, shared by all tests: starting some for each would take most of the time.
pub(super) fn workers() -> Workers {
    static WORKERS: LazyLock<Workers> = LazyLock::new(|| {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_widgetd"));
        let mut config = PoolConfig::new(program, vec![WORKER_SUBCOMMAND.into()]);
        // All tests use the same keys, so several tests together would reach a caller's limit.
        config.queue_per_caller = config.queue;
        // A debug build on a busy machine is slow; the limits of time are tested with the pool.
        config.wall_limit *= 10;
        config.wait_limit *= 10;
        Workers::new(config, SchemaCheckerKind::Jsonschema, RUNTIME.handle())
    });
    WORKERS.clone()
}
