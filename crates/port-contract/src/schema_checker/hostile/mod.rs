//! Schemas and data that make a checker without limits crash, run for seconds, or use too much memory.

mod costs;
mod graphs;
mod hard_to_estimate;
mod limits;
mod sizes;

use domain::limits::{MAX_DATA_BYTES, MAX_JSON_DEPTH};
use ports::SchemaChecker;
use schema::{Plan, Schema, json::JsonText};
use serde_json::Value;

use super::{assert_compiles, caller, document_of};

/// A hostile schema with hostile data.
pub struct HostileCase {
    /// What is expensive or deep.
    pub name: String,
    /// A schema.
    pub schema: Value,
    /// The data as text, at most 256 KiB and 64 levels.
    pub data: String,
    /// The expected result.
    pub expected: Expected,
}

/// The expected result of a hostile case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The guard refuses the schema.
    SchemaRefused,
    /// The schema is accepted and the data is valid.
    Valid,
    /// The schema is accepted and the data is refused: as invalid, or as too expensive to check.
    DataRefused,
    /// Any answer, except that a schema may be refused only as too complex.
    AnyAnswer,
}

/// Each hostile case gets the expected answer. The time is measured by the server's example `hostile_schemas`, not here.
pub async fn hostile_schemas_are_answered(checker: &dyn SchemaChecker) {
    for case in hostile_cases() {
        let text = JsonText::from_stored(case.schema.to_string());
        match checker.review(text, &caller()).await.expect("an answer").outcome {
            Err(errors) => {
                let may_be_refused = match case.expected {
                    Expected::SchemaRefused => true,
                    Expected::AnyAnswer => errors == Schema::too_complex_errors(),
                    Expected::Valid | Expected::DataRefused => false,
                };
                assert!(may_be_refused, "{}: {errors:?}", case.name);
            }
            Ok(schema) => {
                let data = document_of(case.data);
                let errors = checker.check_data(&schema, &data, "data", &caller()).await.expect("an answer");
                match case.expected {
                    Expected::SchemaRefused => panic!("{}: the schema was accepted", case.name),
                    Expected::Valid => assert_eq!(errors, [], "{}", case.name),
                    Expected::DataRefused => assert_ne!(errors, [], "{}", case.name),
                    Expected::AnyAnswer => {}
                }
            }
        }
    }
}

/// Each limit of the guard is exact: the smallest schema past it is refused with the limit's message, and the largest within
/// it compiles. With that one, the worst data gets the right answer or is refused as too expensive.
pub async fn limits_are_exact_and_small_enough(checker: &dyn SchemaChecker) {
    let (mut tried, mut too_expensive) = (0, 0);
    for limit in limits::limits() {
        let Err(past) = Schema::parse(JsonText::from_stored(limit.past.to_string())) else {
            panic!("{}: the guard accepted a schema past the limit", limit.rule);
        };
        let found: Vec<_> = past.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect();
        assert!(
            matches!(found.as_slice(), [(path, message)] if path.starts_with(limit.path) && *message == limit.message),
            "{}: {found:?}",
            limit.rule
        );
        let schema = super::accepted(&limit.within);
        assert_compiles(checker, &schema, limit.rule).await;
        let plan = schema.plan();
        for (name, data) in worst_data() {
            let data = document_of(data);
            let found = checker.check_data(&schema, &data, "data", &caller()).await.expect("an answer");
            tried += 1;
            if found == Plan::too_expensive_errors("data") {
                too_expensive += 1;
            } else {
                assert_eq!(found, plan.explain(data.value(), "data"), "{}: {name}", limit.rule);
            }
        }
    }
    assert!(too_expensive < tried / 3, "{too_expensive} of {tried} were too expensive");
}

/// For each limit of the guard: the smallest schema past it, and the largest within it with the worst data.
pub fn limit_cases() -> Vec<HostileCase> {
    let past = |limit: &limits::Limit| {
        case(&format!("past: {}", limit.rule), limit.past.clone(), "{}".to_owned(), Expected::SchemaRefused)
    };
    let with_data = |limit: limits::Limit| {
        worst_data().into_iter().map(move |(name, data)| {
            case(&format!("{}: {name}", limit.rule), limit.within.clone(), data, Expected::AnyAnswer)
        })
    };
    let limits = limits::limits();
    let past: Vec<HostileCase> = limits.iter().map(past).collect();
    past.into_iter().chain(limits.into_iter().flat_map(with_data)).collect()
}

/// Data of the maximum size, each with the maximum of one thing.
fn worst_data() -> Vec<(&'static str, String)> {
    let available = MAX_DATA_BYTES - 7 * MAX_JSON_DEPTH;
    let nested = |open: &str, close: &str| {
        let levels = MAX_JSON_DEPTH - 2; // the root, and the array inside
        let items = vec!["1"; available / 2].join(",");
        format!(r#"{{"x":{}[{items}]{}}}"#, open.repeat(levels), close.repeat(levels))
    };
    let members: Vec<String> = (0..26_000).map(|n| format!(r#""{n}":1"#)).collect();
    vec![
        ("items", full_of("1")),
        ("long items", full_of(&format!(r#""{}""#, "a".repeat(124)))),
        ("objects in items", full_of(r#"{"x":{}}"#)),
        ("members", format!("{{{}}}", members.join(","))),
        ("a long name around members", format!(r#"{{"{}":{{{}}}}}"#, "n".repeat(50_000), members[..18_000].join(","))),
        ("a long string", format!(r#"{{"x":"{}"}}"#, "a".repeat(available))),
        ("objects, 64 deep, around items", nested(r#"{"x":"#, "}")),
        ("arrays, 64 deep, around items", nested("[", "]")),
    ]
}

/// Cases within all limits whose combination of schema and data is expensive.
pub fn cost_cases() -> Vec<HostileCase> {
    costs::products().into_iter().chain(costs::compiling()).chain(hard_to_estimate::small_data()).collect()
}

/// All hostile cases.
pub fn hostile_cases() -> Vec<HostileCase> {
    let mut cases = graphs::recursion();
    cases.extend(graphs::references());
    cases.extend(cost_cases());
    cases.extend(sizes::large_arrays());
    cases.extend(sizes::patterns());
    cases.extend(sizes::wide_schemas());
    cases.extend(sizes::long_names());
    for case in &cases {
        assert!(case.data.len() <= MAX_DATA_BYTES, "{}: {} bytes", case.name, case.data.len());
    }
    cases
}

fn case(name: &str, schema: Value, data: impl Into<String>, expected: Expected) -> HostileCase {
    HostileCase { name: name.into(), schema, data: data.into(), expected }
}

/// `{"x":[…]}` of the maximum size, with copies of an item.
fn full_of(item: &str) -> String {
    let count = (MAX_DATA_BYTES - 7) / (item.len() + 1);
    format!(r#"{{"x":[{}]}}"#, vec![item; count].join(","))
}

fn nested_x(levels: usize) -> String {
    format!("{}{}{}", r#"{"x":"#.repeat(levels - 1), "{}", "}".repeat(levels - 1))
}
