//! A worker process, from the service's side.

use std::{
    fmt, io,
    os::unix::process::ExitStatusExt as _,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command},
    time::{Instant, timeout_at},
};

use super::{Job, PoolConfig};
use crate::wire;

/// Maximum time until a worker sends its greeting, and until it accepts a job. A slower one has been suspended from outside.
/// Half of the default wall limit, so another worker has time for the job.
const START_LIMIT: Duration = Duration::from_secs(1);

/// Maximum time that the pool waits for a killed process to end. One with 2 GiB in memory takes about 0.2 seconds.
pub(super) const REAP_LIMIT: Duration = Duration::from_millis(500);

/// Maximum length of the stderr that is read from a dead worker, in bytes.
const MAX_STDERR_BYTES: u64 = 1024;

/// SIGHUP, SIGINT and SIGTERM, with which an operator ends a process. A job cannot raise them.
const OPERATOR_SIGNALS: [i32; 3] = [1, 2, 15];

/// A running worker that sent its greeting. Dropping it kills the process.
#[derive(Debug)]
pub(super) struct Worker {
    /// The process id, for the log. The kernel may reuse it after the process has ended.
    pub(super) id: Option<u32>,
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    stderr: ChildStderr,
    /// The stderr that [`end`](Self::end) has read so far.
    stderr_text: Vec<u8>,
    pub(super) is_sandboxed: bool,
}

/// The answer of a worker.
pub(super) struct Answer {
    pub(super) output: Vec<u8>,
    /// Whether the worker ends after this answer.
    pub(super) retires: bool,
}

/// Why a worker gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// It had ended or was suspended before it accepted the job. The job is not the cause.
    #[error("it took no job: {0}")]
    NotAccepted(io::Error),
    /// It ended, or sent a malformed answer.
    #[error("{0}")]
    Broken(io::Error),
    /// The wall limit was reached.
    #[error("it took too long")]
    TimedOut,
}

/// How a worker ended, for the log and the reason of a [`JobError`](super::JobError).
#[derive(Debug)]
pub(super) struct End {
    pub(super) status: Option<ExitStatus>,
    pub(super) stderr: String,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => write!(f, "it ended with {status}")?,
            None => f.write_str("it did not end")?,
        }
        match self.stderr.as_str() {
            "" => f.write_str(" without a message"),
            message => write!(f, " and the message: {message}"),
        }
    }
}

impl Worker {
    /// Starts a process and waits for its greeting.
    pub(super) async fn start(config: &PoolConfig, deadline: Instant) -> io::Result<Self> {
        let mut child = Command::new(&config.program)
            .args(&config.args)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C in a terminal signals only the service, which waits for running jobs.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::Error::other("the process has no pipes"));
        };
        let id = child.id();
        let mut worker = Self { id, child, stdin, stdout, stderr, stderr_text: Vec::new(), is_sandboxed: false };
        match timeout_at(deadline.min(Instant::now() + START_LIMIT), worker.greeting()).await {
            Ok(Ok(())) => Ok(worker),
            outcome => {
                let reason = outcome.map_or_else(
                    |_| "no greeting in time".to_owned(),
                    |greeting| greeting.map_or_else(|error| error.to_string(), |()| String::new()),
                );
                let end = worker.end(deadline).await;
                Err(io::Error::other(format!("the worker did not start ({reason}): {end}")))
            }
        }
    }

    /// Whether the process still exists. An idle one may have been killed from outside.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    async fn greeting(&mut self) -> io::Result<()> {
        let mut greeting = [0; wire::GREETING.len() + 1];
        self.stdout.read_exact(&mut greeting).await?;
        self.is_sandboxed = match greeting.strip_prefix(&wire::GREETING) {
            Some([wire::SANDBOXED]) => true,
            Some([wire::NOT_SANDBOXED]) => false,
            _ => return Err(io::Error::other("another program's greeting")),
        };
        Ok(())
    }

    /// Runs a job. After a failure only [`end`](Self::end) may be called.
    pub(super) async fn run(&mut self, job: &Job, deadline: Instant) -> Result<Answer, Failure> {
        // The job has not run yet, so it is not the cause of a delay here.
        timeout_at(deadline.min(Instant::now() + START_LIMIT), self.submit(job))
            .await
            .unwrap_or_else(|late| Err(late.into()))
            .map_err(Failure::NotAccepted)?;
        let answer = self.answer(job.max_output_bytes);
        timeout_at(deadline, answer).await.map_err(|_| Failure::TimedOut)?.map_err(|error| {
            Failure::Broken(match error.kind() {
                io::ErrorKind::UnexpectedEof => io::Error::new(error.kind(), "the worker ended without an answer"),
                _ => error,
            })
        })
    }

    async fn submit(&mut self, job: &Job) -> io::Result<()> {
        self.stdin.write_all(&wire::request_header(job.task, job.cpu_limit, &job.input)).await?;
        self.stdin.write_all(&job.input).await?;
        match self.stdout.read_u8().await? {
            wire::ACCEPTED => Ok(()),
            _ => Err(io::Error::other("the worker sent something that is no answer")),
        }
    }

    async fn answer(&mut self, max_bytes: usize) -> io::Result<Answer> {
        let retires = match self.stdout.read_u8().await? {
            0 => false,
            1 => true,
            _ => return Err(io::Error::other("the worker sent something that is no answer")),
        };
        let length = self.stdout.read_u32().await? as usize;
        if length > max_bytes {
            return Err(io::Error::other("the answer is too long"));
        }
        let mut output = vec![0; length];
        self.stdout.read_exact(&mut output).await?;
        Ok(Answer { output, retires })
    }

    /// Kills the process unless it has ended, and waits for its end until the deadline. May be called again after the
    /// deadline.
    pub(super) async fn end(&mut self, deadline: Instant) -> End {
        let _ = self.child.start_kill();
        let mut status = None;
        let ending = async {
            status = self.child.wait().await.ok();
            let missing = MAX_STDERR_BYTES.saturating_sub(self.stderr_text.len() as u64);
            (&mut self.stderr).take(missing).read_to_end(&mut self.stderr_text).await
        };
        // After the deadline the runtime reaps the process.
        let _ = timeout_at(deadline, ending).await;
        End { status, stderr: String::from_utf8_lossy(&self.stderr_text).trim().to_owned() }
    }
}

/// Whether an operator's signal ended the process.
pub(super) fn was_ended_by_operator(status: ExitStatus) -> bool {
    status.signal().is_some_and(|signal| OPERATOR_SIGNALS.contains(&signal))
}

/// Whether the process was killed from outside, usually by the kernel for lack of memory. The pool itself kills only workers
/// whose output has not ended.
pub(super) fn was_killed(status: ExitStatus, error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof && status.signal() == Some(9)
}

/// Whether the process ended itself because its job used up its processor time.
pub(super) fn reached_cpu_limit(status: ExitStatus) -> bool {
    status.code() == Some(wire::CPU_LIMIT_STATUS)
}
