use schema::Plan;
use serde_json::Value;
use worker_pool::TaskId;

/// A library that validates JSON documents.
///
/// It decides only whether data is valid. The errors come from
/// [`Plan::explain_refusal`](schema::Plan::explain_refusal).
pub trait Engine: Send + Sync + 'static {
    /// A compiled schema, shared by all threads.
    type Compiled: Send + Sync + 'static;

    /// Identifies the engine's task in worker processes.
    const TASK: TaskId;

    /// Maximum time of one step of a [`StepBudget`](schema::StepBudget) in a release build, in nanoseconds: validation and
    /// explanation together.
    const STEP_NANOS: u64;

    /// Maximum number of JSON values in a schema without patterns and references whose parsing and compiling takes less than a
    /// millisecond.
    const MAX_SMALL_SCHEMA_VALUES: usize;

    /// Compiles a schema that the guard has accepted. Fails only because of a bug.
    fn compile(plan: &Plan) -> Result<Self::Compiled, EngineError>;

    /// Whether the data is valid.
    fn is_valid(compiled: &Self::Compiled, data: &Value) -> Result<bool, EngineError>;

    /// Memory of the compiled schema without the plan's patterns, in bytes: an upper bound from measurements.
    fn bytes(plan: &Plan, schema_bytes: usize) -> usize;

    /// Memory that each thread adds by checking with the compiled schema, in bytes.
    fn bytes_per_thread(_plan: &Plan) -> usize {
        0
    }
}

/// A bug in this service or in an engine. The text is for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineError(pub String);
