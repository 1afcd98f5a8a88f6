//! The component checker and compiler: oxc's parser, semantic analysis and JSX transform, and the policy that makes a module
//! a widget's component.
//!
//! Architecture invariant: a source that somebody sent is never parsed in the service's own process. A few hundred
//! crafted bytes make a parser overflow its stack or run for hours, and neither can be caught from within, so
//! [`ComponentWorkers`] hands sources to worker processes that may be killed. [`worker_main`] is the body of such a
//! process. The rules are described in `docs/component-checking.md`, the modules in `docs/compiling.md`.

mod check;
mod compile;
#[cfg(fuzzing)]
pub mod fuzzing;
mod pool;
mod worker;

pub use pool::{ComponentWorkers, WorkerPoolConfig, WorkerStats};
pub use worker::worker_main;
