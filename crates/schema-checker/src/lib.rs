//! The port [`ports::SchemaChecker`] over an [`Engine`]: one rule decides where a check runs.
//!
//! A check runs in the service's own process when its cost was counted first and is below a millisecond. Everything else
//! runs in a worker process with a limit of processor time: reading and compiling a schema that is not small, checking data
//! that is not cheap, and all data of a schema that is not in the cache. A worker says how long compiling took. When that
//! was short, the service compiles the schema as well, in the background, and answers from its cache from then on.
//!
//! `docs/schema-checking.md` describes the limits.

mod cache;
mod checker;
mod compiled;
mod engine;
mod limits;
mod review;
mod task;
mod wire;

pub use checker::WorkerSchemaChecker;
pub use compiled::in_place_budget;
pub use engine::{Engine, EngineError};
pub use task::task;
