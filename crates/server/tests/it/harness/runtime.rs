//! What outlives a single test: the runtime of servers and worker processes, and the one pool of those.

use std::{
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use adapter_oxc::{ComponentWorkers, WorkerPoolConfig};
use tokio::runtime::{Builder, Runtime};

/// Drives all servers. A test has a runtime of its own, which ends with it.
pub(super) static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());

/// The real worker processes, shared by all tests: starting some for each would take most of the time.
pub(super) fn component_workers() -> Arc<ComponentWorkers> {
    static WORKERS: LazyLock<Arc<ComponentWorkers>> = LazyLock::new(|| {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_widgetd"));
        let mut config = WorkerPoolConfig::new(program, vec![server::wiring::WORKER_SUBCOMMAND.into()]);
        // All tests use the same keys, so a caller's bound would be met by several tests together.
        config.queue_per_caller = config.queue;
        // A debug build on a busy machine is slow; what the wall limit is for is tested with the pool.
        config.wall_limit *= 10;
        config.turn_limit *= 10;
        Arc::new(ComponentWorkers::new(config, RUNTIME.handle().clone()))
    });
    Arc::clone(&WORKERS)
}
