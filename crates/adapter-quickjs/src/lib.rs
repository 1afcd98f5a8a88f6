//! Runs fixed scripts of the service in QuickJS, inside of worker processes.
//!
//! Architecture invariant: no caller's code is compiled here but what the modules below say. Strings go in, strings come out; the
//! engine has no files, no network and no clock beyond the language's own.

mod tailwind;

pub use tailwind::Tailwind;
