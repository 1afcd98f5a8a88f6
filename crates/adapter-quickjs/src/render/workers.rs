//! The adapter of the port [`ComponentRenderer`], over a pool of worker processes.

use std::time::Duration;

use async_trait::async_trait;
use domain::{id::ApiKeyId, module::CompiledModule};
use ports::{
    CheckError, ComponentRenderer, MAX_RENDER_WARNINGS, RenderError, RenderReport, RenderWarning, RenderedText,
    SourcePosition,
};
use schema::json::JsonText;
use worker_pool::{Caller, Handler, Job, JobError, MAX_INPUT_BYTES, Task, TaskId, WorkerPool};

use super::{
    engine::{self, TIME_LIMIT},
    source_map::original_position,
    wire::{Answer, Input, ModulePosition, Outcome, Problem, Rendered},
};

const TASK: TaskId = TaskId(4);

/// Processor time after which a worker ends itself: the engine has ended the script before, unless it is in one long step.
const CPU_LIMIT: Duration = TIME_LIMIT.saturating_add(Duration::from_millis(500));

/// Maximum size of an answer, in bytes: the text, and 21 messages of up to 1,000 characters, escaped.
const MAX_ANSWER_BYTES: usize = 512 * 1024;

const TOO_LONG: &str = "Rendering took too much time or memory: look for a loop that does not end";
const TOO_LARGE: &str = "The module and its data are larger than 1 MiB, which is more than the render test takes";

/// The fixed scripts that a worker evaluates. A worker's program names them.
pub trait RenderScripts {
    /// The script with React's server renderer; `None` if it was not built.
    fn renderer() -> Option<&'static str>;

    /// The file of the library set with this SHA-256, in hexadecimal digits.
    fn library(sha256: &str) -> Option<&'static str>;
}

/// The task that the pool's workers run: renders components.
pub const fn task<S: RenderScripts>() -> Task {
    Task { id: TASK, handler: handler::<S> }
}

fn handler<S: RenderScripts>() -> Handler {
    Box::new(|input, cpu| {
        let input = Input::decode(input)?;
        let answer: Answer = match S::renderer() {
            Some(script) => engine::render(script, S::library, &input, cpu),
            None => Err("the program was built without the script of the render test".to_owned()),
        };
        Ok(serde_json::to_vec(&answer)?)
    })
}

/// Renders components in worker processes.
///
/// The pool should be separate from those of other tasks, since a render may take 2 seconds of processor time, and have a
/// wall limit of 4 seconds.
#[derive(Debug, Clone)]
pub struct RenderWorkers {
    pool: WorkerPool,
}

impl RenderWorkers {
    /// Creates an adapter over a pool whose workers run [`task`].
    pub fn new(pool: WorkerPool) -> Self {
        Self { pool }
    }
}

#[async_trait]
impl ComponentRenderer for RenderWorkers {
    async fn render(
        &self,
        module: &CompiledModule,
        data: &JsonText,
        props: &JsonText,
        caller: ApiKeyId,
    ) -> Result<RenderReport, CheckError> {
        let input = Input { code: module.code(), data: data.as_str(), props: props.as_str() }.encode();
        if input.len() > MAX_INPUT_BYTES {
            return Ok(failed(TOO_LARGE));
        }
        let job = Job {
            task: TASK,
            input,
            caller: Caller(caller.as_uuid().as_u128()),
            cpu_limit: CPU_LIMIT,
            max_output_bytes: MAX_ANSWER_BYTES,
        };
        let answer = match self.pool.run(job).await {
            Ok(answer) => answer,
            Err(JobError::CpuLimit | JobError::TimedOut | JobError::Crashed(_)) => return Ok(failed(TOO_LONG)),
            Err(JobError::Overloaded) => return Err(CheckError::Overloaded),
            Err(JobError::Internal(reason)) => return Err(CheckError::Internal(reason)),
        };
        let answer: Answer = serde_json::from_slice(&answer)
            .map_err(|error| CheckError::Internal(format!("a worker's answer about a render: {error}")))?;
        Ok(report(answer.map_err(CheckError::Internal)?, module))
    }
}

/// A report about a module that exceeded its limits. The pool logs the reason.
fn failed(message: &str) -> RenderReport {
    RenderReport { outcome: Err(RenderError { message: message.to_owned(), position: None }), warnings: Vec::new() }
}

/// The report with positions in the source.
fn report(rendered: Rendered, module: &CompiledModule) -> RenderReport {
    let outcome = match rendered.outcome {
        Outcome::Text { text, is_truncated } => Ok(RenderedText { text, is_truncated }),
        Outcome::Problem(Problem { message, position }) => {
            Err(RenderError { message, position: source(position, module) })
        }
    };
    let warnings = rendered.warnings.into_iter().take(MAX_RENDER_WARNINGS);
    let warnings =
        warnings.map(|Problem { message, position }| RenderWarning { message, position: source(position, module) });
    RenderReport { outcome, warnings: warnings.collect() }
}

fn source(position: Option<ModulePosition>, module: &CompiledModule) -> Option<SourcePosition> {
    original_position(module.source_map(), module.code(), position?)
}
