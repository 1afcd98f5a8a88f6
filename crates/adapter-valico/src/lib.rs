//! The second schema checker: the `valico` crate as an [`Engine`](schema_checker::Engine).
//!
//! The crate decides whether data is valid. The errors come from [`schema::Plan::explain_refusal`]. Two modules work around
//! weaknesses of the crate: `rewrite` changes a schema before the crate compiles it, and `keywords` replaces or wraps the
//! crate's keywords. See `docs/schema-checking.md`.

mod engine;
mod keywords;
mod rewrite;

pub use engine::{CompiledSchema, Valico};
use schema_checker::WorkerSchemaChecker;
use worker_pool::Task;

/// Checks with the `valico` crate.
pub type ValicoChecker = WorkerSchemaChecker<Valico>;

/// The task of its worker processes.
pub const TASK: Task = schema_checker::task::<Valico>();
