//! The component checker and compiler: oxc's parser, semantic analysis and JSX transform, and the policy that makes a module
//! a widget's component.
//!
//! Architecture invariant: a source that somebody sent is never parsed in the service's own process. A few hundred
//! crafted bytes make a parser overflow its stack or run for hours, and neither can be caught from within, so
//! [`ComponentWorkers`] hands sources to the processes of a [`worker_pool::WorkerPool`]. [`TASK`] is what they run. The
//! rules are described in `docs/component-checking.md`, the modules in `docs/compiling.md`.

mod check;
mod compile;
#[cfg(fuzzing)]
pub mod fuzzing;
mod wire;
mod workers;

pub use workers::{ComponentStats, ComponentWorkers, TASK};
