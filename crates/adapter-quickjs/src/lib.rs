//! Runs scripts in QuickJS, an engine without files, network and machine code: Tailwind's compiler, and the render test.
//!
//! Architecture invariant: the service's own process never runs a script. An engine runs only in the processes of a
//! [`worker_pool::WorkerPool`], and only for one job: a second job would see what the first left behind.

pub mod render;
mod tailwind;

pub use tailwind::Tailwind;
