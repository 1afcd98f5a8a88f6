//! What the process itself offers to the use cases: the time, ids and secrets, counting in memory, and threads for long work.

mod clock;
mod clock_watch;
mod ids;
mod large_checks;
mod limiter;
mod store_clock;

pub use clock::SystemClock;
pub use clock_watch::{ClockStats, ClockWatch};
pub use ids::OsIds;
pub use large_checks::LargeChecksAside;
pub use limiter::MemoryRateLimiter;
pub use store_clock::StoreClock;
