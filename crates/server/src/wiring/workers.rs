//! The worker processes: one pool for components and schemas, and one for the render test.

use std::{path::Path, sync::Arc};

use adapter_jsonschema::JsonSchemaChecker;
use adapter_oxc::{ComponentStats, ComponentWorkers};
use adapter_quickjs::render::RenderWorkers;
use adapter_valico::ValicoChecker;
use domain::id::ApiKeyId;
use ports::{ComponentRenderer, SchemaChecker};
use tokio::runtime::Handle;
use uuid::Uuid;
use worker_pool::{Caller, PoolConfig, PoolStats, WorkerPool};

use super::{StartError, libraries::libraries};
use crate::{config::SchemaCheckerKind, system::PolledMetrics};

/// The subcommand that runs this program as a worker process.
pub const WORKER_SUBCOMMAND: &str = "worker";

/// Workers of the render test, which may take seconds. The other tasks have separate workers.
const RENDERING_WORKERS: usize = 2;

/// The adapters that run jobs in worker processes.
#[derive(Clone)]
pub struct Workers {
    /// Checks schemas, and data against them.
    pub schemas: Arc<dyn SchemaChecker>,
    /// Checks and compiles components.
    pub components: Arc<ComponentWorkers>,
    /// Renders components; `None` if the program was built without the render test.
    pub renderer: Option<Arc<dyn ComponentRenderer>>,
    /// The pool of reviews and that of the render test.
    pools: Vec<WorkerPool>,
}

impl Workers {
    /// Creates adapters over two pools, which start their workers on demand and drive them on `runtime`.
    pub fn new(config: PoolConfig, checker: SchemaCheckerKind, runtime: &Handle) -> Self {
        let rendering = PoolConfig { workers: RENDERING_WORKERS, wall_limit: 2 * config.wall_limit, ..config.clone() };
        let rendering = web_assets::server_renderer().map(|_| WorkerPool::new(rendering, runtime.clone()));
        let pool = WorkerPool::new(config, runtime.clone());
        let schemas: Arc<dyn SchemaChecker> = match checker {
            SchemaCheckerKind::Jsonschema => Arc::new(JsonSchemaChecker::new(pool.clone(), runtime.clone())),
            SchemaCheckerKind::Valico => Arc::new(ValicoChecker::new(pool.clone(), runtime.clone())),
        };
        let components = Arc::new(ComponentWorkers::new(pool.clone(), libraries()));
        let renderer = rendering.clone().map(|pool| Arc::new(RenderWorkers::new(pool)) as Arc<dyn ComponentRenderer>);
        Self { schemas, components, renderer, pools: rendering.into_iter().chain([pool]).collect() }
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
            let pools = self.pools.clone();
            move || pools.iter().map(|pool| read(pool.stats())).sum::<u64>()
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
