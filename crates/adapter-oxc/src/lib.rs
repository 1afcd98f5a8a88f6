//! The component checker and compiler: oxc's parser, semantic analysis and JSX transform, and the policy for components.
//!
//! Architecture invariant: the service's own process never parses a caller's source. A few hundred crafted bytes can make a
//! parser overflow its stack or run for hours, and the process cannot recover from either. So [`ComponentWorkers`] passes
//! sources to the processes of a [`worker_pool::WorkerPool`], which run [`TASK`]. `docs/component-checking.md` describes the
//! rules, `docs/compiling.md` the modules.

mod check;
mod colors;
mod compile;
#[cfg(fuzzing)]
pub mod fuzzing;
mod libraries;
mod styles;
mod tailwind;
mod tree;
mod wire;
mod workers;

pub use workers::{ComponentStats, ComponentWorkers, TASK, Tools, handler};
