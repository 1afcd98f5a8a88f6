//! The adapter of the port [`ComponentReviewer`], over a pool of worker processes.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use domain::{
    component::{ComponentError, ComponentSource},
    id::ApiKeyId,
    library::LibrarySet,
    limits::{MAX_MODULE_BYTES, MAX_SOURCE_MAP_BYTES, MAX_STYLESHEET_BYTES},
    styles::Styles,
};
use ports::{CheckError, ComponentReview, ComponentReviewer, ReviewSettings, StyleCompiler};
use worker_pool::{Caller, Handler, Job, JobError, Task, TaskId, WorkerPool};

use crate::{
    check::{Purpose, Rule, TOO_COMPLEX, review},
    wire,
};

/// Maximum processor time for one component. On an idle machine it equals the pool's limit of wall-clock time.
const CPU_LIMIT: Duration = Duration::from_secs(2);

/// Maximum size of a report, in bytes. A report has at most 100 messages of 400 characters.
const MAX_REPORT_BYTES: usize = 1024 * 1024;

/// The task that the pool's workers run: checks and compiles components. Here without libraries and styles; a program that has
/// them makes the handler with [`handler`].
pub const TASK: Task = Task { id: TaskId(1), handler: || handler(Tools::default()) };

/// What a worker needs for the task.
#[derive(Default)]
pub struct Tools {
    /// What components may import.
    pub libraries: Arc<LibrarySet>,
    /// Makes the style sheets of utility classes.
    pub styles: Option<Box<dyn StyleCompiler>>,
}

/// The handler of [`TASK`] with these tools.
pub fn handler(tools: Tools) -> Handler {
    Box::new(move |input, _| {
        let wire::Request { source, purpose, styles } = wire::decode_request(input)?;
        let (report, output) = review(source, &purpose, styles, &tools);
        wire::encode_answer(&report, output.as_ref())
    })
}

/// Checks and compiles components in worker processes. One job does both.
#[derive(Debug, Clone)]
pub struct ComponentWorkers {
    pool: WorkerPool,
    libraries: Arc<LibrarySet>,
    counters: Arc<Counters>,
}

#[derive(Debug, Default)]
struct Counters {
    checked: AtomicU64,
    compiled: AtomicU64,
}

/// Counters for metrics since the start of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ComponentStats {
    /// Number of checked components, including those that are too complex.
    pub checked: u64,
    /// Number of compiled modules: one for each check without errors.
    pub compiled: u64,
}

impl ComponentWorkers {
    /// Creates an adapter over a pool whose workers run [`TASK`] with these libraries.
    pub fn new(pool: WorkerPool, libraries: Arc<LibrarySet>) -> Self {
        Self { pool, libraries, counters: Arc::default() }
    }

    /// The current values of the counters.
    pub fn stats(&self) -> ComponentStats {
        ComponentStats {
            checked: self.counters.checked.load(Ordering::Relaxed),
            compiled: self.counters.compiled.load(Ordering::Relaxed),
        }
    }

    async fn run(
        &self,
        source: &ComponentSource,
        purpose: &Purpose,
        styles: Styles,
        caller: ApiKeyId,
    ) -> Result<ComponentReview, CheckError> {
        let job = Job {
            task: TASK.id,
            input: wire::encode_request(source.as_str(), purpose, styles)
                .map_err(|error| CheckError::Internal(format!("a job about a component: {error}")))?,
            caller: Caller(caller.as_uuid().as_u128()),
            cpu_limit: CPU_LIMIT,
            max_output_bytes: MAX_REPORT_BYTES + MAX_MODULE_BYTES + MAX_SOURCE_MAP_BYTES + MAX_STYLESHEET_BYTES,
        };
        let review = match self.pool.run(job).await {
            Ok(output) => wire::decode_answer(&output, &self.libraries)
                .map_err(|error| CheckError::Internal(format!("a worker's answer about a component: {error}")))?,
            Err(JobError::CpuLimit | JobError::TimedOut | JobError::Crashed(_)) => too_complex(),
            Err(JobError::Overloaded) => return Err(CheckError::Overloaded),
            Err(JobError::Internal(reason)) => return Err(CheckError::Internal(reason)),
        };
        self.counters.checked.fetch_add(1, Ordering::Relaxed);
        self.counters.compiled.fetch_add(u64::from(review.outcome.is_ok()), Ordering::Relaxed);
        Ok(review)
    }
}

#[async_trait]
impl ComponentReviewer for ComponentWorkers {
    async fn review(
        &self,
        source: &ComponentSource,
        settings: &ReviewSettings,
        caller: ApiKeyId,
    ) -> Result<ComponentReview, CheckError> {
        self.run(source, &Purpose::Save(settings.resources.clone()), settings.styles, caller).await
    }

    async fn compile_stored(
        &self,
        source: &ComponentSource,
        styles: Styles,
        caller: ApiKeyId,
    ) -> Result<ComponentReview, CheckError> {
        self.run(source, &Purpose::Render, styles, caller).await
    }
}

/// The review of a source that crashed its worker or exceeded its limits. The pool logs the reason.
fn too_complex() -> ComponentReview {
    let error = ComponentError {
        line: 1,
        column: 1,
        message: format!(
            "{TOO_COMPLEX}: checking it took too much time or memory; split it into smaller components, nest less deeply, \
             and leave out generated code"
        ),
        code: Rule::TooComplex.code().into(),
    };
    ComponentReview::new(Err(vec![error]))
}
