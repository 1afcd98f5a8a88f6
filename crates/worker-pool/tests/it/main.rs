//! The pool with real worker processes.
#![expect(clippy::unwrap_used, reason = "a helper of a test may panic as the test itself may")]

mod fairness;
mod jobs;
mod limits;
mod outside;
#[cfg(target_os = "linux")]
mod sandbox;
mod support;
