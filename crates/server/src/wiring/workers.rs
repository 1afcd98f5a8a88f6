//! The worker processes: one pool for components and schemas, and the tasks of its workers.

use std::{path::Path, process::ExitCode, sync::Arc};

use adapter_jsonschema::JsonSchemaChecker;
use adapter_oxc::{ComponentStats, ComponentWorkers, Tools};
use adapter_quickjs::Tailwind;
use adapter_valico::ValicoChecker;
use domain::id::ApiKeyId;
use ports::{SchemaChecker, StyleCompiler};
use tokio::runtime::Handle;
use uuid::Uuid;
use worker_pool::{Caller, Handler, PoolConfig, PoolStats, Task, WorkerPool, run_worker};

use super::{StartError, libraries::libraries};
use crate::{config::SchemaCheckerKind, system::PolledMetrics};

/// The subcommand that runs this program as a worker process.
pub const WORKER_SUBCOMMAND: &str = "worker";

const TASKS: [Task; 3] =
    [Task { id: adapter_oxc::TASK.id, handler: component_handler }, adapter_jsonschema::TASK, adapter_valico::TASK];

/// Tailwind's compiler, if the program was built with it.
fn style_compiler() -> Option<Box<dyn StyleCompiler>> {
    web_assets::tailwind().map(|script| Box::new(Tailwind::new(script)) as Box<dyn StyleCompiler>)
}

fn component_handler() -> Handler {
    adapter_oxc::handler(Tools { libraries: libraries(), styles: style_compiler() })
}

/// Runs jobs until the service closes the connection: the body of [`WORKER_SUBCOMMAND`].
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
    /// Creates adapters over one pool, which starts its workers on demand and drives them on `runtime`.
    pub fn new(config: PoolConfig, checker: SchemaCheckerKind, runtime: &Handle) -> Self {
        let pool = WorkerPool::new(config, runtime.clone());
        let schemas: Arc<dyn SchemaChecker> = match checker {
            SchemaCheckerKind::Jsonschema => Arc::new(JsonSchemaChecker::new(pool.clone(), runtime.clone())),
            SchemaCheckerKind::Valico => Arc::new(ValicoChecker::new(pool.clone(), runtime.clone())),
        };
        Self { schemas, components: Arc::new(ComponentWorkers::new(pool.clone(), libraries())), pool }
    }

    /// As [`new`](Self::new), with the running program as worker, default limits and the current runtime.
    pub(crate) fn of_service(checker: SchemaCheckerKind) -> Result<Self, StartError> {
        // On Linux this path refers to the running program, even after an upgrade has replaced the file.
        let running = Path::new("/proc/self/exe");
        let program = match running.exists() {
            true => running.to_owned(),
            false => std::env::current_exe().map_err(StartError::Workers)?,
        };
        let mut config = PoolConfig::new(program, vec![WORKER_SUBCOMMAND.into()]);
        config.caller_name = |Caller(key)| ApiKeyId::from_uuid(Uuid::from_u128(key)).to_string();
        Ok(Self::new(config, checker, &Handle::current()))
    }

    /// The metrics of the worker processes.
    pub(crate) fn metrics(&self) -> PolledMetrics {
        let component = |read: fn(ComponentStats) -> u64| {
            let components = Arc::clone(&self.components);
            move || read(components.stats())
        };
        let pool = |read: fn(PoolStats) -> u64| {
            let pool = self.pool.clone();
            move || read(pool.stats())
        };
        let waiting = pool(|pool| pool.waiting as u64);
        PolledMetrics::default()
            .counter("widgetd_component_checks_total", "Components checked.", component(|stats| stats.checked))
            .counter("widgetd_component_modules_total", "Components compiled.", component(|stats| stats.compiled))
            .counter(
                "widgetd_worker_jobs_total",
                "Jobs of all kinds that worker processes ran.",
                pool(|stats| stats.answered + stats.killed),
            )
            .counter(
                "widgetd_worker_jobs_refused_total",
                "Jobs refused because no worker process was free in time.",
                pool(|stats| stats.overloaded),
            )
            .gauge("widgetd_worker_jobs_waiting", "Jobs waiting for a worker process.", move || waiting() as f64)
            .counter(
                "widgetd_workers_replaced_total",
                "Worker processes that ended or were killed during a job.",
                pool(|stats| stats.killed),
            )
    }
}
