//! Checks many sources, for tests in other languages: one JSON string a line on stdin, one report a line on stdout.
//!
//!   printf '%s\n' '"export default () => null;"' | cargo run -p adapter-oxc --example review_components
//!
//! With the argument `modules` each report also has the module, or null. With `kept` sources are compiled as stored ones, without
//! the policy. The sources go through a pool of worker processes, as in the service; this program is also the worker.
#![expect(clippy::unwrap_used, reason = "a tool of the tests may panic as a test itself may")]

use std::{
    env,
    io::{self, BufRead as _, Write as _},
    process::ExitCode,
    time::Duration,
};

use adapter_oxc::{ComponentWorkers, TASK};
use domain::{component::ComponentSource, id::ApiKeyId, styles::Styles};
use ports::{CheckError, ComponentReview, ComponentReviewer as _, ReviewSettings};
use serde_json::json;
use tokio::{runtime::Handle, task::JoinHandle};
use worker_pool::{PoolConfig, WorkerPool, run_worker};

/// The argument that runs this program as a worker process.
const WORKER: &str = "worker";

/// The argument that requests modules.
const MODULES: &str = "modules";

/// The argument that requests modules without the policy.
const KEPT: &str = "kept";

/// Maximum number of sources in flight.
const MAX_IN_FLIGHT: usize = 64;

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some(WORKER) {
        return run_worker(&[TASK]);
    }
    let argument = env::args().nth(1);
    let kept = argument.as_deref() == Some(KEPT);
    check_stdin(kept || argument.as_deref() == Some(MODULES), kept);
    ExitCode::SUCCESS
}

#[tokio::main]
async fn check_stdin(with_modules: bool, kept: bool) {
    // This program has no other callers, so no source is refused because the machine is busy.
    let config = PoolConfig {
        queue: MAX_IN_FLIGHT,
        queue_per_caller: MAX_IN_FLIGHT,
        wait_limit: Duration::from_secs(120),
        ..PoolConfig::new(env::current_exe().unwrap(), vec![WORKER.into()])
    };
    let workers = ComponentWorkers::new(WorkerPool::new(config, Handle::current()), Default::default());
    let caller = ApiKeyId::from_uuid(uuid::Uuid::from_u128(1));
    let mut lines = io::stdin().lock().lines();
    let mut answers = io::stdout().lock();
    loop {
        let checks: Vec<JoinHandle<Result<ComponentReview, CheckError>>> = lines
            .by_ref()
            .take(MAX_IN_FLIGHT)
            .map(|line| {
                let text: String = serde_json::from_str(&line.unwrap()).unwrap();
                let (source, workers) = (ComponentSource::parse(&text).unwrap(), workers.clone());
                tokio::spawn(async move {
                    match kept {
                        true => workers.compile_stored(&source, Styles::Auto, caller).await,
                        false => workers.review(&source, &ReviewSettings::default(), caller).await,
                    }
                })
            })
            .collect();
        if checks.is_empty() {
            break;
        }
        for check in checks {
            let review = check.await.unwrap().unwrap();
            let errors: Vec<_> = review
                .errors()
                .iter()
                .map(|it| {
                    json!({
                        "line": it.line, "column": it.column, "code": it.code, "message": it.message,
                    })
                })
                .collect();
            let warnings: Vec<_> = review.warnings.iter().map(ToString::to_string).collect();
            let mut answer = json!({ "errors": errors, "warnings": warnings });
            if with_modules {
                answer["module"] = review.outcome.ok().map(|module| module.code().to_owned()).into();
            }
            writeln!(answers, "{answer}").unwrap();
        }
    }
}
