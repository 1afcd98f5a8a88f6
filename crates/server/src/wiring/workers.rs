//! The worker processes: one pool for components and schemas, and what its workers run.

use std::{path::Path, process::ExitCode, sync::Arc};

use adapter_jsonschema::JsonSchemaChecker;
use adapter_oxc::ComponentWorkers;
use adapter_valico::ValicoChecker;
use domain::id::ApiKeyId;
use ports::SchemaChecker;
use tokio::runtime::Handle;
use uuid::Uuid;
use worker_pool::{Caller, PoolConfig, Task, WorkerPool, run_worker};

use super::StartError;
use crate::{config::SchemaCheckerKind, services::WorkerStats};

/// The argument that makes this program a worker.
pub const WORKER_SUBCOMMAND: &str = "worker";

const TASKS: [Task; 3] = [adapter_oxc::TASK, adapter_jsonschema::TASK, adapter_valico::TASK];

/// Runs jobs for a service until it ends: the body of [`WORKER_SUBCOMMAND`].
pub(crate) fn worker() -> ExitCode {
    run_worker(&TASKS)
}

/// The adapters that run jobs in worker processes.
#[derive(Clone)]
pub struct Workers {
    /// Checks schemas, and data against them.
    pub schemas: Arc<dyn SchemaChecker>,
    /// Checks and compiles components.
    pub components: Arc<ComponentWorkers>,
    pool: WorkerPool,
}

impl Workers {
    /// Adapters over one pool, which starts its workers on demand and drives them on `runtime`.
    pub fn new(config: PoolConfig, checker: SchemaCheckerKind, runtime: &Handle) -> Self {
        let pool = WorkerPool::new(config, runtime.clone());
        let schemas: Arc<dyn SchemaChecker> = match checker {
            SchemaCheckerKind::Jsonschema => Arc::new(JsonSchemaChecker::new(pool.clone(), runtime.clone())),
            SchemaCheckerKind::Valico => Arc::new(ValicoChecker::new(pool.clone(), runtime.clone())),
        };
        Self { schemas, components: Arc::new(ComponentWorkers::new(pool.clone())), pool }
    }

    /// The same with the service's own program and the limits of a service, on the current runtime.
    pub(crate) fn of_service(checker: SchemaCheckerKind) -> Result<Self, StartError> {
        // Linux keeps a running program under this name, also when an upgrade has put another file in its place.
        let running = Path::new("/proc/self/exe");
        let program = match running.exists() {
            true => running.to_owned(),
            false => std::env::current_exe().map_err(StartError::Workers)?,
        };
        let mut config = PoolConfig::new(program, vec![WORKER_SUBCOMMAND.into()]);
        config.caller_name = |Caller(key)| ApiKeyId::from_uuid(Uuid::from_u128(key)).to_string();
        Ok(Self::new(config, checker, &Handle::current()))
    }

    /// Reads the counters for `/metrics`.
    pub(crate) fn stats(&self) -> Box<dyn Fn() -> WorkerStats + Send + Sync> {
        let (components, pool) = (Arc::clone(&self.components), self.pool.clone());
        Box::new(move || {
            let (components, pool) = (components.stats(), pool.stats());
            WorkerStats {
                component_checks: components.checked,
                component_modules: components.compiled,
                jobs: pool.answered + pool.killed,
                jobs_refused: pool.overloaded,
                jobs_waiting: pool.waiting as u64,
                workers_replaced: pool.killed,
            }
        })
    }
}
