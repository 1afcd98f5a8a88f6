//! Fixtures of the tests: worker pools and sources.

use std::{ops::Deref, path::PathBuf, time::Duration};

use adapter_oxc::ComponentWorkers;
use domain::{component::ComponentSource, id::ApiKeyId, limits::MAX_COMPONENT_BYTES};
use ports::{ComponentReview, ComponentReviewer as _, ReviewSettings};
use tokio::runtime::Handle;
use worker_pool::{PoolConfig, PoolStats, WorkerPool};

pub(crate) const HONEST: &str = "export default function Widget({ data }) { return <p>{data.title}</p>; }";

/// A source that keeps a worker busy for longer than every limit: the parser looks ahead for an arrow at every parenthesis, and
/// each lookahead contains the following ones.
pub(crate) fn endless() -> String {
    "(a=(a=".repeat(MAX_COMPONENT_BYTES / 6)
}

/// Component workers over a pool whose counters can be read.
pub(crate) struct Workers {
    pub(crate) components: ComponentWorkers,
    pool: WorkerPool,
}

impl Workers {
    pub(crate) fn pool_stats(&self) -> PoolStats {
        self.pool.stats()
    }
}

impl Deref for Workers {
    type Target = ComponentWorkers;

    fn deref(&self) -> &ComponentWorkers {
        &self.components
    }
}

/// A pool of `workers` workers, with a long wait limit so that a busy machine does not fail tests.
pub(crate) fn config(workers: usize) -> PoolConfig {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_component-worker"));
    PoolConfig { workers, wait_limit: Duration::from_secs(10), ..PoolConfig::new(program, Vec::new()) }
}

pub(crate) fn workers(workers: usize) -> Workers {
    workers_of(config(workers))
}

pub(crate) fn workers_of(config: PoolConfig) -> Workers {
    let pool = WorkerPool::new(config, Handle::current());
    Workers { components: ComponentWorkers::new(pool.clone(), Default::default()), pool }
}

pub(crate) fn caller(n: u128) -> ApiKeyId {
    ApiKeyId::from_uuid(uuid::Uuid::from_u128(n))
}

pub(crate) fn source(text: &str) -> ComponentSource {
    ComponentSource::parse(text).unwrap()
}

pub(crate) async fn check(workers: &ComponentWorkers, text: &str) -> ComponentReview {
    workers.review(&source(text), &ReviewSettings::default(), caller(1)).await.unwrap()
}
