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

/// Address space of a worker, in bytes: its stack, and as much for the syntax tree of the largest source.
const ADDRESS_SPACE: u64 = 2 * 1024 * 1024 * 1024;

/// Maximum resident memory of a worker between jobs, in bytes. After small jobs it is around 5 MiB.
const MAX_RESIDENT_BYTES: usize = 64 * 1024 * 1024;

/// Workers have a lower priority than the service, which answers all requests. They still get a quarter of a busy processor,
/// and most jobs take a fraction of a millisecond.
const NICENESS: i32 = 5;

/// Limits memory, forbids core dumps and new privileges, lowers the priority, and makes the process the first that the kernel
/// kills when the machine runs out of memory. Returns the size of the address space in bytes, which is less than
/// [`ADDRESS_SPACE`] if an administrator has set a lower limit.
pub(super) fn set() -> io::Result<u64> {
    setrlimit(Resource::Core, at_most(0))?;
    // Fails only if the service's own priority is even lower.
    let _ = setpriority_process(None, NICENESS);
    let address_space = getrlimit(Resource::As).maximum.map_or(ADDRESS_SPACE, |hard| hard.min(ADDRESS_SPACE));
    let memory = setrlimit(Resource::As, at_most(address_space));
    #[cfg(target_os = "linux")]
    {
        memory?;
        rustix::thread::set_no_new_privs(true)?;
        // Optional: a container may refuse it.
        let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    }
    Ok(address_space)
}

/// Forbids new files, new processes and writing to files. Must be called after the last thread has started. The limit of
/// processes does not apply to the superuser.
pub(super) fn forbid_growth() -> io::Result<()> {
    for resource in [Resource::Nofile, Resource::Nproc, Resource::Fsize] {
        setrlimit(resource, at_most(0))?;
    }
    Ok(())
}

fn at_most(value: u64) -> Rlimit {
    Rlimit { current: Some(value), maximum: Some(value) }
}

/// Reads the resident memory of the process. Must be opened before the sandbox forbids to open files. Linux only.
pub(super) struct ResidentMemory {
    statm: File,
    page_size: usize,
}

impl ResidentMemory {
    pub(super) fn open() -> Option<Self> {
        let statm = File::open("/proc/self/statm").ok()?;
        Some(Self { statm, page_size: rustix::param::page_size() })
    }

    /// The open file.
    pub(super) fn descriptor(&self) -> RawFd {
        self.statm.as_raw_fd()
    }

    /// Whether the process keeps so much memory that it should be replaced.
    pub(super) fn exceeds_limit(&self) -> bool {
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
    fn resident_memory_is_measured() {
        let memory = ResidentMemory::open().unwrap();
        let before = memory.bytes().unwrap();
        let bulk = std::hint::black_box(vec![1_u8; 128 * 1024 * 1024]);
        assert!(memory.bytes().unwrap() > before + 100 * 1024 * 1024 && memory.exceeds_limit());
        drop(bulk);
    }
}
