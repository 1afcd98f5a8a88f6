//! A worker with tasks for the tests. The input of a job is a text command such as `burn 50`.

use std::{
    fs::File,
    hint::black_box,
    io,
    net::{TcpListener, TcpStream, UdpSocket},
    os::unix::net::UnixStream,
    process::{Command, ExitCode},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Resource, Rlimit, Signal, getpid, kill_process, setrlimit};
use worker_pool::{CpuBudget, Handler, Task, TaskId, run_worker};

const COMMANDS: Task = Task { id: TaskId(1), handler: commands };
const ECHO: Task = Task { id: TaskId(2), handler: || Box::new(|input, _| Ok(input.to_vec())) };

const MIB: usize = 1024 * 1024;

fn main() -> ExitCode {
    run_worker(&[COMMANDS, ECHO])
}

/// A handler that counts its jobs and retains memory on command.
fn commands() -> Handler {
    let mut jobs = 0_u64;
    let mut kept = Vec::new();
    Box::new(move |input, cpu| {
        jobs += 1;
        let words: Vec<&str> = str::from_utf8(input).map_err(io::Error::other)?.split(' ').collect();
        match words.as_slice() {
            ["count"] => return Ok(jobs.to_string().into_bytes()),
            ["spin"] => burn(cpu, Duration::MAX),
            ["burn", time] => burn(cpu, millis(time)?),
            ["burn", first, "limit", limit, "burn", second] => {
                burn(cpu, millis(first)?);
                cpu.limit(millis(limit)?);
                burn(cpu, millis(second)?);
            }
            ["sleep", time] => thread::sleep(millis(time)?),
            ["keep", mib] => kept.push(vec![1_u8; number(mib)? * MIB]),
            ["fill"] => loop {
                kept.push(vec![1_u8; MIB]);
            },
            ["overflow"] => {
                overflow(&[0; 1024]);
            }
            ["panic"] => panic!("a panic as the test asked"),
            ["fail"] => return Err(io::Error::other("an error as the test asked")),
            ["output", bytes] => return Ok(vec![b'x'; number(bytes)?]),
            ["try", action @ ..] => {
                let outcome = attempt(action).map_err(|error| format!("{:?}", error.kind()));
                return Ok(outcome.map_or_else(|kind| kind, |()| "allowed".into()).into_bytes());
            }
            other => return Err(io::Error::other(format!("an unknown command: {other:?}"))),
        }
        Ok(b"done".to_vec())
    })
}

/// Tries an operation that the sandbox forbids.
fn attempt(action: &[&str]) -> io::Result<()> {
    match *action {
        ["open", path] => File::open(path).map(drop),
        ["create", path] => File::create(path).map(drop),
        ["remove", path] => std::fs::remove_file(path),
        ["tcp", address] => TcpStream::connect(address).map(drop),
        ["listen"] => TcpListener::bind("127.0.0.1:0").map(drop),
        ["udp"] => UdpSocket::bind("127.0.0.1:0").map(drop),
        ["unix", path] => UnixStream::connect(path).map(drop),
        ["thread"] => thread::Builder::new().spawn(|| ()).map(drop),
        ["process"] => Command::new("/bin/true").spawn().map(drop),
        // SIGCONT has no effect on a running process.
        ["signal", id] => {
            let id = Pid::from_raw(id.parse().map_err(io::Error::other)?).ok_or(io::ErrorKind::InvalidInput)?;
            Ok(kill_process(id, Signal::CONT)?)
        }
        ["terminate"] => Ok(kill_process(getpid(), Signal::TERM)?),
        ["limit"] => Ok(setrlimit(Resource::Nofile, Rlimit { current: Some(64), maximum: Some(64) })?),
        #[cfg(target_os = "linux")]
        [how, descriptor] => inherited::attempt(how, descriptor.parse().map_err(io::Error::other)?),
        _ => Err(io::Error::other("an unknown action")),
    }
}

/// Operations that need unsafe code: using descriptors by number, and mapping memory.
#[cfg(target_os = "linux")]
mod inherited {
    #![expect(unsafe_code, reason = "hostile code is not safe code")]

    use std::{
        fs::File,
        io::{self, Read as _, Write as _},
        mem::ManuallyDrop,
        os::fd::{FromRawFd as _, RawFd},
        ptr,
    };

    use libc::{MAP_ANONYMOUS, MAP_FAILED, MAP_PRIVATE, PROT_EXEC, PROT_READ};

    pub(super) fn attempt(how: &str, descriptor: RawFd) -> io::Result<()> {
        let map = |protection, flags| {
            // SAFETY: a new mapping at an address that the kernel chooses changes no memory in use.
            match unsafe { libc::mmap(ptr::null_mut(), 4096, protection, flags, descriptor, 0) } {
                MAP_FAILED => Err(io::Error::last_os_error()),
                _ => Ok(()),
            }
        };
        // SAFETY: the test has opened the descriptor, and this process closes it nowhere.
        let file = || ManuallyDrop::new(unsafe { File::from_raw_fd(descriptor) });
        match how {
            "read" => file().read(&mut [0; 1]).map(drop),
            "write" => file().write(b"x").map(drop),
            "map" => map(PROT_READ, MAP_PRIVATE),
            "execute" => map(PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS),
            _ => Err(io::Error::other("an unknown action")),
        }
    }
}

fn number(word: &str) -> io::Result<usize> {
    word.parse().map_err(io::Error::other)
}

fn millis(word: &str) -> io::Result<Duration> {
    Ok(Duration::from_millis(word.parse().map_err(io::Error::other)?))
}

/// Uses up processor time.
fn burn(cpu: &CpuBudget, time: Duration) {
    let end = cpu.used().saturating_add(time);
    while cpu.used() < end {
        black_box((0..1_000).sum::<u64>());
    }
}

/// Recurses until the stack overflows.
fn overflow(above: &[u8; 1024]) -> u8 {
    let here = black_box([above[0].wrapping_add(1); 1024]);
    match black_box(true) {
        true => overflow(&here).wrapping_add(here[1]),
        false => here[0],
    }
}
