//! The adapter with real worker processes.
#![expect(clippy::unwrap_used, reason = "a helper of a test may panic as the test itself may")]

mod checker;
mod compiler;
mod killers;
mod support;
mod timing;
