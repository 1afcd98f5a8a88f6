//! The tasks of the worker processes, with what each of them needs of the program.

use std::process::ExitCode;

use adapter_oxc::Tools;
use adapter_quickjs::{
    Tailwind,
    render::{self, RenderScripts},
};
use ports::StyleCompiler;
use worker_pool::{Handler, Task, run_worker};

use super::libraries::libraries;

const TASKS: [Task; 4] = [
    Task { id: adapter_oxc::TASK.id, handler: component_handler },
    adapter_jsonschema::TASK,
    adapter_valico::TASK,
    render::task::<Scripts>(),
];

/// Runs jobs until the service closes the connection: the body of [`WORKER_SUBCOMMAND`](super::WORKER_SUBCOMMAND).
pub(crate) fn worker() -> ExitCode {
    run_worker(&TASKS)
}

fn component_handler() -> Handler {
    adapter_oxc::handler(Tools { libraries: libraries(), styles: style_compiler() })
}

/// Tailwind's compiler, if the program was built with it.
fn style_compiler() -> Option<Box<dyn StyleCompiler>> {
    web_assets::tailwind().map(|script| Box::new(Tailwind::new(script)) as Box<dyn StyleCompiler>)
}

/// The scripts of the render test.
struct Scripts;

impl RenderScripts for Scripts {
    fn renderer() -> Option<&'static str> {
        web_assets::server_renderer()
    }

    fn library(sha256: &str) -> Option<&'static str> {
        web_assets::libraries()?.file(sha256).map(|file| file.code)
    }
}
