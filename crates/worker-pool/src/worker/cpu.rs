use std::{
    io,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};

use crate::wire::CPU_LIMIT_STATUS;

/// Maximum processor time of a job. Keeps sums of times in range.
const MAX_LIMIT: Duration = Duration::from_secs(24 * 60 * 60);

/// Ends the process when a job has used up its processor time.
///
/// A thread sleeps for the time that is left, and checks then. The job runs on one thread, so it cannot use more than that.
#[derive(Clone)]
pub struct CpuBudget(Arc<Watch>);

struct Watch {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The processor time at which the process ends.
    ends_at: Option<Duration>,
    /// The time of the next check; `None` while there is no limit.
    next_check: Option<Instant>,
}

impl CpuBudget {
    /// Starts the thread. There is no limit yet.
    pub(super) fn start() -> io::Result<Self> {
        let watch = Arc::new(Watch { state: Mutex::default(), changed: Condvar::new() });
        let watching = Arc::clone(&watch);
        thread::Builder::new().name("cpu-limit".into()).stack_size(64 * 1024).spawn(move || watching.run())?;
        Ok(Self(watch))
    }

    /// Allows this much processor time from now on, at most a day. Replaces the former limit.
    pub fn limit(&self, time: Duration) {
        let time = time.min(MAX_LIMIT);
        let mut state = self.0.lock();
        state.ends_at = Some(used() + time);
        // Mostly the thread still sleeps from an earlier job, and wakes early enough.
        if state.next_check.is_none_or(|check| check > Instant::now() + time) {
            self.0.changed.notify_one();
        }
    }

    /// The processor time that the process has used so far. Differences measure parts of a job.
    pub fn used(&self) -> Duration {
        used()
    }

    /// Removes the limit.
    pub(super) fn remove_limit(&self) {
        self.0.lock().ends_at = None;
    }
}

impl Watch {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let mut state = self.lock();
        loop {
            let left = state.ends_at.map(|end| end.saturating_sub(used()));
            state.next_check = left.map(|left| Instant::now() + left);
            state = match left {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => std::process::exit(CPU_LIMIT_STATUS),
                Some(left) => self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }
}

fn used() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or_default(), u32::try_from(time.tv_nsec).unwrap_or_default())
}
