//! The pre-built components pass the service's own check, without a warning other than the one for inline styles, and compile.
//!
//! Components are only ever checked in worker processes, and the worker here is this very program, so it has a `main` of
//! its own instead of the test harness.

#![expect(clippy::unwrap_used, reason = "a test, though without the harness")]

use std::process::ExitCode;

use adapter_oxc::{ComponentWorkers, WorkerPoolConfig, worker_main};
use domain::{component::INLINE_STYLE_WARNING, id::ApiKeyId};
use ports::{Compilation, ComponentCompiler as _};
use uuid::Uuid;

const WORKER: &str = "component-worker";

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == WORKER) {
        return worker_main();
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(every_component_passes());
    ExitCode::SUCCESS
}

async fn every_component_passes() {
    let config = WorkerPoolConfig::new(std::env::current_exe().unwrap(), vec![WORKER.into()]);
    let workers = ComponentWorkers::new(config, tokio::runtime::Handle::current());
    let widgets = prebuilt::widgets();
    assert_eq!(widgets.len(), 7);
    for widget in widgets {
        let compilation = workers.compile(&widget.component, ApiKeyId::from_uuid(Uuid::nil())).await.unwrap();
        let Compilation { report, module } = compilation;
        assert!(report.is_accepted(), "{}: {:?}", widget.key, report.errors);
        let others: Vec<_> = report.warnings.iter().filter(|warning| *warning != INLINE_STYLE_WARNING).collect();
        assert!(others.is_empty(), "{}: {others:?}", widget.key);
        let code = module.unwrap().code().len();
        assert!(code < widget.component.as_str().len() * 2, "{}: {code} bytes", widget.key);
        println!("component of {} passes, {code} bytes compiled", widget.key);
    }
}
