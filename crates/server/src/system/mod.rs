//! What the process itself offers to the use cases: the time, ids and secrets, counting in memory, and threads for long work.

mod clock;
mod ids;
mod large_checks;
mod limiter;

pub use clock::SystemClock;
pub use ids::OsIds;
pub use large_checks::LargeChecksAside;
pub use limiter::MemoryRateLimiter;
