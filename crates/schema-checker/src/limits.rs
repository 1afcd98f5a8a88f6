//! Limits of time and memory. `docs/schema-checking.md` has the measurements behind them.

use std::time::Duration;

/// A debug build is about ten times slower. With ten times the limits it accepts what a release build accepts.
const BUILD_FACTOR: u32 = if cfg!(debug_assertions) { 10 } else { 1 };

/// Maximum processor time to parse and compile a schema that is to be saved.
pub(crate) const REVIEW_CPU_LIMIT: Duration = Duration::from_millis(100).saturating_mul(BUILD_FACTOR);

/// Maximum processor time to check data and to explain a refusal.
pub(crate) const DATA_CPU_LIMIT: Duration = Duration::from_millis(100).saturating_mul(BUILD_FACTOR);

/// Maximum processor time to compile a schema that is to be saved and to parse its examples. With [`DATA_CPU_LIMIT`] and 5 ms
/// to parse data it adds up to [`JOB_CPU_LIMIT`]. So data of an accepted schema always has its full time, even if the worker
/// must compile the schema first.
pub(crate) const COMPILE_CPU_LIMIT: Duration = Duration::from_millis(25).saturating_mul(BUILD_FACTOR);

/// Maximum processor time of a job that checks data and may have to compile the schema first. With the service's own work a
/// request takes at most 150 ms.
pub(crate) const JOB_CPU_LIMIT: Duration = Duration::from_millis(130).saturating_mul(BUILD_FACTOR);

/// Maximum processor time to compile a schema that the service compiles too.
pub(crate) const MAX_COMPILE_TIME: Duration = Duration::from_millis(10).saturating_mul(BUILD_FACTOR);

/// Maximum time of a check in the service's own process, in nanoseconds.
pub(crate) const IN_PLACE_NANOS: u64 = 1_000_000;

/// Maximum size of a schema that is parsed in the service's own process, in bytes.
pub(crate) const MAX_SMALL_SCHEMA_BYTES: usize = 4 * 1024;

/// Maximum memory for compiled schemas in the service, in bytes.
pub(crate) const CACHE_BYTES: u64 = 32 * 1024 * 1024;

/// Maximum memory for compiled schemas of one workspace in the service, in bytes.
pub(crate) const WORKSPACE_CACHE_BYTES: u64 = CACHE_BYTES / 4;

/// A compiled schema that is not used for this long is dropped.
pub(crate) const CACHE_IDLE_TIME: Duration = Duration::from_secs(600);

/// Maximum memory for compiled schemas in a worker, in bytes. Below the size at which the pool replaces a worker.
pub(crate) const WORKER_CACHE_BYTES: usize = 24 * 1024 * 1024;
