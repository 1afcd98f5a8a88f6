//! Schemas and data that are meant to kill, hang or bloat a checker.

mod graphs;
mod sizes;

use domain::{json::JsonText, limits::DATA_BYTES, schema::Schema};
use serde_json::Value;

use super::document_of;
use crate::SchemaChecker;

/// A schema that is meant to kill, hang or bloat a checker, and data to go with it.
pub struct Hostile {
    /// What it does to a checker that is not guarded.
    pub name: &'static str,
    /// A schema.
    pub schema: Value,
    /// Data, as text: at most 256 KiB, nested at most 64 deep.
    pub data: String,
    /// What has to come of it.
    pub outcome: Outcome,
}

/// What has to come of a hostile pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The guard does not take the schema.
    SchemaRefused,
    /// The schema is taken and the data fits it.
    Fits,
    /// The schema is taken and the data is refused: for what it is, or for the work it would be.
    DataRefused,
    /// The schema is taken, and how far a checker gets with the data is its own affair.
    Answered,
}

/// An accepted hostile pair gets an answer, and the right one. How fast is measured, not tested: see the adapters'
/// `hostile_schemas_…` example.
pub async fn hostile_schemas_are_answered(checker: &dyn SchemaChecker) {
    for case in hostile_cases() {
        match Schema::parse(JsonText::from_stored(case.schema.to_string())) {
            Err(errors) => assert_eq!(case.outcome, Outcome::SchemaRefused, "{}: {errors:?}", case.name),
            Ok(checked) => {
                assert_eq!(checker.check_schema(&checked.schema).await, Ok(Vec::new()), "{}", case.name);
                let data = document_of(case.data);
                let errors = checker.check_data(&checked.schema, &data, "data").await.expect("an answer");
                match case.outcome {
                    Outcome::SchemaRefused => panic!("{}: the guard let it through", case.name),
                    Outcome::Fits => assert_eq!(errors, [], "{}", case.name),
                    Outcome::DataRefused => assert_ne!(errors, [], "{}", case.name),
                    Outcome::Answered => {}
                }
            }
        }
    }
}

/// The suite.
pub fn hostile_cases() -> Vec<Hostile> {
    let mut cases = graphs::recursion();
    cases.extend(graphs::references());
    cases.extend(sizes::large_arrays());
    cases.extend(sizes::patterns());
    cases.extend(sizes::wide_schemas());
    cases.extend(sizes::long_names());
    for case in &cases {
        assert!(case.data.len() <= DATA_BYTES, "{}: {} bytes", case.name, case.data.len());
    }
    cases
}

fn case(name: &'static str, schema: Value, data: impl Into<String>, outcome: Outcome) -> Hostile {
    Hostile { name, schema, data: data.into(), outcome }
}

/// `{"x":[…]}` with as many copies of an item as fit into the largest data.
fn full_of(item: &str) -> String {
    let count = (DATA_BYTES - 7) / (item.len() + 1);
    format!(r#"{{"x":[{}]}}"#, vec![item; count].join(","))
}

fn nested_x(levels: usize) -> String {
    format!("{}{}{}", r#"{"x":"#.repeat(levels - 1), "{}", "}".repeat(levels - 1))
}
