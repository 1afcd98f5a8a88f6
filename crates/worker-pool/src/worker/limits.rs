//! The resource limits of a worker process.

use std::{
    fs::File,
    io,
    os::{
        fd::{AsRawFd as _, RawFd},
        unix::fs::FileExt as _,
    },
};

use rustix::process::{Resource, Rlimit, getrlimit, setpriority_process, setrlimit};

/// Address space of a worker: its stack, and as much again for the tree of the largest source.
const ADDRESS_SPACE: u64 = 2 * 1024 * 1024 * 1024;

/// Resident memory above which a worker is replaced. After small jobs it is around 5 MiB.
const MAX_RESIDENT_BYTES: usize = 64 * 1024 * 1024;

/// The service itself answers all requests, so workers get a lower priority. They still get a quarter of a busy
/// processor, and most jobs take a fraction of a millisecond.
const NICENESS: i32 = 5;

/// Limits memory, forbids core dumps and new privileges, lowers the priority, and makes the process the kernel's first choice
/// when the machine runs out of memory. Returns the address space that the process has, in bytes: less than usual where an administrator
/// gave it less.
pub(super) fn set() -> io::Result<u64> {
    setrlimit(Resource::Core, at_most(0))?;
    // Fails only where the service's own priority is lower still.
    let _ = setpriority_process(None, NICENESS);
    let address_space = getrlimit(Resource::As).maximum.map_or(ADDRESS_SPACE, |hard| hard.min(ADDRESS_SPACE));
    let memory = setrlimit(Resource::As, at_most(address_space));
    #[cfg(target_os = "linux")]
    {
        memory?;
        rustix::thread::set_no_new_privs(true)?;
        // A container may refuse it; nothing depends on it.
        let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    }
    Ok(address_space)
}

/// Forbids new files, processes and bytes in files. Comes after the start of the last thread. The superuser is exempt from
/// the limit of processes.
pub(super) fn forbid_growth() -> io::Result<()> {
    for resource in [Resource::Nofile, Resource::Nproc, Resource::Fsize] {
        setrlimit(resource, at_most(0))?;
    }
    Ok(())
}

fn at_most(value: u64) -> Rlimit {
    Rlimit { current: Some(value), maximum: Some(value) }
}

/// Reads how much memory the process has in use. What it needs is opened and read before the sandbox forbids it. Linux only.
pub(super) struct ResidentMemory {
    statm: File,
    page_size: usize,
}

impl ResidentMemory {
    pub(super) fn open() -> Option<Self> {
        let statm = File::open("/proc/self/statm").ok()?;
        Some(Self { statm, page_size: rustix::param::page_size() })
    }

    /// The file that it reads.
    pub(super) fn descriptor(&self) -> RawFd {
        self.statm.as_raw_fd()
    }

    /// Whether a job left so much memory behind that a fresh process is cheaper to keep.
    pub(super) fn is_bloated(&self) -> bool {
        self.bytes().is_some_and(|bytes| bytes > MAX_RESIDENT_BYTES)
    }

    fn bytes(&self) -> Option<usize> {
        let mut line = [0; 128];
        let length = self.statm.read_at(&mut line, 0).ok()?;
        // proc(5): size, resident, shared, …, in pages.
        let pages: usize = str::from_utf8(&line[..length]).ok()?.split(' ').nth(1)?.parse().ok()?;
        Some(pages * self.page_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn resident_memory_is_known() {
        let memory = ResidentMemory::open().unwrap();
        let before = memory.bytes().unwrap();
        let bulk = std::hint::black_box(vec![1_u8; 128 * 1024 * 1024]);
        assert!(memory.bytes().unwrap() > before + 100 * 1024 * 1024 && memory.is_bloated());
        drop(bulk);
    }
}
