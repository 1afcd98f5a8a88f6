//! Memory usage of the workers of a pool, as the kernel reports it.

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

/// The peak memory usage of any worker, in KiB.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Peak {
    pub(crate) address_space: u64,
    pub(crate) resident: u64,
    /// Number of workers that were started.
    pub(crate) workers: usize,
}

/// Samples the memory of a pool's workers every few milliseconds, since the kernel drops the values of a worker that ended.
pub(crate) struct Watch {
    done: Arc<AtomicBool>,
    watching: JoinHandle<Peak>,
}

/// The configuration of a service's pool, with workers that first write their process id to a file, and a watch on them.
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
        // The pool has few workers, so only the most recently started ones can be alive.
        for id in noted.lines().rev().take(16) {
            // The shell that becomes the worker has no limits yet.
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
