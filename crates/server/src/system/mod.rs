//! Adapters of the process itself: clocks, ids and secrets, an in-memory rate limiter, and metrics.

mod clock;
mod clock_watch;
mod ids;
mod limiter;
mod polled_metrics;
mod store_clock;

pub use clock::SystemClock;
pub use clock_watch::ClockWatch;
pub use ids::OsIds;
pub use limiter::MemoryRateLimiter;
pub use polled_metrics::PolledMetrics;
pub use store_clock::StoreClock;
