//! A worker for this crate's tests, whose tasks are named by the first word of their input.
#![expect(clippy::unwrap_used, reason = "a part of the tests may panic as a test itself may")]

use std::{
    fs::{self, File},
    hint::black_box,
    io,
    net::{TcpListener, UdpSocket},
    process::{Command, ExitCode},
    sync::LazyLock,
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, getppid, kill_process};
use worker_pool::{CpuBudget, Handler, Task, TaskId, run_worker};

/// The process that started the worker. The sandbox forbids even to ask for it.
static SERVICE: LazyLock<Option<Pid>> = LazyLock::new(getppid);

fn main() -> ExitCode {
    LazyLock::force(&SERVICE);
    run_worker(&[Task { id: TaskId(1), handler }])
}

fn handler() -> Handler {
    let mut jobs = 0_u32;
    Box::new(move |input, cpu| {
        jobs += 1;
        let input = str::from_utf8(input).map_err(io::Error::other)?;
        let (what, argument) = input.split_once(' ').unwrap_or((input, ""));
        let number = || argument.parse::<u64>().unwrap();
        let output = match what {
            "echo" => argument.to_owned(),
            "count" => jobs.to_string(),
            "burn" => {
                burn(cpu, Duration::from_millis(number()));
                String::new()
            }
            "burn-renewed" => {
                let time = Duration::from_millis(number());
                for _ in 0..4 {
                    cpu.limit(time * 2);
                    burn(cpu, time);
                }
                String::new()
            }
            "allocate" => {
                let bulk = black_box(vec![1_u8; usize::try_from(number()).unwrap() << 20]);
                bulk.len().to_string()
            }
            "write" => "x".repeat(usize::try_from(number()).unwrap()),
            "overflow" => overflow(1).to_string(),
            "panic" => panic!("as asked"),
            "fail" => return Err(io::Error::other("as asked")),
            forbidden => match attempt(forbidden) {
                Ok(()) => "succeeded".to_owned(),
                Err(error) => format!("{:?}", error.kind()),
            },
        };
        Ok(output.into_bytes())
    })
}

fn burn(cpu: &CpuBudget, time: Duration) {
    let end = cpu.used() + time;
    while cpu.used() < end {
        black_box((0..10_000).sum::<u64>());
    }
}

#[expect(unconditional_recursion, reason = "it is to end the stack")]
fn overflow(depth: u64) -> u64 {
    black_box([depth; 64]);
    overflow(depth + 1) + black_box(depth)
}

/// What a worker must not be able to do.
fn attempt(what: &str) -> io::Result<()> {
    match what {
        "read-a-file" => fs::read("/etc/hostname").map(drop),
        "create-a-file" => File::create("/tmp/a-worker-was-here").map(drop),
        "list-a-folder" => fs::read_dir("/").map(drop),
        "listen" => TcpListener::bind("127.0.0.1:0").map(drop),
        "send-a-datagram" => UdpSocket::bind("127.0.0.1:0").map(drop),
        "start-a-process" => Command::new("/bin/true").spawn().map(drop),
        "start-a-thread" => thread::Builder::new().spawn(|| ()).map(drop),
        "signal-the-service" => Ok(kill_process(SERVICE.ok_or(io::ErrorKind::NotFound)?, Signal::CONT)?),
        other => Err(io::Error::new(io::ErrorKind::Unsupported, other.to_owned())),
    }
}
