//! Tailwind's own compiler.

#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use ports::{StyleCompiler, StyleError};
use rquickjs::{Context, Ctx, Error, Function, Object, Promise, Runtime};

/// Maximum time for one component. Most take a tenth of it.
const TIME_LIMIT: Duration = Duration::from_secs(1);

/// Maximum memory of the engine, in bytes. A component takes 9 to 17 MiB.
const HEAP_BYTES: usize = 64 * 1024 * 1024;

/// Maximum stack of the engine, in bytes. The thread of a worker has far more.
const STACK_BYTES: usize = 1024 * 1024;

/// Memory that is allocated before the engine looks for garbage, in bytes. A compilation ends before there is much of it.
const COLLECTION_THRESHOLD: usize = 32 * 1024 * 1024;

/// Maximum size of a style sheet, in bytes.
const MAX_CSS_BYTES: usize = 256 * 1024;

/// Compiles class names with Tailwind.
///
/// Each call has an engine of its own. Tailwind keeps the classes of a call for the next one, and those of one caller's component
/// must not reach another caller's.
#[derive(Debug, Clone, Copy)]
pub struct Tailwind {
    script: &'static str,
}

impl Tailwind {
    /// Creates a compiler from the script of the web assets.
    pub const fn new(script: &'static str) -> Self {
        Self { script }
    }
}

impl StyleCompiler for Tailwind {
    fn compile(&self, candidates: &[&str]) -> Result<String, StyleError> {
        let start = Instant::now();
        let runtime = Runtime::new().map_err(internal)?;
        runtime.set_memory_limit(HEAP_BYTES);
        runtime.set_max_stack_size(STACK_BYTES);
        runtime.set_gc_threshold(COLLECTION_THRESHOLD);
        runtime.set_interrupt_handler(Some(Box::new(move || start.elapsed() > TIME_LIMIT)));
        let context = Context::full(&runtime).map_err(internal)?;
        let css = context.with(|engine| match styles(&engine, self.script, candidates) {
            Err(Error::Exception) => Err(thrown(&engine, start.elapsed() > TIME_LIMIT)),
            result => result.map_err(internal),
        })?;
        if css.len() > MAX_CSS_BYTES { Err(StyleError::TooComplex) } else { Ok(css) }
    }
}

fn styles<'js>(engine: &Ctx<'js>, script: &str, candidates: &[&str]) -> Result<String, Error> {
    let t=Instant::now();
    engine.eval::<(), _>(script)?;
    if cfg!(test) {eprintln!("eval {:?}", t.elapsed());}
    let tailwind: Object<'js> = engine.globals().get("tailwind")?;
    let styles: Function<'js> = tailwind.get("styles")?;
    let css: Promise<'js> = styles.call((candidates.to_vec(),))?;
    let r=css.finish();
    if cfg!(test) {eprintln!("all {:?}", t.elapsed());}
    r
}

/// The error for what the script threw. The engine throws when it runs out of memory, stack or time.
fn thrown(engine: &Ctx<'_>, is_late: bool) -> StyleError {
    let message = engine.catch().into_exception().and_then(|exception| exception.message()).unwrap_or_default();
    match message.as_str() {
        _ if is_late => StyleError::TooComplex,
        "out of memory" | "Maximum call stack size exceeded" | "" => StyleError::TooComplex,
        _ => StyleError::Internal(format!("Tailwind threw: {message}")),
    }
}

fn internal(error: Error) -> StyleError {
    match error {
        Error::Allocation => StyleError::TooComplex,
        other => StyleError::Internal(format!("QuickJS: {other}")),
    }
}
