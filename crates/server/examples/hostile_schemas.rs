//! Times the hostile suite: `cargo run --release -p server --example hostile_schemas jsonschema`, or with `valico`.
//!
//! Every accepted pair has to stay under 100 ms of one core. Columns: the guard, the check of the schema, the check of the
//! data with a schema that is not yet compiled and with one that is, in milliseconds, each the best of five; then what came
//! of it.

use std::{env, process::ExitCode, time::Instant};

use adapter_jsonschema::JsonSchemaChecker;
use adapter_valico::ValicoChecker;
use domain::{
    field::FieldPath,
    json::{JsonDocument, JsonText},
    schema::Schema,
};
use ports::{
    SchemaChecker,
    contract::schema_checker::{hostile_cases, limit_cases},
};

fn main() -> ExitCode {
    let make: fn() -> Box<dyn SchemaChecker> = match env::args().nth(1).as_deref() {
        Some("jsonschema") => || Box::new(JsonSchemaChecker::new()),
        Some("valico") => || Box::new(ValicoChecker::new()),
        _ => {
            eprintln!("which checker: jsonschema or valico?");
            return ExitCode::FAILURE;
        }
    };
    print_times(make);
    ExitCode::SUCCESS
}

#[tokio::main(flavor = "current_thread")]
async fn print_times(make: fn() -> Box<dyn SchemaChecker>) {
    println!("{:>8} {:>8} {:>8} {:>8}", "guard", "schema", "cold", "warm");
    for case in hostile_cases().into_iter().chain(limit_cases()) {
        let text = JsonText::from_stored(case.schema.to_string());
        let (guard, parsed) = timed(|| Schema::parse(text.clone()));
        let Ok(checked) = parsed else {
            println!("{guard:8.1} {:>26} schema refused: {}", "", case.name);
            continue;
        };
        let data = JsonDocument::parse(JsonText::from_stored(case.data), &FieldPath::root("data")).expect("JSON");
        let mut best = [guard, f64::MAX, f64::MAX, f64::MAX];
        let mut errors = Vec::new();
        // The best of some: what else the machine does is not measured.
        for _ in 0..5 {
            let checker = make();
            let guard = timed(|| Schema::parse(text.clone())).0;
            let start = Instant::now();
            checker.check_schema(&checked.schema).await.expect("an answer");
            let schema = milliseconds(start);
            let start = Instant::now();
            checker.check_data(&checked.schema, &data, "data").await.expect("an answer");
            let cold = milliseconds(start);
            let start = Instant::now();
            errors = checker.check_data(&checked.schema, &data, "data").await.expect("an answer");
            let warm = milliseconds(start);
            best.iter_mut().zip([guard, schema, cold, warm]).for_each(|(best, time)| *best = best.min(time));
        }
        let [guard, schema, cold, warm] = best;
        let verdict = match errors.first() {
            None => "fits".to_owned(),
            Some(error) => format!("{} errors ({})", errors.len(), error.message.chars().take(40).collect::<String>()),
        };
        println!("{guard:8.1} {schema:8.1} {cold:8.1} {warm:8.1} {}: {verdict}", case.name);
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = work();
    (milliseconds(start), result)
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}
