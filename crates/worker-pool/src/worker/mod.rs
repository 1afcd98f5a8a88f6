//! The worker's side of the pool.
//!
//! A worker reads requests from stdin, writes answers to stdout, and ends when stdin ends: the service has closed the pipe or
//! has died. It writes nothing else to stdout. Messages of a panic or an abort go to stderr, which the pool logs.

mod cpu;
mod limits;
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
mod sandbox;

use std::{
    collections::HashMap,
    io::{self, BufReader, Write as _},
    os::fd::RawFd,
    process::ExitCode,
    thread,
};

pub use cpu::CpuBudget;

use crate::{
    TaskId,
    wire::{self, Request},
};

/// Stack of the thread that runs tasks. The parser of components takes about 1.6 KiB for each nested bracket in a release
/// build, and the largest source has 256 Ki of them. Only pages that are touched take memory.
const STACK_BYTES: usize = 1024 * 1024 * 1024;

/// Minimum stack of that thread. Enough for any source that a person writes.
const MIN_STACK_BYTES: usize = 8 * 1024 * 1024;

/// Runs one job: takes the input, returns the output. May keep state between jobs. An error means that the input is malformed,
/// and ends the worker.
pub type Handler = Box<dyn FnMut(&[u8], &CpuBudget) -> io::Result<Vec<u8>>>;

/// A kind of job that a worker can run.
#[derive(Clone, Copy)]
pub struct Task {
    /// Identifies the task in the protocol.
    pub id: TaskId,
    /// Creates the task's handler. Called once for each process, at the first job of the task.
    pub handler: fn() -> Handler,
}

/// Runs a worker until stdin ends. The service calls it in a hidden subcommand.
///
/// Limits the process, sends the greeting, and runs the jobs of a [`WorkerPool`](crate::WorkerPool) one after the other.
/// Fails when the limits cannot be set or a request is malformed.
pub fn run_worker(tasks: &[Task]) -> ExitCode {
    match serve(tasks) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn serve(tasks: &[Task]) -> io::Result<()> {
    let address_space = limits::set().map_err(|error| context("cannot limit the process", &error))?;
    let memory = limits::ResidentMemory::open();
    let readable = memory.as_ref().map(limits::ResidentMemory::descriptor);
    let cpu = CpuBudget::start()?;
    let tasks = tasks.to_vec();
    // The sandbox forbids new threads, so it is entered after the last thread has started. That thread waits until then before
    // it reads the first request.
    let (begin, sandboxed) = std::sync::mpsc::sync_channel(1);
    let thread = start_thread(address_space, move || {
        let sandboxed = sandboxed.recv().map_err(io::Error::other)?;
        JobLoop { handlers: HashMap::new(), tasks: tasks.clone(), cpu: cpu.clone(), memory: memory.as_ref() }
            .run(sandboxed)
    })?;
    let sandboxed = enter_sandbox(readable).map_err(|error| context("cannot limit the process", &error))?;
    // Fails only if the thread has ended. Then `join` returns the reason.
    let _ = begin.send(sandboxed);
    // A panic has already printed its message.
    thread.join().map_err(|_| io::Error::other("a task panicked"))?
}

/// Denies everything that no job needs. Only the standard streams and `readable` can still be used. Returns whether the kernel
/// filters system calls.
fn enter_sandbox(readable: Option<RawFd>) -> io::Result<bool> {
    limits::forbid_growth()?;
    #[cfg(all(target_os = "linux", target_pointer_width = "64"))]
    let sandboxed = sandbox::enter(readable);
    #[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
    let (sandboxed, _) = (false, readable);
    Ok(sandboxed)
}

/// Starts the thread that runs tasks, with the largest stack that can be had, up to half of the address space. With a smaller
/// stack, less deeply nested sources end the worker.
fn start_thread<F>(address_space: u64, body: F) -> io::Result<thread::JoinHandle<io::Result<()>>>
where
    F: FnOnce() -> io::Result<()> + Send + 'static,
{
    let half = usize::try_from(address_space / 2).unwrap_or(usize::MAX);
    let mut stack = half.clamp(MIN_STACK_BYTES, STACK_BYTES);
    // `spawn` consumes the body even when it fails, so sizes are tried with empty threads.
    while stack > MIN_STACK_BYTES && probe_stack(stack).is_err() {
        stack = (stack / 2).max(MIN_STACK_BYTES);
    }
    thread::Builder::new().name("tasks".into()).stack_size(stack).spawn(body).map_err(|error| {
        let mib = |bytes: u64| bytes >> 20;
        let message = format!(
            "cannot start the thread for tasks: no stack of {} MiB in {} MiB of address space",
            mib(stack as u64),
            mib(address_space)
        );
        context(&message, &error)
    })
}

fn probe_stack(bytes: usize) -> io::Result<()> {
    let probe = thread::Builder::new().stack_size(bytes).spawn(|| ())?;
    probe.join().map_err(|_| io::Error::other("the probe panicked"))
}

fn context(what: &str, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{what}: {error}"))
}

/// Reads requests and runs their tasks.
struct JobLoop<'a> {
    tasks: Vec<Task>,
    handlers: HashMap<u8, Handler>,
    cpu: CpuBudget,
    memory: Option<&'a limits::ResidentMemory>,
}

impl JobLoop<'_> {
    fn run(mut self, sandboxed: bool) -> io::Result<()> {
        let mut requests = BufReader::new(io::stdin());
        let mut answers = io::stdout().lock();
        answers.write_all(&wire::GREETING)?;
        answers.write_all(&[if sandboxed { wire::SANDBOXED } else { wire::NOT_SANDBOXED }])?;
        answers.flush()?;
        while let Some(request) = wire::read_request(&mut requests)? {
            answers.write_all(&[wire::ACCEPTED])?;
            answers.flush()?;
            let output = self.output(&request)?;
            let retires = self.memory.is_some_and(limits::ResidentMemory::exceeds_limit);
            answers.write_all(&wire::answer_header(retires, &output))?;
            answers.write_all(&output)?;
            answers.flush()?;
            if retires {
                break;
            }
        }
        Ok(())
    }

    fn output(&mut self, request: &Request) -> io::Result<Vec<u8>> {
        let task = self.tasks.iter().find(|task| task.id == request.task);
        let task = task.ok_or_else(|| io::Error::other(format!("there is no task {}", request.task.0)))?;
        let handler = self.handlers.entry(task.id.0).or_insert_with(task.handler);
        self.cpu.limit(request.cpu_limit);
        let output = handler(&request.input, &self.cpu);
        self.cpu.remove_limit();
        output
    }
}
