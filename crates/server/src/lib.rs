//! The program widgetd: command line, configuration, and the composition root.
//!
//! Architecture invariant: no other crate reads the environment or the command line, and no other crate names an
//! adapter.

pub mod command;
pub mod config;
pub mod system;
pub mod wiring;
