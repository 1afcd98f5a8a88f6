//! The pool with real worker processes.
#![expect(clippy::unwrap_used, reason = "a helper of a test may panic as the test itself may")]

#[cfg(target_os = "linux")]
mod address_space;
mod compiler;
mod fairness;
mod from_outside;
mod killers;
mod pool;
mod support;
mod timing;
mod worker;
