//! What a worker process denies itself.

use std::{fs, io};

use rustix::{
    process::{Resource, Rlimit, getrlimit, setpriority_process, setrlimit},
    time::{ClockId, clock_gettime},
};

/// Address space of a worker: its stack and as much again for the tree of the largest source, and no more.
const ADDRESS_SPACE: u64 = 2 * 1024 * 1024 * 1024;

/// Processor time for one check, in seconds. The pool kills a worker sooner; this ends one whose pool died.
const CPU_SECONDS: u64 = 4;

/// Resident memory above which a worker makes way for a fresh one. After small components it is around 5 MiB.
const BLOATED: usize = 64 * 1024 * 1024;

/// Workers stand back for the service, which answers everybody else. They still get a quarter of a busy processor, and an
/// honest check takes a fraction of a millisecond.
const NICENESS: i32 = 5;

/// Limits memory, forbids core dumps, takes a lower priority, and offers the process to the kernel first when the machine runs
/// out of memory. Returns the address space that the process has, in bytes: less than usual where an administrator gave it less.
pub(super) fn set() -> io::Result<u64> {
    let at_most = |value| Rlimit { current: Some(value), maximum: Some(value) };
    setrlimit(Resource::Core, at_most(0))?;
    // Fails only where the service itself is lower still.
    let _ = setpriority_process(None, NICENESS);
    let address_space = getrlimit(Resource::As).maximum.map_or(ADDRESS_SPACE, |hard| hard.min(ADDRESS_SPACE));
    let memory = setrlimit(Resource::As, at_most(address_space));
    if cfg!(target_os = "linux") {
        memory?;
        // May be refused in a container; it is a courtesy.
        let _ = fs::write("/proc/self/oom_score_adj", "1000");
    }
    Ok(address_space)
}

/// Grants the next check its processor time: when it is used up, the kernel ends the process.
pub(super) fn renew_cpu_time() {
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or_default();
    let limit = Rlimit { current: Some(used + CPU_SECONDS), maximum: getrlimit(Resource::Cpu).maximum };
    // Fails only where an administrator's hard limit is lower, and then that one ends the process.
    let _ = setrlimit(Resource::Cpu, limit);
}

/// Whether a check left so much memory behind that a fresh process is cheaper to keep. Tells on Linux only.
pub(super) fn is_bloated() -> bool {
    resident_bytes().is_some_and(|bytes| bytes > BLOATED)
}

fn resident_bytes() -> Option<usize> {
    // proc(5): size, resident, shared, …, in pages.
    let pages: usize = fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn resident_memory_is_known() {
        let before = resident_bytes().unwrap();
        let bulk = std::hint::black_box(vec![1_u8; 128 * 1024 * 1024]);
        assert!(resident_bytes().unwrap() > before + 100 * 1024 * 1024 && is_bloated());
        drop(bulk);
    }
}
