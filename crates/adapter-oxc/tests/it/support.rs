use std::{path::PathBuf, time::Duration};

use adapter_oxc::{ComponentWorkers, WorkerPoolConfig};
use domain::{
    component::{ComponentReport, ComponentSource},
    id::ApiKeyId,
    limits::COMPONENT_BYTES,
};
use ports::ComponentChecker as _;
use tokio::runtime::Handle;

pub(crate) const HONEST: &str = "export default function Widget({ data }) { return <p>{data.title}</p>; }";

/// A source that keeps a worker busy for longer than any limit here: the parser looks ahead for an arrow at every
/// parenthesis, and each look ahead contains the others.
pub(crate) fn endless() -> String {
    "(a=(a=".repeat(COMPONENT_BYTES / 6)
}

/// What a service has.
pub(crate) fn defaults() -> WorkerPoolConfig {
    WorkerPoolConfig::new(PathBuf::from(env!("CARGO_BIN_EXE_component-worker")), Vec::new())
}

/// This many workers, and patience: a busy machine is no reason for a test to fail that is not about waiting.
pub(crate) fn config(workers: usize) -> WorkerPoolConfig {
    WorkerPoolConfig { workers, turn_limit: Duration::from_secs(10), ..defaults() }
}

/// A pool of this many workers.
pub(crate) fn pool(workers: usize) -> ComponentWorkers {
    ComponentWorkers::new(config(workers), Handle::current())
}

/// A pool whose checks may take this long.
pub(crate) fn pool_with_limit(workers: usize, wall_limit: Duration) -> ComponentWorkers {
    ComponentWorkers::new(WorkerPoolConfig { wall_limit, ..config(workers) }, Handle::current())
}

pub(crate) fn caller(n: u128) -> ApiKeyId {
    ApiKeyId::from_uuid(uuid::Uuid::from_u128(n))
}

pub(crate) fn source(text: &str) -> ComponentSource {
    ComponentSource::parse(text).unwrap()
}

pub(crate) async fn check(pool: &ComponentWorkers, text: &str) -> ComponentReport {
    pool.check(&source(text), caller(1)).await.unwrap()
}

/// Waits until this holds, for five seconds at most.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..500 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{what}: still not so after five seconds");
}
