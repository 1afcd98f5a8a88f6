//! Large numbers of items, members, patterns, subschemas, and long names.

use domain::limits::MAX_DATA_BYTES;
use schema::Format;
use serde_json::{Map, Value, json};

use super::{super::of_x, Expected, HostileCase, case, full_of};

pub(super) fn large_arrays() -> Vec<HostileCase> {
    let numbers: Vec<String> = (0..43_000).map(|n| n.to_string()).collect();
    let different = format!(r#"{{"x":[{}]}}"#, numbers.join(","));
    let long = |last: &str| {
        let items: Vec<String> = (0..250).map(|n| format!(r#""{}{n}{last}""#, "a".repeat(1_000))).collect();
        format!(r#"{{"x":[{}]}}"#, items.join(","))
    };
    let arrays: Vec<String> = (0..30_000).map(|n| format!("[{n}]")).collect();
    let unique = of_x(&json!({"uniqueItems": true}));
    let nested = (0..60).fold(json!({"uniqueItems": true}), |inner, _| json!({"uniqueItems": true, "items": inner}));
    let tower = format!(r#"{{"x":{}{}{}}}"#, "[".repeat(60), numbers[..40_000].join(","), "]".repeat(60));
    vec![
        case("uniqueItems over numbers", unique.clone(), different, Expected::AnyAnswer),
        case("uniqueItems over long strings", unique.clone(), long(""), Expected::AnyAnswer),
        case(
            "uniqueItems over arrays",
            unique.clone(),
            format!(r#"{{"x":[{}]}}"#, arrays.join(",")),
            Expected::AnyAnswer,
        ),
        case("uniqueItems over one number 131,000 times", unique, full_of("1"), Expected::DataRefused),
        case("uniqueItems at each of 60 levels", of_x(&nested), tower, Expected::AnyAnswer),
        case(
            "the maximum number of items",
            of_x(&json!({"items": {"type": "integer"}})),
            full_of("1"),
            Expected::AnyAnswer,
        ),
        case("an error in each item", of_x(&json!({"items": {"type": "string"}})), full_of("1"), Expected::DataRefused),
        case(
            "an error in each item, within shapes",
            of_x(&json!({"items": {"anyOf": [{"type": "string"}, {"minimum": 2}]}})),
            full_of("1"),
            Expected::DataRefused,
        ),
        case(
            "a refusal among many shapes that fit",
            json!({"type": "object", "properties": {"x": {"items": {"anyOf": shapes(json!({"type": "integer"}))}}, "z": false}}),
            full_of("1").replacen("1,1", "1", 4).replace("]}", "],\"z\":1}"),
            Expected::DataRefused,
        ),
        case(
            "contains with shapes that no item has",
            of_x(&json!({"contains": {"anyOf": shapes(json!({"type": "string"}))}})),
            full_of("1"),
            Expected::DataRefused,
        ),
        case(
            "the maximum number of members",
            json!({"type": "object", "additionalProperties": {"type": "integer"}}),
            most_members(),
            Expected::AnyAnswer,
        ),
        case(
            "the maximum number of members, all unexpected",
            json!({"type": "object", "additionalProperties": false}),
            most_members(),
            Expected::DataRefused,
        ),
        case(
            "fractions to divide",
            of_x(&json!({"items": {"multipleOf": 1e-7}})),
            full_of("1e300"),
            Expected::AnyAnswer,
        ),
        case(
            "a choice of 4,900 for each item",
            of_x(&json!({"items": {"enum": (0..4_900).collect::<Vec<_>>()}})),
            full_of("-1"),
            Expected::DataRefused,
        ),
    ]
}

/// Ten shapes. The number 1 matches none of the first nine.
fn shapes(last: Value) -> Vec<Value> {
    let mut shapes = vec![json!({"minimum": 2}); 9];
    shapes.push(last);
    shapes
}

fn most_members() -> String {
    let members: Vec<String> = (0..26_000).map(|n| format!(r#""{n}":1"#)).collect();
    format!("{{{}}}", members.join(","))
}

pub(super) fn patterns() -> Vec<HostileCase> {
    let many = |count: usize, pattern: &str| {
        of_x(&json!({"allOf": (0..count).map(|n| json!({"pattern": format!("{pattern}{n}?")})).collect::<Vec<_>>()}))
    };
    let text = |of: &str| format!(r#"{{"x":"{}"}}"#, of.repeat((MAX_DATA_BYTES - 10) / of.len()));
    let named = |count: usize| {
        let patterns: Map<String, Value> =
            (0..count).map(|n| (format!("^[0-9]*{n}$"), json!({"type": "integer"}))).collect();
        json!({"type": "object", "patternProperties": patterns})
    };
    let formats: Vec<Value> = Format::ALL.iter().map(|format| json!({"format": format.name()})).collect();
    let formats = of_x(&json!({"anyOf": formats}));
    // Invalid only because of the last character.
    let almost_an_address = |of: &str| format!(r#"{{"x":"a:{}\\"}}"#, of.repeat((MAX_DATA_BYTES - 20) / of.len()));
    // Random text, so that a lazily built automaton never meets the same state twice.
    let mut state = 12_345_u32;
    let noise: String = (0..MAX_DATA_BYTES - 10)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if state >> 30 & 1 == 1 { 'a' } else { 'b' }
        })
        .collect();
    vec![
        case("500 large patterns", many(500, r"^\p{L}{60}$"), text("a"), Expected::SchemaRefused),
        case("200 large patterns", many(200, r"^\p{L}{60}$"), text("a"), Expected::SchemaRefused),
        case(
            "one pattern of counted repetitions",
            many(1, "(((a{99}){99}){99}){99}"),
            text("a"),
            Expected::SchemaRefused,
        ),
        case("exponential for a backtracking engine", many(1, "^(a+)+$"), text("a"), Expected::AnyAnswer),
        case(
            "backtracking with a mismatch at the end",
            of_x(&json!({"pattern": "^(a|aa)+$"})),
            r#"{"x":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"}"#,
            Expected::DataRefused,
        ),
        case(
            "an automaton that does not fit into its cache",
            of_x(&json!({"pattern": "(a|b)*a(a|b){200}c"})),
            format!(r#"{{"x":"{noise}"}}"#),
            Expected::DataRefused,
        ),
        case(
            "repetitions within repetitions",
            of_x(&json!({"pattern": "([ab]{1,30}){1,30}c"})),
            format!(r#"{{"x":"{noise}"}}"#),
            Expected::DataRefused,
        ),
        case(
            "a pattern missed at the end of the longest text",
            of_x(&json!({"pattern": "^[^@]+@[^@]+$"})),
            text("a"),
            Expected::DataRefused,
        ),
        case("every format on the longest text", formats.clone(), almost_an_address("="), Expected::DataRefused),
        case(
            "every format on the longest text, in another script",
            formats,
            almost_an_address("é"),
            Expected::DataRefused,
        ),
        case("lookaround", of_x(&json!({"pattern": "(?=a)"})), "{}", Expected::SchemaRefused),
        case("200 patterns on a long text", many(200, "^[a-z]+"), text("a"), Expected::AnyAnswer),
        case("200 patterns on each of many names", named(200), most_members(), Expected::AnyAnswer),
        case("50 patterns on each of many names", named(50), most_members(), Expected::AnyAnswer),
    ]
}

pub(super) fn wide_schemas() -> Vec<HostileCase> {
    let branches = |keyword: &str, count: usize, branch: Value| of_x(&json!({"items": {keyword: vec![branch; count]}}));
    let required: Vec<String> = (0..4_000).map(|n| format!("f{n}")).collect();
    let properties: Map<String, Value> = (0..2_000).map(|n| (format!("f{n}"), json!(true))).collect();
    let root = full_of("1");
    vec![
        case(
            "1,500 branches for each of 131,000 items",
            branches("allOf", 1_500, json!({"minimum": 0})),
            full_of("1"),
            Expected::DataRefused,
        ),
        case(
            "1,500 branches of which none fits",
            branches("anyOf", 1_500, json!({"minimum": 2})),
            full_of("1"),
            Expected::DataRefused,
        ),
        case(
            "1,500 branches of which none fits, once",
            json!({"type": "object", "anyOf": vec![json!({"minProperties": 2}); 1_500]}),
            root.clone(),
            Expected::DataRefused,
        ),
        case(
            "1,500 branches of which all fit",
            branches("oneOf", 1_500, json!({"minimum": 0})),
            r#"{"x":[1]}"#,
            Expected::DataRefused,
        ),
        case(
            "10 branches for each item",
            branches("oneOf", 10, json!({"minimum": 2})),
            full_of("1"),
            Expected::DataRefused,
        ),
        case(
            "4,000 required fields for each item",
            of_x(&json!({"items": {"required": required}})),
            full_of("{}"),
            Expected::DataRefused,
        ),
        case(
            "2,000 properties for each item",
            of_x(&json!({"items": {"properties": properties}})),
            full_of("{}"),
            Expected::AnyAnswer,
        ),
        case(
            "more values than a schema may hold",
            of_x(&json!({"enum": (0..5_000).collect::<Vec<_>>()})),
            "{}",
            Expected::SchemaRefused,
        ),
        case(
            "a large constant against large data",
            of_x(&json!({"items": {"const": vec![1; 4_000]}})),
            full_of("[1,1,1,1]"),
            Expected::DataRefused,
        ),
        case(
            "a large constant that fits until its end",
            json!({"type": "object", "allOf": vec![json!({"not": {"const": {"x": vec![1; 90]}}}); 50]}),
            root,
            Expected::AnyAnswer,
        ),
    ]
}

/// Long names make long paths. A checker that builds a path for each item needs gigabytes.
pub(super) fn long_names() -> Vec<HostileCase> {
    let name = "n".repeat(110_000);
    let items = vec!["1"; 60_000].join(",");
    let data = format!(r#"{{"{name}":[{items}]}}"#);
    let schema = |of_item: Value| json!({"type": "object", "additionalProperties": {"items": of_item}});
    vec![
        case("a long name around many items", schema(json!({"type": "integer"})), data.clone(), Expected::AnyAnswer),
        case("a long name around many errors", schema(json!({"type": "string"})), data.clone(), Expected::DataRefused),
        case(
            "a long name around many shapes",
            schema(json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})),
            data,
            Expected::AnyAnswer,
        ),
        case(
            "long names in the schema",
            json!({"type": "object", "properties": {name: {"properties": (0..1_000).map(|n| (format!("p{n}"), json!({}))).collect::<Map<_, _>>()}}}),
            "{}",
            Expected::SchemaRefused,
        ),
    ]
}
