//! The filter of system calls (seccomp): no files but the standard streams, no sockets, processes, threads or executable
//! memory.
//!
//! A task needs only the standard streams, memory and time. So the filter is a list of allowed system calls. All others fail
//! with `EPERM`.

use std::{collections::BTreeMap, os::fd::RawFd};

use libc::{
    PROT_EXEC, SIGABRT, SYS_mmap, SYS_mprotect, SYS_pread64, SYS_read, SYS_tgkill, SYS_write, SYS_writev, c_long,
};
use rustix::process::{DumpableBehavior, getpid, set_dumpable_behavior};
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter_all_threads,
};

/// System calls that are allowed with any arguments: memory, locks, time, and the end of threads.
const ALLOWED: [c_long; 26] = [
    libc::SYS_close,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_membarrier,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_clock_nanosleep,
    libc::SYS_nanosleep,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_sigaltstack,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Filters the system calls of every thread of the process. Of its open files, inherited ones included, it can use only the
/// standard streams, and read `readable`. Returns whether the kernel filters system calls.
pub(super) fn enter(readable: Option<RawFd>) -> bool {
    // Cannot fail: the argument is valid.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    filter(readable).is_some_and(|filter| apply_filter_all_threads(&filter).is_ok())
}

/// The compiled filter; `None` on a processor that the compiler does not support.
fn filter(readable: Option<RawFd>) -> Option<BpfProgram> {
    let arch = std::env::consts::ARCH.try_into().ok()?;
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    SeccompFilter::new(rules(readable).ok()?, refused, SeccompAction::Allow, arch).ok()?.try_into().ok()
}

fn rules(readable: Option<RawFd>) -> Result<BTreeMap<i64, Vec<SeccompRule>>, BackendError> {
    let argument =
        |index, operator, value: u32| SeccompCondition::new(index, SeccompCmpArgLen::Dword, operator, u64::from(value));
    let equals = |index, value: i32| argument(index, SeccompCmpOp::Eq, value.cast_unsigned());
    let not_executable = || argument(2, SeccompCmpOp::MaskedEq(PROT_EXEC as u64), 0);
    let [stdin, stdout, stderr] = [0, 1, 2];
    // A call is allowed if all conditions of one of its rules hold.
    let writes = [SeccompRule::new(vec![equals(0, stdout)?])?, SeccompRule::new(vec![equals(0, stderr)?])?];
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    rules.insert(SYS_read, vec![SeccompRule::new(vec![equals(0, stdin)?])?]);
    rules.insert(SYS_write, writes.to_vec());
    rules.insert(SYS_writev, writes.to_vec());
    if let Some(readable) = readable {
        rules.insert(SYS_pread64, vec![SeccompRule::new(vec![equals(0, readable)?])?]);
    }
    // Anonymous memory has the descriptor -1.
    rules.insert(SYS_mmap, vec![SeccompRule::new(vec![not_executable()?, equals(4, -1)?])?]);
    rules.insert(SYS_mprotect, vec![SeccompRule::new(vec![not_executable()?])?]);
    // An abort signals the process itself. Other signals could pass for an operator's.
    let itself = getpid().as_raw_nonzero().get();
    rules.insert(SYS_tgkill, vec![SeccompRule::new(vec![equals(0, itself)?, equals(2, SIGABRT)?])?]);
    Ok(rules)
}
