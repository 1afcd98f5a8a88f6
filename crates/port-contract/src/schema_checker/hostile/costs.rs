//! Schemas and data that are within the limits, but whose combination is expensive.

use serde_json::{Map, Value, json};

use super::{super::of_x, Expected, HostileCase, case};

/// `keyword` of many shapes, wrapped a number of times.
fn nested(keyword: &str, wraps: usize, shapes: usize, leaf: &Value) -> Value {
    (0..wraps).fold(json!({keyword: vec![leaf; shapes]}), |inner, _| json!({keyword: [inner]}))
}

/// An object with one member.
fn member(name: &str, value: &Value) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), value.clone())]))
}

fn hostile(name: &str, x: &Value, data: &Value) -> HostileCase {
    case(name, of_x(x), json!({"x": data}).to_string(), Expected::AnyAnswer)
}

pub(super) fn products() -> Vec<HostileCase> {
    let no_member = json!({"additionalProperties": {"type": "string"}});
    let quotes = |count: usize| member(&"\"".repeat(count), &json!(1));
    let mut cases: Vec<HostileCase> = ["anyOf", "oneOf", "allOf"]
        .into_iter()
        .flat_map(|keyword| {
            let schema = nested(keyword, 15, 1_000, &no_member);
            [
                hostile(&format!("a long name under nested {keyword}"), &schema, &quotes(130_000)),
                hostile(&format!("a name of 8 KB under nested {keyword}"), &schema, &quotes(4_000)),
            ]
        })
        .collect();
    let many: Map<String, Value> = (0..20_000).map(|n| (n.to_string(), json!(1))).collect();
    cases.push(hostile("many names under nested anyOf", &nested("anyOf", 15, 1_000, &no_member), &many.into()));
    cases.extend(long_strings());
    cases.extend(rows());
    cases
}

fn long_strings() -> Vec<HostileCase> {
    let text = |end: usize| format!("{}{end}", "a".repeat(12_000));
    let choices: Vec<String> = (0..9).map(text).collect();
    let wrong: Vec<String> = (10..30).map(|end| text(end)[1..].to_owned()).collect();
    let names: Map<String, Value> = (10..30).map(|end| (text(end)[1..].to_owned(), json!(1))).collect();
    let mut against_enum = of_x(&json!({"items": nested("anyOf", 5, 500, &json!({"$ref": "#/definitions/long"}))}));
    against_enum["definitions"] = json!({"long": {"enum": choices}});
    vec![
        case("long strings against enum", against_enum, json!({"x": wrong}).to_string(), Expected::AnyAnswer),
        hostile(
            "long names against propertyNames",
            &nested("anyOf", 10, 190, &json!({"propertyNames": {"pattern": "^(a|b)*c$"}})),
            &names.into(),
        ),
    ]
}

fn rows() -> Vec<HostileCase> {
    let row = |last: usize| json!([vec![7; 40], {"name": "a".repeat(40), "last": last}]);
    let rows = |count: usize| (0..count).map(row).collect::<Value>();
    let unique = json!({"uniqueItems": true, "maxItems": 1});
    vec![
        hostile("rows of 12 KB under uniqueItems", &nested("anyOf", 10, 1_000, &unique), &rows(70)),
        hostile("rows of 250 KB under uniqueItems", &nested("anyOf", 10, 1_000, &unique), &rows(1_400)),
    ]
}

pub(super) fn compiling() -> Vec<HostileCase> {
    let patterns = |count: usize, pattern: &dyn Fn(usize) -> String| {
        let properties: Map<String, Value> =
            (0..count).map(|n| (format!("p{n}"), json!({"type": "string", "pattern": pattern(n)}))).collect();
        json!({"type": "object", "properties": properties})
    };
    let classes = patterns(200, &|_| format!("[{}]", r"\p{L}\P{L}".repeat(50)));
    let mut cases = vec![case("200 expensive classes", classes, "{}", Expected::AnyAnswer)];
    cases.extend((0..4).map(|number| {
        let schema = patterns(38, &|n| format!(r"^\p{{L}}+{number}{n}$"));
        case(&format!("expensive schema {number} of four in turn"), schema, r#"{"p1":"a"}"#, Expected::AnyAnswer)
    }));
    let mut examples = of_x(&nested("anyOf", 16, 1_000, &json!({"additionalProperties": {"type": "string"}})));
    let example = |n: usize| json!({"x": member(&format!("{}{n}", "\"".repeat(3_900)), &json!(1))});
    examples["examples"] = (0..8).map(example).collect();
    cases.push(case("expensive examples", examples, "{}", Expected::AnyAnswer));
    cases
}
