//! The body of a worker process.
//!
//! A worker reads requests on stdin, writes answers to stdout, and ends when stdin does: then the service has released it
//! or has died. It writes nothing else to stdout. What the runtime prints before it aborts goes to stderr, which the pool
//! keeps for the log.

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

/// Stack of the thread that runs tasks: oxc's parser takes about 1.6 KiB for a nested bracket in a release build, and the
/// largest source has 256 Ki of them. Only the pages that are touched take memory.
const STACK_BYTES: usize = 1024 * 1024 * 1024;

/// The smallest stack that is worth a try. No source that people write is nested deep enough for more.
const MIN_STACK_BYTES: usize = 8 * 1024 * 1024;

/// Runs one job: takes the input, returns the output. An error means that the input is not what the task's other end
/// sends, and ends the worker. The handler may keep state from job to job.
pub type Handler = Box<dyn FnMut(&[u8], &CpuBudget) -> io::Result<Vec<u8>>>;

/// One kind of work that a worker does.
#[derive(Clone, Copy)]
pub struct Task {
    /// Names the task on the wire.
    pub id: TaskId,
    /// Creates the task's handler, once a process, when the first job of the task arrives.
    pub handler: fn() -> Handler,
}

/// Runs a worker until stdin ends: the body of a hidden subcommand.
///
/// Limits the process, announces itself, and runs the jobs of a [`WorkerPool`](crate::WorkerPool) one after the other.
/// Ends with a failure when the limits cannot be set or a request is malformed.
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
    let cpu = CpuBudget::watched()?;
    let tasks = tasks.to_vec();
    // The sandbox comes after the start of the last thread and before the first request is read, so the thread waits for it.
    let (begin, sandboxed) = std::sync::mpsc::sync_channel(1);
    let thread = start_thread(address_space, move || {
        let sandboxed = sandboxed.recv().map_err(io::Error::other)?;
        Jobs { handlers: HashMap::new(), tasks: tasks.clone(), cpu: cpu.clone(), memory: memory.as_ref() }
            .run(sandboxed)
    })?;
    let sandboxed = enter_sandbox(readable).map_err(|error| context("cannot limit the process", &error))?;
    // Fails only when the thread is gone, and then `join` returns why.
    let _ = begin.send(sandboxed);
    // A panic has printed its own message.
    thread.join().map_err(|_| io::Error::other("a task panicked"))?
}

/// Takes away what no job needs. Of files, the standard streams and `readable` remain. Returns whether the kernel filters system calls.
fn enter_sandbox(readable: Option<RawFd>) -> io::Result<bool> {
    limits::forbid_growth()?;
    #[cfg(all(target_os = "linux", target_pointer_width = "64"))]
    let sandboxed = sandbox::enter(readable);
    #[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
    let (sandboxed, _) = (false, readable);
    Ok(sandboxed)
}

/// Starts the thread that runs tasks with the largest stack available: half of the address space, which leaves as much for
/// the heap. With a smaller stack, sources that are nested less deep end the worker.
fn start_thread<F>(address_space: u64, body: F) -> io::Result<thread::JoinHandle<io::Result<()>>>
where
    F: FnOnce() -> io::Result<()> + Send + 'static,
{
    let half = usize::try_from(address_space / 2).unwrap_or(usize::MAX);
    let mut stack = half.clamp(MIN_STACK_BYTES, STACK_BYTES);
    // `spawn` consumes the body even when it fails, so a second thread of the same size must not be needed: try the size
    // with an empty one.
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

struct Jobs<'a> {
    tasks: Vec<Task>,
    handlers: HashMap<u8, Handler>,
    cpu: CpuBudget,
    memory: Option<&'a limits::ResidentMemory>,
}

impl Jobs<'_> {
    fn run(mut self, sandboxed: bool) -> io::Result<()> {
        let mut requests = BufReader::new(io::stdin());
        let mut answers = io::stdout().lock();
        answers.write_all(&wire::GREETING)?;
        answers.write_all(&[if sandboxed { wire::SANDBOXED } else { wire::NOT_SANDBOXED }])?;
        answers.flush()?;
        while let Some(request) = wire::read_request(&mut requests)? {
            answers.write_all(&[wire::TAKEN])?;
            answers.flush()?;
            let output = self.output(&request)?;
            let retires = self.memory.is_some_and(limits::ResidentMemory::is_bloated);
            answers.write_all(&wire::answer_head(retires, &output))?;
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
        self.cpu.lift();
        output
    }
}
