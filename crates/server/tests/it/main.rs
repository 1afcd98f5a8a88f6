//! Tests from the outside: one binary, so that it links once.
//!
//! [`cli`] starts the process. All other tests send HTTP to a separate server inside this process; see [`harness`].

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod access;
mod architecture;
mod caller_names;
mod cli;
mod concurrency;
mod cross_origin;
mod error_codes;
mod exactness;
mod hardening;
mod harness;
mod headers;
mod idempotency;
mod input;
mod links;
mod log;
mod methods;
mod rate_limits;
mod replicas;
mod routes;
mod store_failure;
