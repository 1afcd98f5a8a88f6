//! The process: what an operator, a supervisor and a pipe see of `widgetd`.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that asked it")]

mod check;
mod clock;
mod config;
mod crash;
mod database_file;
mod first_start;
mod key;
pub(crate) mod process;
mod secrets;
mod shutdown;
pub(crate) mod skew;
mod tools;
