//! Runs tasks in worker processes that may be killed.
//!
//! A task that reads untrusted input can overflow its stack, fill the memory or run for hours, and no code in the same
//! process can stop it. A [`WorkerPool`] hands such a task to a process with limits: processor time, wall time, memory,
//! and, on Linux, no way to open files, sockets or processes. The pool knows nothing of what a task does. It carries
//! bytes, divides the workers fairly among callers, and replaces a worker that died.
//!
//! Both ends are the same program. The service creates a [`WorkerPool`] and submits [`Job`]s. A worker calls
//! [`run_worker`] with its [`Task`]s.

mod pool;
mod wire;
mod worker;

pub use pool::{Caller, Job, JobError, PoolConfig, PoolStats, WorkerPool};
pub use wire::{decode_fields, encode_fields};
pub use worker::{CpuBudget, Handler, Task, run_worker};

/// Names a task on the wire. Each task of one program has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TaskId(pub u8);
