//! Compiles lists of class names, for tests in other languages: one JSON array a line on stdin, one answer a line on stdout: the
//! style sheet as a JSON string, or an object with the `error`.
//!
//!   printf '%s\n' '["flex"]' | cargo run -p adapter-quickjs --example compile_styles
//!
//! The lists go through a pool of worker processes, as in the service; this program is also the worker.
#![expect(clippy::unwrap_used, reason = "a tool of the tests may panic as a test itself may")]

use std::{
    env,
    io::{self, BufRead as _},
    process::ExitCode,
    time::Duration,
};

use adapter_quickjs::Tailwind;
use ports::StyleCompiler as _;
use serde_json::json;
use tokio::runtime::Handle;
use worker_pool::{Caller, Handler, Job, PoolConfig, Task, TaskId, WorkerPool, run_worker};

/// The argument that runs this program as a worker process.
const WORKER: &str = "worker";

const TASK: Task = Task { id: TaskId(9), handler };

fn handler() -> Handler {
    let tailwind = Tailwind::new(web_assets::tailwind().unwrap());
    Box::new(move |input, _| {
        let candidates: Vec<String> = serde_json::from_slice(input)?;
        let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
        let answer =
            tailwind.compile(&candidates).map_or_else(|error| json!({ "error": error.to_string() }), Into::into);
        Ok(serde_json::to_vec(&answer)?)
    })
}

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some(WORKER) {
        return run_worker(&[TASK]);
    }
    compile_stdin();
    ExitCode::SUCCESS
}

#[tokio::main]
async fn compile_stdin() {
    // The limits of the compiler are tried, not those of the pool.
    let config = PoolConfig {
        workers: 1,
        wall_limit: Duration::from_secs(60),
        ..PoolConfig::new(env::current_exe().unwrap(), vec![WORKER.into()])
    };
    let pool = WorkerPool::new(config, Handle::current());
    for line in io::stdin().lock().lines() {
        let job = Job {
            task: TASK.id,
            input: line.unwrap().into_bytes(),
            caller: Caller(1),
            cpu_limit: Duration::from_secs(20),
            max_output_bytes: 1024 * 1024,
        };
        let answer = match pool.run(job).await {
            Ok(answer) => String::from_utf8(answer).unwrap(),
            Err(error) => json!({ "error": format!("{error:?}") }).to_string(),
        };
        println!("{answer}");
    }
}
