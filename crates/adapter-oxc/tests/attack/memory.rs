//! What the workers of a pool take, as the kernel counts it.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use worker_pool::PoolConfig;

/// The most that any worker took, in KiB.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Peak {
    pub(crate) address_space: u64,
    pub(crate) resident: u64,
    /// Workers that were started.
    pub(crate) workers: usize,
}

/// Looks at the workers of one pool every few milliseconds: a worker that ends takes its figures with it.
pub(crate) struct Watch {
    done: Arc<AtomicBool>,
    watching: JoinHandle<Peak>,
}

/// A service's pool, each of whose workers notes its process id in a file before it becomes a worker.
pub(crate) fn watched(name: &str) -> (PoolConfig, Watch) {
    let ids = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&ids, "").unwrap();
    let script = "echo $$ >> \"$2\"; exec \"$1\"";
    let args = ["-c", script, "sh", env!("CARGO_BIN_EXE_component-worker"), ids.to_str().unwrap()];
    let config = PoolConfig::new("/bin/sh".into(), args.map(Into::into).to_vec());
    let done = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&done);
    (config, Watch { done, watching: thread::spawn(move || watch(&ids, &stop)) })
}

impl Watch {
    pub(crate) fn end(self) -> Peak {
        self.done.store(true, Ordering::Relaxed);
        self.watching.join().unwrap()
    }
}

fn watch(ids: &Path, stop: &AtomicBool) -> Peak {
    let mut peak = Peak::default();
    while !stop.load(Ordering::Relaxed) {
        let noted = fs::read_to_string(ids).unwrap();
        // The pool has few workers, so only the last that were started can be alive.
        for id in noted.lines().rev().take(16) {
            // A shell that is no worker yet has no limits either.
            let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
            if status.starts_with("Name:\tcomponent-worke") {
                let kib = |field: &str| {
                    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
                    line.trim().trim_end_matches(" kB").parse().unwrap_or(0)
                };
                peak.address_space = peak.address_space.max(kib("VmPeak:"));
                peak.resident = peak.resident.max(kib("VmHWM:"));
            }
        }
        thread::sleep(Duration::from_millis(2));
    }
    peak.workers = fs::read_to_string(ids).unwrap().lines().count();
    peak
}
