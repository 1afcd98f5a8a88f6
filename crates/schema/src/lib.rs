//! JSON Schemas of widgets, and the JSON documents that they describe.
//!
//! Schemas are draft-07, 2019-09 or 2020-12, with limits that keep every check short. `docs/schema-checking.md` describes both.
//! The parts, in the order in which a schema passes through them:
//!
//! 1. [`json`] parses a document strictly and keeps its text; [`field`] names positions in it for error messages.
//! 2. `read` turns the document into a [`Plan`]: its keywords as rules of draft-07, with all references resolved. `pattern` translates
//!    its regular expressions, `format` implements its formats.
//! 3. `guard` refuses plans that would overflow a checker's stack. [`limits`] has the numbers.
//! 4. `normalize` writes the plan as the schema that an engine compiles, so engines cannot read it differently.
//! 5. `cost` counts the steps that a check of some data takes. Cheap checks need no worker process.
//! 6. `explain` finds the errors in data that an engine refused; `wording` has their sentences.
//!
//! Entry points: [`Schema::parse`] for a schema that is to be saved; [`Schema::plan`] and [`Plan::to_normalized_schema`]
//! to compile it; [`StepBudget`] before a check, [`Plan::explain_refusal`] after a failed one.

mod annotations;
mod cost;
mod explain;
pub mod field;
mod format;
mod guard;
pub mod json;
pub mod limits;
mod normalize;
mod number;
mod pattern;
mod plan;
mod read;
mod rule;
mod scc;
mod schema;
#[cfg(test)]
mod tests;
mod wording;

pub use cost::StepBudget;
pub use format::Format;
pub use number::{compare as compare_numbers, equal, first_duplicate, is_multiple_of};
pub use pattern::{CompiledPattern, MATCH_CACHE_BYTES};
pub use plan::Plan;
pub use schema::{CheckedSchema, Schema, SchemaDigest};
