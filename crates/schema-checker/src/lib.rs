//! Implements the port [`ports::SchemaChecker`] with an [`Engine`], and decides where a check runs.
//!
//! - **In the service's own process** run checks whose cost was counted before and is below a millisecond.
//! - **In a worker process**, with a limit of processor time, run all others: parsing and compiling a schema that is not
//!   small, checking data that is not cheap, and all data of a schema that is not in the service's cache.
//!
//! A worker reports how long compiling a schema took. If that was short, the service compiles the schema too, in the
//! background, and checks data with it in its own process from then on.
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
