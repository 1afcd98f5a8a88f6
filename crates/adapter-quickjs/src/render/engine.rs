//! Renders one component in a new engine.

use std::{cell::Cell, rc::Rc, time::Duration};

use ports::MAX_RENDER_WARNINGS;
use rquickjs::{
    CatchResultExt as _, CaughtError, Context, Ctx, Function, Module, Object, Runtime, Value, promise::PromiseState,
};
use worker_pool::CpuBudget;

use super::{
    modules::{Modules, WIDGET},
    text::text_of,
    wire::{Input, ModulePosition, Outcome, Problem, Rendered},
};

/// Maximum processor time of a render, with the start of the engine.
pub(super) const TIME_LIMIT: Duration = Duration::from_secs(2);

/// Maximum size of the engine's heap, in bytes.
const HEAP_BYTES: usize = 256 * 1024 * 1024;

/// Maximum size of the engine's stack, in bytes: about as deep as a browser's.
const STACK_BYTES: usize = 4 * 1024 * 1024;

/// Maximum length of a message, in characters.
const MAX_MESSAGE_CHARS: usize = 1000;

/// How often a component that waits for a promise is rendered again.
const RETRIES: usize = 5;

const TOO_LONG: &str = "Rendering took more than 2 seconds: look for a loop that does not end";
const TOO_LARGE: &str = "Rendering took more than 256 MiB of memory";
/// The script's words for a thrown `null`. QuickJS throws it when there is no memory for an error.
const THREW_NULL: &str = "The component threw a value that is not an error: null";
const THREW_NULL_OR_TOO_LARGE: &str = "The component threw null, or rendering took more than 256 MiB of memory";
const WAITS: &str = "The component waits for a promise (lazy, use, or a thrown promise): the render test shows what is around it, \
                     or the fallback of <Suspense>";
const MODULE_WAITS: &str = "The module waits for a promise that nothing settles while it loads";
const UNREADABLE: &str = "The component replaced what the render test needs to report";

/// A failure of the service: the script does not do what it should.
pub(super) type Defect = String;

/// Renders a component. `script` is the one that `web_assets` bundles for it.
pub(super) fn render(
    script: &'static str,
    library: fn(&str) -> Option<&'static str>,
    input: &Input<'_>,
    cpu: &CpuBudget,
) -> Result<Rendered, Defect> {
    let engine = Engine::start(cpu).map_err(|error| format!("QuickJS does not start: {error}"))?;
    let modules = engine.context.with(|ctx| {
        ctx.eval::<(), _>(script)
            .and_then(|()| renderer(&ctx)?.get("modules"))
            .catch(&ctx)
            .map_err(|error| error.to_string())
    })?;
    engine.runtime.set_loader(Modules::resolver(), Modules::new(modules, library));
    Ok(engine.context.with(|ctx| {
        let rendered = engine.widget(&ctx, input);
        rendered.unwrap_or_else(|problem| Rendered { outcome: Outcome::Problem(problem), warnings: Vec::new() })
    }))
}

/// The functions of the script.
fn renderer<'js>(ctx: &Ctx<'js>) -> rquickjs::Result<Object<'js>> {
    ctx.globals().get("widgetdRenderer")
}

/// A QuickJS with its limits.
struct Engine {
    runtime: Runtime,
    context: Context,
    /// Whether the time limit ended the script.
    is_interrupted: Rc<Cell<bool>>,
}

impl Engine {
    fn start(cpu: &CpuBudget) -> rquickjs::Result<Self> {
        let runtime = Runtime::new()?;
        runtime.set_memory_limit(HEAP_BYTES);
        runtime.set_max_stack_size(STACK_BYTES);
        let is_interrupted = Rc::new(Cell::new(false));
        let (interrupted, cpu) = (Rc::clone(&is_interrupted), cpu.clone());
        let end = cpu.used() + TIME_LIMIT;
        runtime.set_interrupt_handler(Some(Box::new(move || {
            let is_late = cpu.used() > end;
            interrupted.set(interrupted.get() || is_late);
            is_late
        })));
        Ok(Self { context: Context::full(&runtime)?, runtime, is_interrupted })
    }

    /// Loads the widget's module and renders its default export.
    fn widget(&self, ctx: &Ctx<'_>, input: &Input<'_>) -> Result<Rendered, Problem> {
        let thrown = |error| self.problem(error);
        let render: Function<'_> =
            renderer(ctx).and_then(|renderer| renderer.get("render")).catch(ctx).map_err(thrown)?;
        let loaded = Module::declare(ctx.clone(), WIDGET, input.code).and_then(Module::eval);
        let (module, promise) = loaded.catch(ctx).map_err(thrown)?;
        self.run_promise_jobs(ctx);
        if self.is_interrupted.get() {
            return Err(Problem::new(TOO_LONG));
        }
        match promise.state() {
            PromiseState::Pending => return Err(Problem::new(MODULE_WAITS)),
            _ => promise.finish::<Value<'_>>().catch(ctx).map_err(thrown)?,
        };
        let component: Value<'_> =
            module.namespace().and_then(|exports| exports.get("default")).catch(ctx).map_err(thrown)?;
        for attempt in 0.. {
            let rendered: Object<'_> =
                render.call((component.clone(), input.data, input.props)).catch(ctx).map_err(thrown)?;
            let suspended: bool = rendered.get("suspended").catch(ctx).map_err(thrown)?;
            if !suspended || attempt == RETRIES {
                return self.report(&rendered, suspended).catch(ctx).map_err(thrown);
            }
            self.run_promise_jobs(ctx);
        }
        Err(Problem::new(WAITS))
    }

    fn run_promise_jobs(&self, ctx: &Ctx<'_>) {
        while !self.is_interrupted.get() && ctx.execute_pending_job() {}
    }

    /// Reads what the script's `render` returned.
    fn report(&self, rendered: &Object<'_>, suspended: bool) -> rquickjs::Result<Rendered> {
        let mut warnings = Vec::new();
        for warning in rendered.get::<_, Vec<Object<'_>>>("warnings")?.into_iter().take(MAX_RENDER_WARNINGS) {
            warnings.push(problem_of(&warning)?);
        }
        if suspended {
            warnings.push(Problem::new(WAITS));
        }
        let outcome = match rendered.get::<_, Option<Object<'_>>>("error")? {
            Some(error) => Outcome::Problem(self.known(problem_of(&error)?)),
            None => {
                let html: Option<String> = rendered.get("html")?;
                let (text, is_truncated) = text_of(&html.unwrap_or_default());
                Outcome::Text { text, is_truncated }
            }
        };
        Ok(Rendered { outcome, warnings })
    }

    /// What was thrown out of the script.
    fn problem(&self, error: CaughtError<'_>) -> Problem {
        let exception = match error {
            CaughtError::Exception(exception) => exception,
            CaughtError::Value(_) => return Problem::new("The module threw a value that is not an error"),
            CaughtError::Error(_) => return Problem::new(UNREADABLE),
        };
        let name: String = exception.as_object().get("name").unwrap_or_default();
        let message = format!("{name}: {}", exception.message().unwrap_or_default());
        let position = exception.stack().and_then(|stack| position_of(&stack));
        self.known(Problem { message: limited(&message), position })
    }

    /// Words for the engine's limits.
    fn known(&self, problem: Problem) -> Problem {
        let message = match problem.message.as_str() {
            _ if self.is_interrupted.get() => TOO_LONG,
            "InternalError: out of memory" => TOO_LARGE,
            THREW_NULL => THREW_NULL_OR_TOO_LARGE,
            _ => return problem,
        };
        Problem { message: message.to_owned(), ..problem }
    }
}

fn problem_of(reported: &Object<'_>) -> rquickjs::Result<Problem> {
    let stack: String = reported.get("stack")?;
    Ok(Problem { message: limited(&reported.get::<_, String>("message")?), position: position_of(&stack) })
}

/// The beginning of a message, in one line.
fn limited(message: &str) -> String {
    let one_line = message.chars().map(|character| if character.is_control() { ' ' } else { character });
    one_line.take(MAX_MESSAGE_CHARS).collect()
}

/// The innermost position in the widget's module that a stack names. QuickJS writes 1:1 where it knows none.
fn position_of(stack: &str) -> Option<ModulePosition> {
    let frames = stack.split(WIDGET).skip(1).filter_map(|rest| rest.strip_prefix(':'));
    frames.filter_map(position).find(|position| (position.line, position.column) != (1, 1))
}

fn position(text: &str) -> Option<ModulePosition> {
    let mut numbers = text.splitn(3, |character: char| !character.is_ascii_digit());
    let line = numbers.next()?.parse().ok()?;
    Some(ModulePosition { line, column: numbers.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_position_of_a_stack_in_the_module_is_found() {
        let stack = "    at map (native)\n    at Row (widget.js:1:1)\n    at Row (widget.js:1:42)\n    at Widget (widget.js:2:7)\n    at x (lib/a.js:1:1)\n";
        assert_eq!(position_of(stack), Some(ModulePosition { line: 1, column: 42 }));
        for stack in
            ["", "    at x (lib/a.js:1:1)", "widget.js:", "widget.js:1", "widget.js:1:x", "widget.js:99999999999:1"]
        {
            assert_eq!(position_of(stack), None, "{stack}");
        }
    }
}
