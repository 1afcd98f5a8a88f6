//! Runs tasks in sandboxed worker processes that can be killed.
//!
//! A task that parses untrusted input can overflow its stack, fill the memory or run for hours, and no code in the same
//! process can stop it. A [`WorkerPool`] runs such tasks in processes with limits: processor time, wall time, memory, and,
//! on Linux, a filter of system calls that denies files, sockets and processes. The pool does not interpret inputs and
//! outputs. It divides the workers fairly among callers and replaces workers that died.
//!
//! Service and worker are the same program. The service creates a [`WorkerPool`] and submits [`Job`]s. The worker calls
//! [`run_worker`] with its [`Task`]s.
//!
//! | module | contents |
//! |---|---|
//! | `pool` | the service's side: queue, leases, processes |
//! | `worker` | the worker's side: main loop, limits, sandbox |
//! | `wire` | the protocol between them |

mod pool;
mod wire;
mod worker;

pub use pool::{Caller, Job, JobError, PoolConfig, PoolStats, WorkerPool};
pub use wire::{MAX_INPUT_BYTES, decode_fields, encode_fields};
pub use worker::{CpuBudget, Handler, Task, run_worker};

/// Identifies a task in the protocol. Unique among the tasks of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TaskId(pub u8);
