use std::{
    io,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use rustix::time::{ClockId, clock_gettime};

use crate::wire::CPU_LIMIT_STATUS;

/// Longest time that a job can be given. It keeps sums of times in range.
const MAX_TIME: Duration = Duration::from_secs(24 * 60 * 60);

/// Ends the process when a job has used up its processor time.
///
/// A thread sleeps for the time that is left. The job cannot use more in the meantime, as it runs on one thread.
#[derive(Clone)]
pub struct CpuBudget(Arc<Watch>);

struct Watch {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The process's processor time at which it ends.
    ends_at: Option<Duration>,
    /// When the watching thread looks again; `None` while it waits for a budget.
    looks_at: Option<Instant>,
}

impl CpuBudget {
    /// A budget without a limit yet, and the thread that watches it.
    pub(super) fn watched() -> io::Result<Self> {
        let watch = Arc::new(Watch { state: Mutex::default(), changed: Condvar::new() });
        let watching = Arc::clone(&watch);
        thread::Builder::new().name("cpu-limit".into()).stack_size(64 * 1024).spawn(move || watching.run())?;
        Ok(Self(watch))
    }

    /// Allows this much processor time from now on, whatever was left before; a day at most.
    pub fn limit(&self, time: Duration) {
        let time = time.min(MAX_TIME);
        let mut state = self.0.lock();
        state.ends_at = Some(used() + time);
        // The thread mostly sleeps already, from an earlier job, and looks soon enough.
        if state.looks_at.is_none_or(|looks| looks > Instant::now() + time) {
            self.0.changed.notify_one();
        }
    }

    /// The process's processor time so far, to measure parts of a job.
    pub fn used(&self) -> Duration {
        used()
    }

    pub(super) fn lift(&self) {
        self.0.lock().ends_at = None;
    }
}

impl Watch {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self) {
        let mut state = self.lock();
        loop {
            let left = state.ends_at.map(|end| end.saturating_sub(used()));
            state.looks_at = left.map(|left| Instant::now() + left);
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
