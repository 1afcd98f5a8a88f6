//! The port that reads the clock.

use domain::time::Timestamp;

/// The service's clock, shared by all processes on one store.
///
/// The use cases read the time only from this port, so a test can set it.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait Clock: Send + Sync {
    /// Returns the current time in whole microseconds. It may go back when the clock is set.
    fn now(&self) -> Timestamp;
}
