//! Measures the hostile test suite: `cargo run --release -p server --example hostile_schemas jsonschema`, or with `valico`.
//!
//! The first columns are in milliseconds: the review of the schema, the first check of the data, and the best of five further
//! checks. Then follow where the check runs, `in place` or in a `worker`, and its result. A check in place must take less than
//! one millisecond; a worker has 150 milliseconds of processor time.

use std::{env, process::ExitCode, time::Instant};

use adapter_jsonschema::JsonSchema;
use adapter_valico::Valico;
use domain::access::Principal;
use port_contract::schema_checker::{hostile_cases, limit_cases};
use ports::SchemaChecker as _;
use schema::{
    Plan, Schema,
    field::{FieldError, FieldPath},
    json::{JsonDocument, JsonText},
};
use schema_checker::{Engine, WorkerSchemaChecker, in_place_budget};
use tokio::runtime::Handle;
use worker_pool::{PoolConfig, WorkerPool, run_worker};

const WORKER: &str = "worker";
/// Number of checks after the first.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    match env::args().nth(1).as_deref() {
        Some("jsonschema") => print_times::<JsonSchema>(),
        Some("valico") => print_times::<Valico>(),
        Some(WORKER) => return run_worker(&[adapter_jsonschema::TASK, adapter_valico::TASK]),
        _ => {
            eprintln!("expected an argument: jsonschema or valico");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

#[tokio::main]
async fn print_times<E: Engine>() {
    let program = env::current_exe().expect("a running program has a path");
    let pool = WorkerPool::new(PoolConfig::new(program, vec![WORKER.into()]), Handle::current());
    let checker = WorkerSchemaChecker::<E>::new(pool, Handle::current());
    let by = Principal::service();
    println!("{:>8} {:>8} {:>8}", "review", "first", "best");
    for case in hostile_cases().into_iter().chain(limit_cases()) {
        let text = JsonText::from_stored(case.schema.to_string());
        let start = Instant::now();
        let review = checker.review(text, &by).await.expect("an answer");
        let took = milliseconds(start);
        let Ok(schema) = review.outcome else {
            println!("{took:8.2} {:>17} schema refused: {}", "", case.name);
            continue;
        };
        let data = JsonDocument::parse(JsonText::from_stored(case.data), &FieldPath::root("data")).expect("JSON");
        let (first, best, place, errors) = match in_place::<E>(&schema, &data) {
            Some((first, best, errors)) => (first, best, "in place", errors),
            None => {
                let mut times = Vec::new();
                let mut errors = Vec::new();
                for _ in 0..=ROUNDS {
                    let start = Instant::now();
                    errors = checker.check_data(&schema, &data, "data", &by).await.expect("an answer");
                    times.push(milliseconds(start));
                }
                (times[0], best(&times[1..]), "worker", errors)
            }
        };
        println!("{took:8.2} {first:8.2} {best:8.2} {place}: {}: {}", case.name, summary(&errors));
    }
}

/// Runs the check as the service does it in place; `None` if it must run in a worker. Returns the time of the first check, the
/// best time of further ones, and the errors.
fn in_place<E: Engine>(schema: &Schema, data: &JsonDocument) -> Option<(f64, f64, Vec<FieldError>)> {
    let plan: Plan = schema.plan();
    let covers = || in_place_budget::<E>().covers(&plan, data.value());
    if !covers() {
        return None;
    }
    let compiled = E::compile(&plan).unwrap_or_else(|error| panic!("{}", error.0));
    let mut times = Vec::new();
    let mut errors = Vec::new();
    for _ in 0..=ROUNDS {
        let start = Instant::now();
        covers();
        let is_valid = E::is_valid(&compiled, data.value()).unwrap_or_else(|error| panic!("{}", error.0));
        errors = if is_valid { Vec::new() } else { plan.explain_refusal(data.value(), "data") };
        times.push(milliseconds(start));
    }
    Some((times[0], best(&times[1..]), errors))
}

fn best(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::MAX, f64::min)
}

fn summary(errors: &[FieldError]) -> String {
    match errors.first() {
        None => "fits".to_owned(),
        Some(error) => format!("{} errors ({})", errors.len(), error.message.chars().take(40).collect::<String>()),
    }
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
