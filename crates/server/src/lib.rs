//! The shell of widgetd: HTTP, configuration, the command line, and the one place where adapters meet ports.
//!
//! Architecture invariant: no other crate knows HTTP, the environment or the command line, and no other crate names an
//! adapter.

pub mod command;
pub mod config;
pub mod http;
pub mod services;
pub mod system;
pub mod wiring;
