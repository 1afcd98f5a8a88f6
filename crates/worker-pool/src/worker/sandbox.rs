//! The filter of system calls: no new files, sockets, processes, threads and executable memory.
//!
//! Everything a task needs it already has: stdin, stdout, stderr, memory and time. So the filter lists the system calls
//! that remain and refuses all others with `EPERM`.

use std::collections::BTreeMap;

use libc::{PROT_EXEC, SYS_mmap, SYS_mprotect, SYS_tgkill, c_long};
use rustix::process::{DumpableBehavior, getpid, set_dumpable_behavior};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    apply_filter_all_threads,
};

/// System calls without conditions: reading and writing what is open, memory, locks, time, and the end of threads.
const ALLOWED: [c_long; 30] = [
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_pread64,
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

/// Sandboxes every thread of the process. Returns whether the kernel filters system calls.
pub(super) fn enter() -> bool {
    // Fails on no kernel that has the call.
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    filter().is_some_and(|filter| apply_filter_all_threads(&filter).is_ok())
}

/// The compiled filter; `None` on a processor that the compiler of filters does not know.
fn filter() -> Option<BpfProgram> {
    let condition =
        |argument, operator, value| SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value).ok();
    let equals = |argument, value: u32| condition(argument, SeccompCmpOp::Eq, u64::from(value));
    let not_executable = || SeccompRule::new(vec![condition(2, SeccompCmpOp::MaskedEq(PROT_EXEC as u64), 0)?]).ok();
    let itself = equals(0, getpid().as_raw_nonzero().get().unsigned_abs())?;
    let abort = equals(2, libc::SIGABRT.unsigned_abs())?;
    let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    rules.insert(SYS_mmap, vec![not_executable()?]);
    rules.insert(SYS_mprotect, vec![not_executable()?]);
    // An abort signals the process itself. Other signals would look like an operator's.
    rules.insert(SYS_tgkill, vec![SeccompRule::new(vec![itself, abort]).ok()?]);
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let arch = std::env::consts::ARCH.try_into().ok()?;
    SeccompFilter::new(rules, refused, SeccompAction::Allow, arch).ok()?.try_into().ok()
}
