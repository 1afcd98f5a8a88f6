//! Prints what the contract attacks schema checkers with, for `scripts/attack`: one JSON object a line, with what it is
//! (`suite`, `hostile`, `cost`), a name, a schema as text, whether it is taken, and data as text with whether it is admitted; `null`
//! where that is the checker's affair.
#![expect(clippy::unwrap_used, reason = "a tool of the tests may panic as a test itself may")]

use std::io::{self, BufWriter, Write as _};

use port_contract::schema_checker::{Hostile, Outcome, cost_cases, hostile_cases, limit_cases, suite_cases};
use serde_json::{Value, json};

fn main() {
    let mut lines = BufWriter::new(io::stdout().lock());
    let suite = suite_cases().into_iter().map(|case| {
        let data: Vec<Value> = case.data.iter().map(|(text, fits)| json!({"text": text, "fits": fits})).collect();
        json!({"item": "suite", "name": case.name, "schema": case.schema, "taken": case.taken, "data": data})
    });
    let hostile = hostile_cases().into_iter().chain(limit_cases()).map(|case| ("hostile", case));
    let costs = cost_cases().into_iter().map(|case| ("cost", case));
    let hostile = hostile.chain(costs).map(|(item, Hostile { name, schema, data, outcome })| {
        let fits = match outcome {
            Outcome::Fits => Some(true),
            Outcome::DataRefused => Some(false),
            Outcome::SchemaRefused | Outcome::Answered => None,
        };
        let taken = match outcome {
            Outcome::Fits | Outcome::DataRefused => Some(true),
            Outcome::SchemaRefused => Some(false),
            Outcome::Answered => None,
        };
        let data = json!([{"text": data, "fits": fits}]);
        json!({"item": item, "name": name, "schema": schema.to_string(), "taken": taken, "data": data})
    });
    for line in suite.chain(hostile) {
        writeln!(lines, "{line}").unwrap();
    }
    lines.flush().unwrap();
}
