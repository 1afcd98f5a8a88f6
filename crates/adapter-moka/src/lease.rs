use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

/// Length of a lease, from the confirmed moment on. A feed confirms every 250 ms, so two confirmations in a row may be missing.
/// An answer at the end of the lease still has 250 ms to reach the client within the promised second.
pub(crate) const LEASE_TIME: Duration = Duration::from_millis(750);

/// The permission to serve entries until a point in time. Measured by a monotonic clock, which runs while the process is
/// suspended.
pub(crate) struct Lease {
    created_at: Instant,
    /// Nanoseconds since `created_at`.
    end: AtomicU64,
}

impl Lease {
    pub(crate) fn new() -> Self {
        Self { created_at: Instant::now(), end: AtomicU64::new(0) }
    }

    /// Extends the lease: the feed has reported all changes up to this moment. An earlier moment than the last has no effect.
    pub(crate) fn extend_from(&self, moment: Instant) {
        // Changes before the creation were not reported to this listener.
        let Some(since) = moment.checked_duration_since(self.created_at) else { return };
        self.end.fetch_max(nanos(since + LEASE_TIME), Ordering::AcqRel);
    }

    pub(crate) fn is_held(&self) -> bool {
        self.is_held_at(Instant::now())
    }

    fn is_held_at(&self, now: Instant) -> bool {
        nanos(now.saturating_duration_since(self.created_at)) < self.end.load(Ordering::Acquire)
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX) // 584 years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_lasts_from_the_confirmed_moment() {
        let lease = Lease::new();
        let moment = lease.created_at + Duration::from_secs(5);
        assert!(!lease.is_held_at(lease.created_at) && !lease.is_held_at(moment), "nothing is confirmed yet");
        lease.extend_from(moment);
        assert!(lease.is_held_at(moment + LEASE_TIME - Duration::from_nanos(1)));
        assert!(!lease.is_held_at(moment + LEASE_TIME));
    }

    #[test]
    fn an_earlier_moment_has_no_effect() {
        let lease = Lease::new();
        let moment = lease.created_at + Duration::from_secs(5);
        lease.extend_from(moment);
        lease.extend_from(moment - Duration::from_secs(1));
        assert!(lease.is_held_at(moment + LEASE_TIME - Duration::from_nanos(1)));
        assert!(!lease.is_held_at(moment + LEASE_TIME));
    }

    #[test]
    fn a_moment_before_the_creation_has_no_effect() {
        let lease = Lease::new();
        lease.extend_from(lease.created_at - Duration::from_nanos(1));
        assert!(!lease.is_held_at(lease.created_at));
    }
}
