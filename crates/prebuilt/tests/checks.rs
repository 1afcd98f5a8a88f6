//! The pre-built widgets pass the service's checks: components with no warning except the one for inline styles, and schemas with
//! their examples.
//!
//! The checks run in worker processes. The worker is this program, so it has a `main` instead of the test harness.

#![expect(clippy::unwrap_used, reason = "a test, though without the harness")]

use std::process::ExitCode;

use adapter_jsonschema::JsonSchemaChecker;
use adapter_oxc::ComponentWorkers;
use domain::{access::Principal, component::INLINE_STYLE_WARNING};
use ports::{ComponentReviewer as _, ReviewSettings, SchemaChecker as _};
use schema::{json::JsonDocument, json::JsonText};
use tokio::runtime::Handle;
use worker_pool::{PoolConfig, WorkerPool, run_worker};

const WORKER: &str = "worker";

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == WORKER) {
        return run_worker(&[adapter_oxc::TASK, adapter_jsonschema::TASK]);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let pool =
            WorkerPool::new(PoolConfig::new(std::env::current_exe().unwrap(), vec![WORKER.into()]), Handle::current());
        every_component_passes(ComponentWorkers::new(pool.clone(), Default::default())).await;
        every_schema_fits_its_example_and_not_an_empty_object(JsonSchemaChecker::new(pool, Handle::current())).await;
    });
    ExitCode::SUCCESS
}

async fn every_component_passes(workers: ComponentWorkers) {
    let widgets = prebuilt::widgets();
    assert_eq!(widgets.len(), 7);
    for widget in widgets {
        let review =
            workers.review(&widget.component, &ReviewSettings::default(), Principal::service().key).await.unwrap();
        assert_eq!(review.errors(), [], "{}", widget.key);
        let others: Vec<_> = review.warnings.iter().filter(|warning| warning.message != INLINE_STYLE_WARNING).collect();
        assert!(others.is_empty(), "{}: {others:?}", widget.key);
        let code = review.outcome.unwrap().code().len();
        assert!(code < widget.component.as_str().len() * 2, "{}: {code} bytes", widget.key);
        println!("component of {} passes, {code} bytes compiled", widget.key);
    }
}

async fn every_schema_fits_its_example_and_not_an_empty_object(checker: JsonSchemaChecker) {
    let by = Principal::service();
    let nothing = JsonDocument::parse(JsonText::empty_object(), &Default::default()).unwrap();
    for widget in prebuilt::widgets() {
        let review = checker.review(widget.schema.text().clone(), &by).await.unwrap();
        assert_eq!(review.outcome.as_ref(), Ok(&widget.schema), "{}", widget.key);
        let errors = checker.check_data(&widget.schema, &widget.example, "data", &by).await.unwrap();
        assert_eq!(errors, [], "{}", widget.key);
        for example in widget.schema.examples() {
            let example = JsonDocument::parse(example, &Default::default()).unwrap();
            let errors = checker.check_data(&widget.schema, &example, "examples", &by).await.unwrap();
            assert_eq!(errors, [], "{}", widget.key);
        }
        let errors = checker.check_data(&widget.schema, &nothing, "data", &by).await.unwrap();
        assert!(!errors.is_empty(), "{} would render nothing", widget.key);
        println!("schema of {} passes", widget.key);
    }
}
