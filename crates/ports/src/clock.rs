use domain::time::Timestamp;

/// Tells the time. The only source of it: a test decides what time it is.
#[cfg_attr(feature = "mock", mockall::automock)]
pub trait Clock: Send + Sync {
    /// Now, in whole microseconds. May go back when the machine's clock is set.
    fn now(&self) -> Timestamp;
}
