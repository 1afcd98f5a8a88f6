//! What the process itself offers to the use cases: the time, ids and secrets, and counting in memory.

mod clock;
mod ids;
mod limiter;

pub use clock::SystemClock;
pub use ids::OsIds;
pub use limiter::MemoryRateLimiter;
