use schema::Plan;
use serde_json::Value;
use worker_pool::TaskId;

/// A library that validates JSON documents.
///
/// It gives verdicts only. The sentences for refused data come from
/// [`Plan::explain_refusal`](schema::Plan::explain_refusal).
pub trait Engine: Send + Sync + 'static {
    /// A compiled schema, shared by all threads.
    type Compiled: Send + Sync + 'static;

    /// Names the engine's task in worker processes.
    const TASK: TaskId;

    /// The longest time of one step of a [`StepBudget`](schema::StepBudget), in nanoseconds in a release build:
    /// verdict and explanation together.
    const STEP_NANOS: u64;

    /// Most JSON values in a schema whose reading and compiling takes less than a millisecond, when it has neither patterns
    /// nor references.
    const MAX_SMALL_SCHEMA_VALUES: usize;

    /// Compiles a schema that the guard has accepted. A failure is a defect of ours or of the engine.
    fn compile(plan: &Plan) -> Result<Self::Compiled, EngineError>;

    /// Whether the data fits.
    fn is_valid(compiled: &Self::Compiled, data: &Value) -> Result<bool, EngineError>;

    /// Memory of the compiled schema without the plan's patterns, in bytes, as measured for each part of a schema.
    fn bytes(plan: &Plan, schema_bytes: usize) -> usize;

    /// Memory that each thread which checks with the compiled schema adds, in bytes.
    fn bytes_per_thread(_plan: &Plan) -> usize {
        0
    }
}

/// A defect of ours or of an engine. The text is for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineError(pub String);
