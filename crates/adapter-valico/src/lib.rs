//! The second schema checker: the `valico` crate as an [`Engine`](schema_checker::Engine).
//!
//! The crate gives the verdict on data; the sentences for refused data come from
//! [`schema::Plan::explain_refusal`]. Its weak spots are covered before it sees a schema (`rewrite`) and while it
//! checks (`keywords`). See `docs/schema-checking.md`.

mod engine;
mod keywords;
mod rewrite;

pub use engine::{CompiledSchema, Valico};
use schema_checker::WorkerSchemaChecker;
use worker_pool::Task;

/// Checks with the `valico` crate.
pub type ValicoChecker = WorkerSchemaChecker<Valico>;

/// What its worker processes run.
pub const TASK: Task = schema_checker::task::<Valico>();
