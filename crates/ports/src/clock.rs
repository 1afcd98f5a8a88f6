use domain::time::Timestamp;

/// Tells the time: the clock of the store, which all processes on it go by. The only source of it: a test decides what time
/// it is.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait Clock: Send + Sync {
    /// Now, in whole microseconds. May go back when the clock is set.
    fn now(&self) -> Timestamp;
}
