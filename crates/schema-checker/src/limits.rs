//! Limits of time. `docs/schema-checking.md` has the measurements behind them.

use std::time::Duration;

/// A debug build is about ten times slower. With ten times the limits it accepts what a release build accepts.
const BUILD_FACTOR: u32 = if cfg!(debug_assertions) { 10 } else { 1 };

/// Processor time to read and compile a schema that is to be saved.
pub(crate) const REVIEW_CPU_LIMIT: Duration = Duration::from_millis(100).saturating_mul(BUILD_FACTOR);

/// Processor time to check data and to explain why it is refused.
pub(crate) const DATA_CPU_LIMIT: Duration = Duration::from_millis(100).saturating_mul(BUILD_FACTOR);

/// Processor time to compile a schema that is to be saved and to read its examples. With the time for data and 5 ms to parse
/// the data it is the time of a job, so data of an accepted schema has all of its time in every worker.
pub(crate) const COMPILE_CPU_LIMIT: Duration = Duration::from_millis(25).saturating_mul(BUILD_FACTOR);

/// Processor time of a job that checks data and may have to compile the schema first. With what the service itself does for
/// a request, it costs at most 150 ms.
pub(crate) const JOB_CPU_LIMIT: Duration = Duration::from_millis(130).saturating_mul(BUILD_FACTOR);

/// A schema that takes no longer to compile is compiled by the service as well.
pub(crate) const MAX_COMPILE_TIME: Duration = Duration::from_millis(10).saturating_mul(BUILD_FACTOR);

/// What a check in the service's own process may cost, in nanoseconds.
pub(crate) const IN_PLACE_NANOS: u64 = 1_000_000;

/// Largest schema that is read in the service's own process, in bytes.
pub(crate) const MAX_SMALL_SCHEMA_BYTES: usize = 4 * 1024;

/// Memory for compiled schemas in the service, in bytes.
pub(crate) const CACHE_BYTES: u64 = 32 * 1024 * 1024;

/// Maximum share of one workspace, in bytes.
pub(crate) const WORKSPACE_CACHE_BYTES: u64 = CACHE_BYTES / 4;

/// A compiled schema that is not used for this long is dropped.
pub(crate) const CACHE_IDLE_TIME: Duration = Duration::from_secs(600);

/// Memory for compiled schemas in a worker, in bytes. Less than what makes the pool replace a worker.
pub(crate) const WORKER_CACHE_BYTES: usize = 24 * 1024 * 1024;
