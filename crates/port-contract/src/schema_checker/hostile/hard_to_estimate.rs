//! Small data whose check is expensive in a way that a count of steps may miss: long names, large constants, patterns.

use serde_json::{Map, Value, json};

use super::{super::of_x, Expected, HostileCase, case};

pub(super) fn small_data() -> Vec<HostileCase> {
    let mut cases = long_required_names();
    cases.extend(large_tags());
    cases.extend(alternating_patterns());
    cases
}

/// References to a `required` with one long name, and data whose names differ from it only at the end.
fn long_required_names() -> Vec<HostileCase> {
    let pair = |references: usize, bytes: usize| {
        let name = "n".repeat(bytes);
        let reference = json!({"$ref": "#/definitions/long"});
        let schema = json!({
            "type": "object",
            "definitions": {"long": {"required": [name]}},
            "properties": {"x": {"anyOf": vec![reference; references]}},
        });
        let members: Map<String, Value> = (0..4).map(|n| (format!("{}{n}", &name[1..]), json!(1))).collect();
        case(
            &format!("{references} references to a required name of {bytes} bytes"),
            schema,
            json!({"x": members}).to_string(),
            Expected::DataRefused,
        )
    };
    vec![pair(1_900, 60_000), pair(250, 480), pair(1_900, 16)]
}

/// Shapes whose tags are large constants that differ only at the end.
fn large_tags() -> Vec<HostileCase> {
    let pair = |name: &str, shapes: usize, tag: &dyn Fn(usize) -> Value| {
        let shape = |n: usize| json!({"properties": {"kind": {"const": tag(n)}}});
        let shapes: Vec<Value> = (0..shapes).map(shape).collect();
        let items = vec![json!({"kind": 0}); 100];
        case(name, of_x(&json!({"items": {"oneOf": shapes}})), json!({ "x": items }).to_string(), Expected::DataRefused)
    };
    let numbers = |n: usize| [vec![1; 400], vec![n + 2]].concat().into();
    let text = |n: usize| format!("{}{n}", "a".repeat(4_000)).into();
    vec![pair("shapes with arrays as tags", 11, &numbers), pair("shapes with long strings as tags", 11, &text)]
}

/// Patterns whose automata have thousands of states, or thousands of empty transitions.
fn alternating_patterns() -> Vec<HostileCase> {
    let pattern = |n: usize| format!("^(a|b)*a(a|b){{10}}c{n}$");
    let text: String = (0..30_u32).map(|n| if n * n % 7 < 3 { 'a' } else { 'b' }).collect();
    let patterns: Vec<Value> = (0..40).map(|n| json!({"pattern": pattern(n)})).collect();
    let names: Map<String, Value> = (0..40).map(|n| (pattern(n), json!(false))).collect();
    let edges = |repetitions: usize| format!(r"(?:{}[^é]){{{repetitions}}}[^é]\b", "|".repeat(450));
    let accents = "é".repeat(300);
    vec![
        case(
            "names against 18,000 empty alternatives",
            of_x(&json!({"propertyNames": {"pattern": edges(40)}})),
            json!({"x": {&accents: 1}}).to_string(),
            Expected::SchemaRefused,
        ),
        case(
            "names against 1,800 empty alternatives",
            of_x(&json!({"propertyNames": {"pattern": edges(4)}})),
            json!({"x": {&accents: 1}}).to_string(),
            Expected::DataRefused,
        ),
        case(
            "patterns with many states",
            of_x(&json!({"allOf": patterns})),
            json!({ "x": text }).to_string(),
            Expected::DataRefused,
        ),
        case(
            "names against patterns with many states",
            json!({"type": "object", "patternProperties": names}),
            format!(r#"{{"{text}":1}}"#),
            Expected::Valid,
        ),
    ]
}
