//! One run of the script, with limits.

use std::time::Duration;

use rquickjs::{
    CatchResultExt as _, CaughtError, Context, Ctx, Error, Function, Module, Object, Promise, Runtime, WriteOptions,
};
use rustix::time::{ClockId, clock_gettime};

/// Maximum processor time of a run. Most take 3 % of it.
pub(super) const TIME_LIMIT: Duration = Duration::from_secs(1);

/// Maximum memory of the engine, in bytes. Most runs take 9 to 17 MiB.
pub(super) const HEAP_BYTES: usize = 64 * 1024 * 1024;

/// Maximum stack of the engine, in bytes. The thread of a worker has far more.
const STACK_BYTES: usize = 1024 * 1024;

/// Memory above which the engine looks for garbage, in bytes. Few runs reach it, so few are delayed by that.
const COLLECTION_THRESHOLD: usize = 32 * 1024 * 1024;

/// Why there is no style sheet.
#[derive(Debug)]
pub(super) enum Failure {
    /// The run took too long.
    Time,
    /// It took too much memory or stack.
    Memory,
    /// The script threw.
    Other(String),
}

/// Compiles a script to the engine's bytecode.
pub(super) fn bytecode(script: &str) -> Result<Vec<u8>, Failure> {
    run(|engine| Module::declare(engine.clone(), "tailwind", script)?.write(WriteOptions::default()))
}

/// Runs the script and returns the style sheet of the candidates. `bytecode` is a result of [`bytecode`].
pub(super) fn styles(bytecode: &[u8], candidates: &[&str]) -> Result<String, Failure> {
    run(|engine| {
        #[expect(unsafe_code, reason = "the bytes are what the same engine wrote, and they outlive it")]
        let module = unsafe { Module::load(engine.clone(), bytecode) }?;
        module.eval()?.1.finish::<()>()?;
        let tailwind: Object<'_> = engine.globals().get("tailwind")?;
        let styles: Function<'_> = tailwind.get("styles")?;
        styles.call::<_, Promise<'_>>((candidates.to_vec(),))?.finish()
    })
}

/// Runs `work` in a new engine.
fn run<T>(work: impl FnOnce(&Ctx<'_>) -> Result<T, Error>) -> Result<T, Failure> {
    let end = processor_time() + TIME_LIMIT;
    let is_late = move || processor_time() > end;
    let runtime = Runtime::new().map_err(|error| failure(&error))?;
    runtime.set_memory_limit(HEAP_BYTES);
    runtime.set_max_stack_size(STACK_BYTES);
    runtime.set_gc_threshold(COLLECTION_THRESHOLD);
    runtime.set_interrupt_handler(Some(Box::new(is_late)));
    let context = Context::full(&runtime).map_err(|error| failure(&error))?;
    context.with(|engine| {
        work(&engine).catch(&engine).map_err(|error| if is_late() { Failure::Time } else { thrown(&error) })
    })
}

/// The processor time of this thread.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// The failure for what was thrown. The engine throws when it runs out of memory or stack.
fn thrown(error: &CaughtError<'_>) -> Failure {
    let CaughtError::Exception(exception) = error else { return Failure::Other(format!("Tailwind threw {error}")) };
    match exception.message().as_deref() {
        Some("out of memory" | "Maximum call stack size exceeded") => Failure::Memory,
        message => Failure::Other(format!("Tailwind threw: {}", message.unwrap_or_default())),
    }
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::Allocation => Failure::Memory,
        other => Failure::Other(format!("QuickJS: {other}")),
    }
}
