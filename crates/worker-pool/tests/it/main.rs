//! The pool with real worker processes, over the tasks of `test-worker`.
#![expect(clippy::unwrap_used, reason = "a helper of a test may panic as the test itself may")]

#[cfg(target_os = "linux")]
mod address_space;
mod cpu;
mod crashes;
mod fairness;
mod from_outside;
mod pool;
#[cfg(target_os = "linux")]
mod sandbox;
mod support;
mod worker;
