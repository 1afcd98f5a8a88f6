//! Prints the schemas and data of the contract for `scripts/attack`, one JSON object a line: kind (`suite`, `hostile`,
//! `cost`), name, schema as text, whether it is accepted (`taken`), and data as text with whether it is valid (`fits`). `null`
//! where both answers are allowed.
#![expect(clippy::unwrap_used, reason = "a tool of the tests may panic as a test itself may")]

use std::io::{self, BufWriter, Write as _};

use port_contract::schema_checker::{Expected, HostileCase, cost_cases, hostile_cases, limit_cases, suite_cases};
use serde_json::{Value, json};

fn main() {
    let mut lines = BufWriter::new(io::stdout().lock());
    let suite = suite_cases().into_iter().map(|case| {
        let data: Vec<Value> = case.data.iter().map(|(text, fits)| json!({"text": text, "fits": fits})).collect();
        json!({"item": "suite", "name": case.name, "schema": case.schema, "taken": case.is_accepted, "data": data})
    });
    let hostile = hostile_cases().into_iter().chain(limit_cases()).map(|case| ("hostile", case));
    let costs = cost_cases().into_iter().map(|case| ("cost", case));
    let hostile = hostile.chain(costs).map(|(item, HostileCase { name, schema, data, expected })| {
        let fits = match expected {
            Expected::Valid => Some(true),
            Expected::DataRefused => Some(false),
            Expected::SchemaRefused | Expected::AnyAnswer => None,
        };
        let taken = match expected {
            Expected::Valid | Expected::DataRefused => Some(true),
            Expected::SchemaRefused => Some(false),
            Expected::AnyAnswer => None,
        };
        let data = json!([{"text": data, "fits": fits}]);
        json!({"item": item, "name": name, "schema": schema.to_string(), "taken": taken, "data": data})
    });
    for line in suite.chain(hostile) {
        writeln!(lines, "{line}").unwrap();
    }
    lines.flush().unwrap();
}
