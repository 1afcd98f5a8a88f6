//! Each limit of the guard with the largest schema within it and the smallest past it.
//!
//! The expensive part applies to the data: to the member `x`, to its items, or to everything in it.

use domain::limits::{
    MAX_JSON_DEPTH, MAX_OPEN_SUBSCHEMAS, MAX_PATTERN_CHARS, MAX_PATTERN_POSITIONS, MAX_REF_CHAIN, MAX_SCHEMA_BYTES,
    MAX_SCHEMA_NODES, MAX_SCHEMA_PATH_BYTES, MAX_SCHEMA_PATTERNS,
};
use schema::{Schema, json::JsonText};
use serde_json::{Map, Value, json};

use super::super::of_x;

/// A limit of the guard.
pub(super) struct Limit {
    pub(super) rule: &'static str,
    /// The largest schema that is accepted.
    pub(super) within: Value,
    /// The smallest schema that is refused.
    pub(super) past: Value,
    /// The beginning of the error's path.
    pub(super) path: &'static str,
    pub(super) message: &'static str,
}

fn limit(rule: &'static str, schemas: [Value; 2], path: &'static str, message: &'static str) -> Limit {
    let [within, past] = schemas;
    Limit { rule, within, past, path, message }
}

/// The schemas that `make` returns for a maximum and for one more.
fn around(max: usize, make: impl Fn(usize) -> Value) -> [Value; 2] {
    [make(max), make(max + 1)]
}

pub(super) fn limits() -> Vec<Limit> {
    let mut limits = sizes();
    limits.extend(patterns());
    limits.extend(graphs());
    limits
}

fn sizes() -> Vec<Limit> {
    vec![
        limit("text of a schema", around(MAX_SCHEMA_BYTES, of_size), "schema", "Larger than 128 KiB"),
        limit(
            "nesting of a schema",
            // The root, its `properties`, and the innermost.
            around(MAX_JSON_DEPTH - 3, |levels| {
                of_x(&(0..levels).fold(json!({"type": "integer"}), |inner, _| json!({"items": inner})))
            }),
            "schema.properties.x.items.items.",
            "Nested deeper than 64 levels",
        ),
        limit(
            "JSON values in a schema",
            // The root, `type`, `properties`, `x`, `items` and `enum`.
            around(MAX_SCHEMA_NODES - 6, |values| of_x(&json!({"items": {"enum": (0..values).collect::<Vec<_>>()}}))),
            "schema",
            "More than 5000 JSON values in the schema",
        ),
        limit(
            "paths to all subschemas together",
            around(MAX_SCHEMA_PATH_BYTES / 50_035 - 1, |fields| {
                let fields: Map<String, Value> =
                    (0..fields).map(|n| (format!("{n:04}"), json!({"type": "integer"}))).collect();
                json!({"type": "object", "properties": {"n".repeat(50_000): {"properties": fields}}})
            }),
            "schema",
            "The paths of all subschemas add up to more than 1024 KiB",
        ),
    ]
}

/// A schema of exactly this size. Each item is compared with long strings that differ only at the end.
fn of_size(bytes: usize) -> Value {
    let mut schema = of_x(&json!({
        "title": "",
        "items": {"enum": (0..1_000).map(|n| format!("{}{n:04}", "a".repeat(120))).collect::<Vec<_>>()},
    }));
    let frame = schema.to_string().len();
    schema["properties"]["x"]["title"] = "t".repeat(bytes - frame).into();
    schema
}

fn patterns() -> Vec<Limit> {
    let many = |count: usize, pattern: &str| of_x(&json!({"allOf": vec![json!({"pattern": pattern}); count]}));
    let one = |pattern: String| of_x(&json!({"pattern": pattern}));
    let letters = |count: usize| one(format!(r"^\p{{L}}{{{count}}}$"));
    let letters_many = |count: usize| many(count, r"^\p{L}+$");
    let path = "schema.properties.x.pattern";
    vec![
        limit(
            "patterns in a schema",
            around(MAX_SCHEMA_PATTERNS, |count| many(count, "^(a|b)+$")),
            "schema",
            "More than 200 patterns in the schema",
        ),
        limit(
            "patterns of names",
            around(MAX_SCHEMA_PATTERNS, |count| {
                let patterns = (0..count).map(|n| (format!("^[0-9]*{n}$"), json!({"type": "integer"})));
                json!({"type": "object", "patternProperties": patterns.collect::<Map<_, _>>()})
            }),
            "schema",
            "More than 200 patterns in the schema",
        ),
        limit(
            "characters of a pattern",
            around(MAX_PATTERN_CHARS, |chars| one(format!("{}{}", "a?".repeat(chars / 2), "b".repeat(chars % 2)))),
            path,
            "Pattern longer than 512 characters",
        ),
        limit(
            "positions of a pattern",
            around(MAX_PATTERN_POSITIONS, |positions| {
                one(format!("(?:[ab]{{40}}){{{}}}{}", positions / 40, "c".repeat(positions % 40)))
            }),
            path,
            "Pattern has more than 2000 positions when its repetitions are written out",
        ),
        limit(
            "groups in groups",
            around(50, |groups| one(format!("{}a{}", "(".repeat(groups), "+)".repeat(groups)))),
            path,
            "Groups nested deeper than 50 in pattern",
        ),
        limit(
            "memory of all patterns",
            around(accepted_max(&letters_many), letters_many),
            "schema",
            "Patterns of the schema compile to more than 2048 KiB",
        ),
        limit(
            "memory of a pattern",
            around(accepted_max(&letters), letters),
            path,
            "Pattern compiles to more than 1024 KiB",
        ),
    ]
}

/// The maximum that the guard accepts, found by trying. For limits on memory as the engine measures it.
fn accepted_max(schema: &impl Fn(usize) -> Value) -> usize {
    let fits = |count: &usize| Schema::parse(JsonText::from_stored(schema(*count).to_string())).is_ok();
    (1..MAX_PATTERN_CHARS).take_while(fits).last().expect("one fits")
}

fn graphs() -> Vec<Limit> {
    let again = json!({"$ref": "#/definitions/n"});
    let recursive = |node: Value| {
        let mut schema = of_x(&again);
        schema["definitions"] = json!({"n": node});
        schema
    };
    let open = |wraps: usize| {
        let node = json!({"properties": {"x": again}, "items": again});
        recursive((0..wraps).fold(node, |inner, _| json!({"allOf": [inner]})))
    };
    vec![
        limit(
            "cycle of in-place applicators",
            [recursive(json!({"properties": {"x": again}})), recursive(json!({"allOf": [again]}))],
            "schema.definitions.n",
            "Leads back to itself without going into the data",
        ),
        limit(
            "'$ref's in a row",
            // The reference in `items` is the first.
            around(MAX_REF_CHAIN - 1, |links| chain(links, |next| json!({"allOf": [next]}))),
            "schema.properties.x.items",
            "More than 16 '$ref's follow one another",
        ),
        limit(
            "subschemas open at once",
            // Each level opens the reference, the `allOf`s around the node, and the node.
            around((MAX_OPEN_SUBSCHEMAS - 1) / MAX_JSON_DEPTH - 2, open),
            "schema",
            "Data of 64 levels would open more than 512 subschemas at once",
        ),
    ]
}

/// The items of `x` refer to `d0`, `d0` to `d1`, and so on, each through what `link` makes of the reference. The last is a
/// number.
fn chain(links: usize, link: impl Fn(Value) -> Value) -> Value {
    let name = |n: usize| json!({"$ref": format!("#/definitions/d{n}")});
    let mut definitions: Map<String, Value> = (0..links).map(|n| (format!("d{n}"), link(name(n + 1)))).collect();
    definitions.insert(format!("d{links}"), json!({"type": "number"}));
    let mut schema = of_x(&json!({"items": name(0)}));
    schema["definitions"] = definitions.into();
    schema
}
