//! One worker process, as the pool sees it.

use std::{
    fmt, io,
    os::unix::process::ExitStatusExt as _,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use domain::{limits, module::CompiledModule};
use ports::Compilation;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command},
    time::{Instant, timeout_at},
};

use super::WorkerPoolConfig;
use crate::{check::Purpose, worker::wire};

/// A process that does not greet in this time is none of ours; one that does not take a source in this time was stopped.
/// Half of the usual wall limit, so that there is time for another.
const START_LIMIT: Duration = Duration::from_secs(1);

/// How long a killed process is waited for. One with 2 GiB in memory takes about 0.2 seconds to go.
const REAP_LIMIT: Duration = Duration::from_millis(500);

/// How much of a dead worker's last words is kept.
const LAST_WORDS_BYTES: u64 = 1024;

/// Signals that somebody else sends to end a process in good order; no source makes a worker raise them.
const OF_OPERATORS: [i32; 3] = [1, 2, 15];

/// A running worker that greeted. Dropping it kills the process.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    stderr: ChildStderr,
}

/// What a worker answered.
pub(super) struct Answer {
    pub(super) compilation: Compilation,
    /// The worker ends by itself now.
    pub(super) retires: bool,
}

/// Why a worker gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// It was gone or stopped before it began: not the source's doing.
    #[error("it took no source: {0}")]
    NotTaken(io::Error),
    /// It ended, or said what is no answer.
    #[error("{0}")]
    Broken(io::Error),
    /// It took longer than it may.
    #[error("it took too long")]
    TimedOut,
}

/// How a worker ended, for the log.
#[derive(Debug)]
pub(super) struct End {
    pub(super) status: Option<ExitStatus>,
    pub(super) last_words: String,
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            Some(status) => write!(f, "it ended with {status}")?,
            None => f.write_str("it did not end")?,
        }
        match self.last_words.as_str() {
            "" => f.write_str(" and said nothing"),
            words => write!(f, " and said: {words}"),
        }
    }
}

impl Worker {
    /// Starts a process and waits for its greeting.
    pub(super) async fn start(config: &WorkerPoolConfig, deadline: Instant) -> io::Result<Self> {
        let mut child = Command::new(&config.program)
            .args(&config.args)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // Ctrl-C in a terminal goes to the service, which lets running checks end.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::Error::other("the process has no pipes"));
        };
        let mut worker = Self { child, stdin, stdout, stderr };
        match timeout_at(deadline.min(Instant::now() + START_LIMIT), worker.greeting()).await {
            Ok(Ok(())) => Ok(worker),
            outcome => {
                let reason = outcome.map_or_else(
                    |_| "no greeting in time".to_owned(),
                    |greeting| greeting.map_or_else(|error| error.to_string(), |()| String::new()),
                );
                let end = worker.end_by(deadline).await;
                Err(io::Error::other(format!("the worker did not start ({reason}): {end}")))
            }
        }
    }

    /// The id of the process, for the log.
    pub(super) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Whether the process is there still. One that waits for work may have been killed by whoever runs the machine.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    async fn greeting(&mut self) -> io::Result<()> {
        let mut greeting = [0; wire::GREETING.len()];
        self.stdout.read_exact(&mut greeting).await?;
        if greeting == wire::GREETING { Ok(()) } else { Err(io::Error::other("another program's greeting")) }
    }

    /// Has a source checked and compiled. After a failure the worker is good for [`end`](Self::end) only.
    pub(super) async fn compile(
        &mut self,
        source: &str,
        purpose: Purpose,
        deadline: Instant,
    ) -> Result<Answer, Failure> {
        // No source keeps a worker from taking it: what is late here was stopped from outside.
        timeout_at(deadline.min(Instant::now() + START_LIMIT), self.hand_over(source, purpose))
            .await
            .unwrap_or_else(|late| Err(late.into()))
            .map_err(Failure::NotTaken)?;
        timeout_at(deadline, self.answer()).await.map_err(|_| Failure::TimedOut)?.map_err(Failure::Broken)
    }

    async fn hand_over(&mut self, source: &str, purpose: Purpose) -> io::Result<()> {
        self.stdin.write_all(&wire::source_frame(source, purpose)).await?;
        match self.stdout.read_u8().await? {
            wire::TAKEN => Ok(()),
            _ => Err(io::Error::other("the worker says what makes no sense")),
        }
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        let (report, retires) = wire::parse_report(&self.frame(wire::REPORT_BYTES).await?)?;
        let code = self.text(limits::MODULE_BYTES).await?;
        let source_map = self.text(limits::SOURCE_MAP_BYTES).await?;
        if report.is_accepted() == code.is_empty() {
            return Err(io::Error::other("a module and errors, or neither"));
        }
        let module = report.is_accepted().then(|| CompiledModule::new(code, &source_map));
        Ok(Answer { compilation: Compilation { report, module }, retires })
    }

    async fn text(&mut self, most: usize) -> io::Result<String> {
        String::from_utf8(self.frame(most).await?).map_err(io::Error::other)
    }

    async fn frame(&mut self, most: usize) -> io::Result<Vec<u8>> {
        let length = self.stdout.read_u32().await? as usize;
        if length > most {
            return Err(io::Error::other("the answer is too long"));
        }
        let mut bytes = vec![0; length];
        self.stdout.read_exact(&mut bytes).await?;
        Ok(bytes)
    }

    /// Ends the process, and tells whether somebody had asked it to end before: no source makes a worker end like that.
    pub(super) async fn was_asked_to_end(&mut self, deadline: Instant) -> bool {
        let _ = self.child.start_kill();
        let status = timeout_at(deadline, self.child.wait()).await;
        let signal = status.ok().and_then(Result::ok).and_then(|status| status.signal());
        signal.is_some_and(|signal| OF_OPERATORS.contains(&signal))
    }

    /// Kills the process unless it ended already, and waits until it is gone.
    pub(super) async fn end(self) -> End {
        self.end_by(Instant::now() + REAP_LIMIT).await
    }

    /// The same, where somebody waits for an answer.
    pub(super) async fn end_by(mut self, deadline: Instant) -> End {
        let _ = self.child.start_kill();
        let mut status = None;
        let mut last_words = Vec::new();
        let going = async {
            status = self.child.wait().await.ok();
            self.stderr.take(LAST_WORDS_BYTES).read_to_end(&mut last_words).await
        };
        // Whatever it has not said by then is not worth waiting for; the runtime reaps what is still there.
        let _ = timeout_at(deadline.min(Instant::now() + REAP_LIMIT), going).await;
        End { status, last_words: String::from_utf8_lossy(&last_words).trim().to_owned() }
    }
}
