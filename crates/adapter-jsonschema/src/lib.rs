//! The default schema checker: the `jsonschema` crate as an [`Engine`](schema_checker::Engine).
//!
//! The crate decides whether data is valid. The errors come from [`schema::Plan::explain_refusal`]. See
//! `docs/schema-checking.md`.

mod engine;
mod keywords;

pub use engine::JsonSchema;
use schema_checker::WorkerSchemaChecker;
use worker_pool::Task;

/// Checks with the `jsonschema` crate.
pub type JsonSchemaChecker = WorkerSchemaChecker<JsonSchema>;

/// The task of its worker processes.
pub const TASK: Task = schema_checker::task::<JsonSchema>();
