use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

/// How long after a moment as of which everything was told copies are served. A feed confirms itself every 250 ms, so two
/// confirmations in a row may be late; and the answer that is made at the last moment has 250 ms left of the second.
pub(crate) const TERM: Duration = Duration::from_millis(750);

/// Until when copies are served. By a clock that nobody sets, and that goes on while the process is stopped.
pub(crate) struct Lease {
    began: Instant,
    /// Nanoseconds from `began`.
    end: AtomicU64,
}

impl Lease {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), end: AtomicU64::new(0) }
    }

    /// Everything up to this moment was told. An older one than before changes nothing.
    pub(crate) fn extend_from(&self, moment: Instant) {
        // A moment before this was made is no reason for a lease: what was told then was told to nobody.
        let Some(since) = moment.checked_duration_since(self.began) else { return };
        self.end.fetch_max(nanos(since + TERM), Ordering::AcqRel);
    }

    pub(crate) fn holds(&self) -> bool {
        self.holds_at(Instant::now())
    }

    fn holds_at(&self, now: Instant) -> bool {
        nanos(now.saturating_duration_since(self.began)) < self.end.load(Ordering::Acquire)
    }
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX) // 584 years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_lasts_for_its_term_from_the_moment_that_is_vouched_for() {
        let lease = Lease::new();
        let moment = lease.began + Duration::from_secs(5);
        assert!(!lease.holds_at(lease.began) && !lease.holds_at(moment), "nothing was vouched for yet");
        lease.extend_from(moment);
        assert!(lease.holds_at(moment + TERM - Duration::from_nanos(1)));
        assert!(!lease.holds_at(moment + TERM));
    }

    #[test]
    fn an_older_moment_neither_shortens_nor_prolongs() {
        let lease = Lease::new();
        let moment = lease.began + Duration::from_secs(5);
        lease.extend_from(moment);
        lease.extend_from(moment - Duration::from_secs(1));
        assert!(lease.holds_at(moment + TERM - Duration::from_nanos(1)));
        assert!(!lease.holds_at(moment + TERM));
    }

    #[test]
    fn what_was_told_before_there_were_caches_counts_for_nothing() {
        let lease = Lease::new();
        lease.extend_from(lease.began - Duration::from_nanos(1));
        assert!(!lease.holds_at(lease.began));
    }
}
