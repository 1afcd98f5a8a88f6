//! The pre-built components pass the service's own check, without a warning other than the one for inline styles.
//!
//! Components are only ever checked in worker processes, and the worker here is this very program, so it has a `main` of
//! its own instead of the test harness.

#![expect(clippy::unwrap_used, reason = "a test, though without the harness")]

use std::process::ExitCode;

use adapter_oxc::{ComponentWorkers, WorkerPoolConfig, worker_main};
use domain::{component::INLINE_STYLE_WARNING, id::ApiKeyId};
use ports::ComponentChecker as _;
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
        let report = workers.check(&widget.component, ApiKeyId::from_uuid(Uuid::nil())).await.unwrap();
        assert!(report.is_accepted(), "{}: {:?}", widget.key, report.errors);
        let others: Vec<_> = report.warnings.iter().filter(|warning| *warning != INLINE_STYLE_WARNING).collect();
        assert!(others.is_empty(), "{}: {others:?}", widget.key);
        println!("component of {} passes", widget.key);
    }
}
