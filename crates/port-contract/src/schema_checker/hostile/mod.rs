//! Schemas and data that make a checker without limits crash, run for seconds, or take much memory.

mod costs;
mod graphs;
mod limits;
mod sizes;
mod unpriced;

use domain::limits::{DATA_BYTES, JSON_DEPTH};
use ports::SchemaChecker;
use schema::{Plan, Schema, json::JsonText};
use serde_json::Value;

use super::{caller, compiles, document_of};

/// A schema and data that are hostile to a checker without limits.
pub struct Hostile {
    /// What is expensive or deep in it.
    pub name: String,
    /// A schema.
    pub schema: Value,
    /// Data, as text: at most 256 KiB, nested at most 64 deep.
    pub data: String,
    /// The expected outcome.
    pub outcome: Outcome,
}

/// The expected outcome of a hostile pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The guard does not take the schema.
    SchemaRefused,
    /// The schema is taken and the data fits it.
    Fits,
    /// The schema is taken and the data is refused: for what it is, or for the work it would be.
    DataRefused,
    /// Any answer is right. A schema is refused as too complex only.
    Answered,
}

/// An accepted hostile pair gets an answer, and the right one. How fast is measured, not tested: see the server's example
/// `hostile_schemas`.
pub async fn hostile_schemas_are_answered(checker: &dyn SchemaChecker) {
    for case in hostile_cases() {
        let text = JsonText::from_stored(case.schema.to_string());
        match checker.review(text, &caller()).await.expect("an answer").verdict {
            Err(errors) => {
                let may_be_refused = match case.outcome {
                    Outcome::SchemaRefused => true,
                    Outcome::Answered => errors == Schema::too_complex_errors(),
                    Outcome::Fits | Outcome::DataRefused => false,
                };
                assert!(may_be_refused, "{}: {errors:?}", case.name);
            }
            Ok(schema) => {
                let data = document_of(case.data);
                let errors = checker.check_data(&schema, &data, "data", &caller()).await.expect("an answer");
                match case.outcome {
                    Outcome::SchemaRefused => panic!("{}: the schema was accepted", case.name),
                    Outcome::Fits => assert_eq!(errors, [], "{}", case.name),
                    Outcome::DataRefused => assert_ne!(errors, [], "{}", case.name),
                    Outcome::Answered => {}
                }
            }
        }
    }
}

/// Each limit of the guard is exact: what is one past it is refused by name, at its place; the largest within it is compiled,
/// and the worst data is answered rightly or refused as too much work.
pub async fn limits_are_exact_and_small_enough(checker: &dyn SchemaChecker) {
    let (mut tried, mut too_much) = (0, 0);
    for limit in limits::limits() {
        let Err(past) = Schema::parse(JsonText::from_stored(limit.past.to_string())) else {
            panic!("{}: the guard let the smallest past it through", limit.rule);
        };
        let found: Vec<_> = past.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect();
        assert!(
            matches!(found.as_slice(), [(place, message)] if place.starts_with(limit.place) && *message == limit.message),
            "{}: {found:?}",
            limit.rule
        );
        let schema = super::accepted(&limit.within);
        compiles(checker, &schema, limit.rule).await;
        let plan = schema.plan();
        for (name, data) in worst_data() {
            let data = document_of(data);
            let found = checker.check_data(&schema, &data, "data", &caller()).await.expect("an answer");
            tried += 1;
            if found == Plan::too_expensive_errors("data") {
                too_much += 1;
            } else {
                assert_eq!(found, plan.explain(data.value(), "data"), "{}: {name}", limit.rule);
            }
        }
    }
    assert!(too_much < tried / 3, "{too_much} of {tried} were too much work");
}

/// The smallest schema past each limit of the guard, and the largest within it, with each of the worst data.
pub fn limit_cases() -> Vec<Hostile> {
    let past = |limit: &limits::Limit| {
        case(&format!("past: {}", limit.rule), limit.past.clone(), "{}".to_owned(), Outcome::SchemaRefused)
    };
    let with_data = |limit: limits::Limit| {
        worst_data().into_iter().map(move |(name, data)| {
            case(&format!("{}: {name}", limit.rule), limit.within.clone(), data, Outcome::Answered)
        })
    };
    let limits = limits::limits();
    let past: Vec<Hostile> = limits.iter().map(past).collect();
    past.into_iter().chain(limits.into_iter().flat_map(with_data)).collect()
}

/// Data of the largest size, each with much of one thing.
fn worst_data() -> Vec<(&'static str, String)> {
    let room = DATA_BYTES - 7 * JSON_DEPTH;
    let nested = |open: &str, close: &str| {
        let levels = JSON_DEPTH - 2; // the root, and the array inside
        let items = vec!["1"; room / 2].join(",");
        format!(r#"{{"x":{}[{items}]{}}}"#, open.repeat(levels), close.repeat(levels))
    };
    let members: Vec<String> = (0..26_000).map(|n| format!(r#""{n}":1"#)).collect();
    vec![
        ("items", full_of("1")),
        ("long items", full_of(&format!(r#""{}""#, "a".repeat(124)))),
        ("objects in items", full_of(r#"{"x":{}}"#)),
        ("members", format!("{{{}}}", members.join(","))),
        ("a long name around members", format!(r#"{{"{}":{{{}}}}}"#, "n".repeat(50_000), members[..18_000].join(","))),
        ("a long string", format!(r#"{{"x":"{}"}}"#, "a".repeat(room))),
        ("objects, 64 deep, around items", nested(r#"{"x":"#, "}")),
        ("arrays, 64 deep, around items", nested("[", "]")),
    ]
}

/// Schemas and data within all limits, whose product is expensive.
pub fn cost_cases() -> Vec<Hostile> {
    costs::products().into_iter().chain(costs::compiling()).chain(unpriced::small_data()).collect()
}

/// The suite.
pub fn hostile_cases() -> Vec<Hostile> {
    let mut cases = graphs::recursion();
    cases.extend(graphs::references());
    cases.extend(cost_cases());
    cases.extend(sizes::large_arrays());
    cases.extend(sizes::patterns());
    cases.extend(sizes::wide_schemas());
    cases.extend(sizes::long_names());
    for case in &cases {
        assert!(case.data.len() <= DATA_BYTES, "{}: {} bytes", case.name, case.data.len());
    }
    cases
}

fn case(name: &str, schema: Value, data: impl Into<String>, outcome: Outcome) -> Hostile {
    Hostile { name: name.into(), schema, data: data.into(), outcome }
}

/// `{"x":[…]}` with as many copies of an item as fit into the largest data.
fn full_of(item: &str) -> String {
    let count = (DATA_BYTES - 7) / (item.len() + 1);
    format!(r#"{{"x":[{}]}}"#, vec![item; count].join(","))
}

fn nested_x(levels: usize) -> String {
    format!("{}{}{}", r#"{"x":"#.repeat(levels - 1), "{}", "}".repeat(levels - 1))
}
