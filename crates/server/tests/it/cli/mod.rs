//! The process: what an operator, a supervisor and a pipe see of `widgetd`.

mod check;
mod config;
mod crash;
mod first_start;
mod key;
mod process;
mod shutdown;
mod tools;
