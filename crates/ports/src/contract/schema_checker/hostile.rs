use domain::{json::JsonText, limits::DATA_BYTES, schema::Schema};
use serde_json::{Map, Value, json};

use super::{document_of, of_x};
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
/// `hostile_schemas` example.
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
    let mut cases = recursion();
    cases.extend(references());
    cases.extend(large_arrays());
    cases.extend(patterns());
    cases.extend(wide_schemas());
    cases.extend(long_names());
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

fn recursion() -> Vec<Hostile> {
    let wrapped = |times: usize, schema: Value| (0..times).fold(schema, |inner, _| json!({"allOf": [inner]}));
    let tree = |with: Value| {
        let mut tree = json!({"type": "object", "properties": {"x": {"$ref": "#/definitions/node"}}});
        tree["definitions"] = json!({"node": with});
        tree
    };
    let again = json!({"type": "object", "properties": {"x": {"$ref": "#/definitions/node"}}});
    vec![
        case(
            "a reference to itself aborts valico",
            json!({"type": "object", "allOf": [{"$ref": "#"}]}),
            "{}",
            Outcome::SchemaRefused,
        ),
        case(
            "40 nested allOf around a recursion overflow the stack",
            tree(wrapped(25, again.clone())),
            nested_x(64),
            Outcome::SchemaRefused,
        ),
        case("5 nested allOf around a recursion do not", tree(wrapped(5, again.clone())), nested_x(64), Outcome::Fits),
        case(
            "two recursive arms double the work at each level",
            tree(json!({"allOf": [again, again]})),
            nested_x(64),
            Outcome::SchemaRefused,
        ),
        case(
            "so do a name and a pattern that matches it",
            tree(json!({
                "properties": {"x": {"$ref": "#/definitions/node"}},
                "patternProperties": {"^x$": {"$ref": "#/definitions/node"}},
            })),
            nested_x(64),
            Outcome::SchemaRefused,
        ),
        case(
            "and items with contains",
            tree(json!({
                "items": {"$ref": "#/definitions/node"}, "contains": {"$ref": "#/definitions/node"},
            })),
            "{}",
            Outcome::SchemaRefused,
        ),
        case("an honest tree of the deepest nesting", tree(again), nested_x(64), Outcome::Fits),
        case("a cycle of not", tree(json!({"not": {"$ref": "#/definitions/node"}})), "{}", Outcome::SchemaRefused),
        case(
            "a cycle through if",
            tree(json!({"if": {"allOf": [{"$ref": "#/definitions/node"}]}})),
            "{}",
            Outcome::SchemaRefused,
        ),
    ]
}

fn references() -> Vec<Hostile> {
    let chain = |length: usize| {
        let mut definitions = Map::new();
        for link in 0..length {
            definitions.insert(format!("d{link}"), json!({"$ref": format!("#/definitions/d{}", link + 1)}));
        }
        definitions.insert(format!("d{length}"), json!({"type": "string"}));
        json!({"type": "object", "definitions": definitions, "properties": {"x": {"$ref": "#/definitions/d0"}}})
    };
    // Each level uses the next twice, for the same value, or for two members of it, or for the same member.
    let doubled = |levels: usize, level: &dyn Fn(Value) -> Value| {
        let mut definitions = Map::new();
        for link in 0..levels {
            definitions.insert(format!("d{link}"), level(json!({"$ref": format!("#/definitions/d{}", link + 1)})));
        }
        definitions.insert(format!("d{levels}"), json!({"type": "object"}));
        json!({"type": "object", "definitions": definitions, "properties": {"x": {"$ref": "#/definitions/d0"}}})
    };
    let laughs = doubled(15, &|next| json!({"allOf": [next, next, next, next, next, next, next, next, next, next]}));
    let members = doubled(60, &|next| json!({"properties": {"x": next, "y": next}}));
    let same_member = doubled(60, &|next| json!({"allOf": [{"properties": {"x": next}}, {"properties": {"x": next}}]}));
    vec![
        case("a chain of 100 references", chain(100), r#"{"x":"a"}"#, Outcome::SchemaRefused),
        case("a chain of 15 references", chain(14), r#"{"x":"a"}"#, Outcome::Fits),
        case("a billion laughs", laughs, r#"{"x":{}}"#, Outcome::SchemaRefused),
        case("a schema that unfolds to 2^60 subschemas, data that meets 60", members, nested_x(62), Outcome::Fits),
        case(
            "a schema that applies 2^60 subschemas to the innermost value",
            same_member,
            nested_x(62),
            Outcome::DataRefused,
        ),
        case("a remote reference", of_x(&json!({"$ref": "http://127.0.0.1:9/x"})), "{}", Outcome::SchemaRefused),
        case("a file", of_x(&json!({"$ref": "file:///etc/passwd"})), "{}", Outcome::SchemaRefused),
    ]
}

fn large_arrays() -> Vec<Hostile> {
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
        case("uniqueItems over numbers", unique.clone(), different, Outcome::Answered),
        case("uniqueItems over long strings", unique.clone(), long(""), Outcome::Answered),
        case(
            "uniqueItems over arrays",
            unique.clone(),
            format!(r#"{{"x":[{}]}}"#, arrays.join(",")),
            Outcome::Answered,
        ),
        case("uniqueItems over one number 131,000 times", unique, full_of("1"), Outcome::DataRefused),
        case("uniqueItems at each of 60 levels", of_x(&nested), tower, Outcome::Answered),
        case(
            "the most items there can be",
            of_x(&json!({"items": {"type": "integer"}})),
            full_of("1"),
            Outcome::Answered,
        ),
        case(
            "an error in each of them",
            of_x(&json!({"items": {"type": "string"}})),
            full_of("1"),
            Outcome::DataRefused,
        ),
        case(
            "an error in each, within shapes",
            of_x(&json!({"items": {"anyOf": [{"type": "string"}, {"minimum": 2}]}})),
            full_of("1"),
            Outcome::DataRefused,
        ),
        case(
            "the most members there can be",
            json!({"type": "object", "additionalProperties": {"type": "integer"}}),
            most_members(),
            Outcome::Answered,
        ),
        case(
            "as many, all of them unexpected",
            json!({"type": "object", "additionalProperties": false}),
            most_members(),
            Outcome::DataRefused,
        ),
        case("fractions to divide", of_x(&json!({"items": {"multipleOf": 1e-7}})), full_of("1e300"), Outcome::Answered),
        case(
            "a choice of 4,900 for each item",
            of_x(&json!({"items": {"enum": (0..4_900).collect::<Vec<_>>()}})),
            full_of("-1"),
            Outcome::DataRefused,
        ),
    ]
}

fn most_members() -> String {
    let members: Vec<String> = (0..26_000).map(|n| format!(r#""{n}":1"#)).collect();
    format!("{{{}}}", members.join(","))
}

fn patterns() -> Vec<Hostile> {
    let many = |count: usize, pattern: &str| {
        of_x(&json!({"allOf": (0..count).map(|n| json!({"pattern": format!("{pattern}{n}?")})).collect::<Vec<_>>()}))
    };
    let text = |of: &str| format!(r#"{{"x":"{}"}}"#, of.repeat((DATA_BYTES - 10) / of.len()));
    let named = |count: usize| {
        let patterns: Map<String, Value> =
            (0..count).map(|n| (format!("^[0-9]*{n}$"), json!({"type": "integer"}))).collect();
        json!({"type": "object", "patternProperties": patterns})
    };
    // Bits without a pattern, so that a lazily built automaton finds no state twice.
    let mut state = 12_345_u32;
    let noise: String = (0..DATA_BYTES - 10)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if state >> 30 & 1 == 1 { 'a' } else { 'b' }
        })
        .collect();
    vec![
        case("500 large patterns", many(500, r"^\p{L}{60}$"), text("a"), Outcome::SchemaRefused),
        case("200 large patterns", many(200, r"^\p{L}{60}$"), text("a"), Outcome::SchemaRefused),
        case(
            "one pattern of counted repetitions",
            many(1, "(((a{99}){99}){99}){99}"),
            text("a"),
            Outcome::SchemaRefused,
        ),
        case("exponential for a backtracking engine", many(1, "^(a+)+$"), text("a"), Outcome::Answered),
        case(
            "backtracking with a mismatch at the end",
            of_x(&json!({"pattern": "^(a|aa)+$"})),
            r#"{"x":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"}"#,
            Outcome::DataRefused,
        ),
        case(
            "an automaton that does not fit into its cache",
            of_x(&json!({"pattern": "(a|b)*a(a|b){200}c"})),
            format!(r#"{{"x":"{noise}"}}"#),
            Outcome::DataRefused,
        ),
        case(
            "repetitions within repetitions",
            of_x(&json!({"pattern": "([ab]{1,30}){1,30}c"})),
            format!(r#"{{"x":"{noise}"}}"#),
            Outcome::DataRefused,
        ),
        case("lookaround", of_x(&json!({"pattern": "(?=a)"})), "{}", Outcome::SchemaRefused),
        case("200 patterns on a long text", many(200, "^[a-z]+"), text("a"), Outcome::Answered),
        case("200 patterns on each of many names", named(200), most_members(), Outcome::Answered),
        case("50 patterns on each of many names", named(50), most_members(), Outcome::Answered),
    ]
}

fn wide_schemas() -> Vec<Hostile> {
    let branches = |keyword: &str, count: usize, branch: Value| of_x(&json!({"items": {keyword: vec![branch; count]}}));
    let required: Vec<String> = (0..4_000).map(|n| format!("f{n}")).collect();
    let properties: Map<String, Value> = (0..2_000).map(|n| (format!("f{n}"), json!(true))).collect();
    let root = full_of("1");
    vec![
        case(
            "1,500 branches for each of 131,000 items",
            branches("allOf", 1_500, json!({"minimum": 0})),
            full_of("1"),
            Outcome::DataRefused,
        ),
        case(
            "1,500 branches of which none fits",
            branches("anyOf", 1_500, json!({"minimum": 2})),
            full_of("1"),
            Outcome::DataRefused,
        ),
        case(
            "1,500 branches of which none fits, once",
            json!({"type": "object", "anyOf": vec![json!({"minProperties": 2}); 1_500]}),
            root.clone(),
            Outcome::DataRefused,
        ),
        case(
            "1,500 branches of which all fit",
            branches("oneOf", 1_500, json!({"minimum": 0})),
            r#"{"x":[1]}"#,
            Outcome::DataRefused,
        ),
        case(
            "10 branches for each item",
            branches("oneOf", 10, json!({"minimum": 2})),
            full_of("1"),
            Outcome::DataRefused,
        ),
        case(
            "4,000 required fields for each item",
            of_x(&json!({"items": {"required": required}})),
            full_of("{}"),
            Outcome::DataRefused,
        ),
        case(
            "2,000 properties for each item",
            of_x(&json!({"items": {"properties": properties}})),
            full_of("{}"),
            Outcome::Answered,
        ),
        case(
            "more values than a schema may hold",
            of_x(&json!({"enum": (0..5_000).collect::<Vec<_>>()})),
            "{}",
            Outcome::SchemaRefused,
        ),
        case(
            "a large constant against large data",
            of_x(&json!({"items": {"const": vec![1; 4_000]}})),
            full_of("[1,1,1,1]"),
            Outcome::DataRefused,
        ),
        case(
            "a large constant that fits until its end",
            json!({"type": "object", "allOf": vec![json!({"not": {"const": {"x": vec![1; 90]}}}); 50]}),
            root,
            Outcome::Answered,
        ),
    ]
}

/// Names that make paths long: whoever builds a path for each item builds gigabytes.
fn long_names() -> Vec<Hostile> {
    let name = "n".repeat(110_000);
    let items = vec!["1"; 60_000].join(",");
    let data = format!(r#"{{"{name}":[{items}]}}"#);
    let schema = |of_item: Value| json!({"type": "object", "additionalProperties": {"items": of_item}});
    vec![
        case("a long name around many items", schema(json!({"type": "integer"})), data.clone(), Outcome::Answered),
        case("a long name around many errors", schema(json!({"type": "string"})), data.clone(), Outcome::DataRefused),
        case(
            "a long name around many shapes",
            schema(json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})),
            data,
            Outcome::Answered,
        ),
        case(
            "long names in the schema",
            json!({"type": "object", "properties": {name: {"properties": (0..1_000).map(|n| (format!("p{n}"), json!({}))).collect::<Map<_, _>>()}}}),
            "{}",
            Outcome::SchemaRefused,
        ),
    ]
}
