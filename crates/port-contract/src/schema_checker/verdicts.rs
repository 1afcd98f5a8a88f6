use ports::SchemaChecker;
use serde_json::{Value, json};

use super::{accepted, caller, document, document_of, errors, of_x};

/// A schema of one value, in JSON, and values that it admits or not, as JSON arrays.
pub(super) struct Case {
    pub(super) name: &'static str,
    schema: &'static str,
    fits: &'static str,
    fails: &'static str,
}

impl Case {
    pub(super) fn schema(&self) -> Value {
        of_x(&serde_json::from_str(self.schema).expect("JSON"))
    }
}

const fn case(name: &'static str, schema: &'static str, fits: &'static str, fails: &'static str) -> Case {
    Case { name, schema, fits, fails }
}

pub(super) const CASES: &[Case] = &[
    case("true", "true", "[1, null, {}]", "[]"),
    case("false", "false", "[]", "[1, null, {}]"),
    case("empty", "{}", "[1, \"\", []]", "[]"),
    case("type", r#"{"type":"string"}"#, r#"["", "a"]"#, "[1, null, [], {}, true]"),
    case("types", r#"{"type":["integer","null"]}"#, "[1, null, 2.0, -0.0, 1e3]", r#"[1.5, "1", false]"#),
    case("number", r#"{"type":"number"}"#, "[1, 1.5, -1e300]", r#"["1"]"#),
    case(
        "enum",
        r#"{"enum":[1,"a",[1],{"b":2},null]}"#,
        r#"[1, 1.0, "a", [1.0], {"b":2.0}, null]"#,
        r#"[2, "b", [], {"b":3}, false]"#,
    ),
    case("enum without choices", r#"{"enum":[]}"#, "[]", "[1, null]"),
    case("const", r#"{"const":{"a":[1,false]}}"#, r#"[{"a":[1.0,false]}]"#, r#"[{"a":[1,0]}, {"a":[1]}, null]"#),
    case("const null", r#"{"const":null}"#, "[null]", "[0, false, \"\"]"),
    case(
        "const with keywords in it",
        r#"{"const":{"$ref":5,"$id":"::","type":"x"}}"#,
        r#"[{"$ref":5,"$id":"::","type":"x"}]"#,
        "[1, {}]",
    ),
    case(
        "enum with keywords in it",
        r##"{"enum":[{"$ref":"#/nowhere"},{"properties":1}]}"##,
        r##"[{"$ref":"#/nowhere"}]"##,
        "[1, {}]",
    ),
    case("minimum", r#"{"minimum":1.5}"#, r#"[1.5, 2, "a"]"#, "[1.4, -2]"),
    case(
        "minimum past what a double holds",
        r#"{"minimum":9007199254740993}"#,
        "[9007199254740993]",
        "[9007199254740992]",
    ),
    case("exclusiveMinimum", r#"{"exclusiveMinimum":1}"#, "[1.1, 2, null]", "[1, 1.0, 0]"),
    case("maximum", r#"{"maximum":3}"#, "[3, 3.0, -9, []]", "[3.5, 4]"),
    case("exclusiveMaximum", r#"{"exclusiveMaximum":3.0}"#, "[2.9]", "[3, 4]"),
    case("multipleOf", r#"{"multipleOf":0.01}"#, r#"[19.99, 0, -4.5, 1e300, "a"]"#, "[0.005, 19.991]"),
    case("multipleOf whole", r#"{"multipleOf":3}"#, "[0, 9, -3, 3.0]", "[1, 3.5]"),
    case("minLength", r#"{"minLength":2}"#, r#"["ab", "é日", 1]"#, r#"["", "日"]"#),
    case("maxLength", r#"{"maxLength":2.0}"#, r#"["", "日本", 12345]"#, r#"["abc"]"#),
    case("pattern", r#"{"pattern":"^\\d{2}-\\w+$"}"#, r#"["12-a_B", 1]"#, r#"["12-é", "1-a", "٣٣-a"]"#),
    case("pattern anywhere", r#"{"pattern":"b+"}"#, r#"["abc"]"#, r#"["ac", ""]"#),
    case("pattern that is a prefix", r#"{"pattern":"^x-"}"#, r#"["x-a"]"#, r#"["ax-"]"#),
    case("pattern of choices", r#"{"pattern":"^(red|green)$"}"#, r#"["red","green"]"#, r#"["reds","blue"]"#),
    case("pattern of white space", r#"{"pattern":"^\\S*$"}"#, r#"["ab",""]"#, r#"["a b","\u00a0"]"#),
    case("format", r#"{"format":"email"}"#, r#"["a@b.c", 1, null]"#, r#"["a", "a@", ""]"#),
    case("format date", r#"{"format":"date"}"#, r#"["2024-02-29"]"#, r#"["2023-02-29"]"#),
    case("format date-time", r#"{"format":"date-time"}"#, r#"["2025-10-20T10:00:00Z"]"#, r#"["2025-10-20"]"#),
    case("format uri", r#"{"format":"uri"}"#, r#"["https://a.b/c?d#e"]"#, r#"["/a", "a b"]"#),
    case("format that is not checked", r#"{"format":"idn-hostname"}"#, r#"["//", ""]"#, "[]"),
    case("items", r#"{"items":{"type":"integer"}}"#, r#"[[], [1,2], "a", {}]"#, "[[1,1.5], [null]]"),
    case(
        "items in order",
        r#"{"items":[{"type":"integer"},{"type":"string"}]}"#,
        r#"[[], [1], [1,"a",null]]"#,
        r#"[["a"], [1,2]]"#,
    ),
    case(
        "additionalItems",
        r#"{"items":[true],"additionalItems":{"type":"integer"}}"#,
        r#"[["a",1,2], ["a"]]"#,
        r#"[["a",1,"b"]]"#,
    ),
    case("additionalItems false", r#"{"items":[true],"additionalItems":false}"#, r#"[["a"], []]"#, "[[1,2]]"),
    case("additionalItems alone", r#"{"additionalItems":false}"#, "[[1,2,3]]", "[]"),
    case("items false", r#"{"items":false}"#, "[[]]", "[[1]]"),
    case("minItems", r#"{"minItems":1}"#, "[[1], {}]", "[[]]"),
    case("maxItems", r#"{"maxItems":1}"#, "[[], [1]]", "[[1,2]]"),
    case(
        "uniqueItems",
        r#"{"uniqueItems":true}"#,
        r#"[[], [1,"1",true,null,[1],{"a":1}], 1]"#,
        r#"[[1,1.0], [[1],[1.0]], [{"a":1,"b":2},{"b":2,"a":1}], ["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","a"]]"#,
    ),
    case("uniqueItems false", r#"{"uniqueItems":false}"#, "[[1,1]]", "[]"),
    case("contains", r#"{"contains":{"const":2}}"#, r#"[[1,2], "a"]"#, "[[], [1]]"),
    case("contains false", r#"{"contains":false}"#, "[1]", "[[], [1]]"),
    case("minProperties", r#"{"minProperties":1}"#, r#"[{"a":1}, []]"#, "[{}]"),
    case("maxProperties", r#"{"maxProperties":1}"#, r#"[{}, {"a":1}]"#, r#"[{"a":1,"b":2}]"#),
    case("required", r#"{"required":["a","b"]}"#, r#"[{"a":null,"b":1}, 1, []]"#, r#"[{}, {"a":1}]"#),
    case(
        "properties",
        r#"{"properties":{"a":{"type":"integer"},"b":false}}"#,
        r#"[{}, {"a":1,"c":"x"}, 3]"#,
        r#"[{"a":"1"}, {"b":1}]"#,
    ),
    case(
        "patternProperties",
        r#"{"patternProperties":{"^x-":{"type":"integer"}}}"#,
        r#"[{"x-a":1,"y":"a"}]"#,
        r#"[{"x-a":"a"}]"#,
    ),
    case(
        "additionalProperties",
        r#"{"properties":{"a":{}},"patternProperties":{"^x":{}},"additionalProperties":{"type":"null"}}"#,
        r#"[{"a":1,"xb":2,"c":null}]"#,
        r#"[{"c":1}]"#,
    ),
    case(
        "additionalProperties false",
        r#"{"properties":{"a":{}},"additionalProperties":false}"#,
        r#"[{}, {"a":1}]"#,
        r#"[{"b":1}]"#,
    ),
    case(
        "properties and a pattern",
        r#"{"properties":{"ab":{"minimum":3}},"patternProperties":{"^a":{"maximum":5}}}"#,
        r#"[{"ab":4}]"#,
        r#"[{"ab":2}, {"ab":6}]"#,
    ),
    case(
        "patterns that are the same in the engine's syntax",
        r#"{"patternProperties":{"a":{"minimum":3},"\\u0061":{"maximum":5}}}"#,
        r#"[{"a":4}]"#,
        r#"[{"a":2}, {"a":6}]"#,
    ),
    case("propertyNames", r#"{"propertyNames":{"maxLength":2}}"#, r#"[{"ab":1}, {}, "abc"]"#, r#"[{"abc":1}]"#),
    case("propertyNames false", r#"{"propertyNames":false}"#, "[{}]", r#"[{"a":1}]"#),
    case(
        "dependencies",
        r#"{"dependencies":{"a":["b","c"],"d":{"minProperties":3}}}"#,
        r#"[{}, {"a":1,"b":1,"c":1}, {"b":1}, {"d":1,"x":1,"y":1}, []]"#,
        r#"[{"a":1,"b":1}, {"d":1}]"#,
    ),
    case("dependencies false", r#"{"dependencies":{"a":false}}"#, r#"[{}, {"b":1}]"#, r#"[{"a":1}]"#),
    case("allOf", r#"{"allOf":[{"minimum":1},{"maximum":2}]}"#, "[1, 2]", "[0, 3]"),
    case(
        "allOf and dependencies",
        r#"{"allOf":[{"minProperties":1}],"dependencies":{"a":["b"]}}"#,
        r#"[{"b":1}, {"a":1,"b":1}]"#,
        r#"[{}, {"a":1}]"#,
    ),
    case("anyOf", r#"{"anyOf":[{"type":"string"},{"minimum":2}]}"#, r#"["a", 2, null]"#, "[1]"),
    case("oneOf", r#"{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}"#, "[2, 3]", r#"[6, 1, "a"]"#),
    case("not", r#"{"not":{"type":"string"}}"#, "[1, null]", r#"["a"]"#),
    case("not not", r#"{"not":{"not":{"minimum":2}}}"#, "[2]", "[1]"),
    case(
        "if then else",
        r#"{"if":{"minimum":10},"then":{"multipleOf":10},"else":{"maximum":5}}"#,
        "[20, 5]",
        "[15, 7]",
    ),
    case("if then", r#"{"if":{"type":"string"},"then":{"minLength":2}}"#, r#"["ab", 1]"#, r#"["a"]"#),
    case("if alone", r#"{"if":false}"#, "[1]", "[]"),
    case("then alone", r#"{"then":false,"else":false}"#, "[1]", "[]"),
    case(
        "unknown keywords",
        r#"{"unevaluatedProperties":false,"dependentRequired":{"a":["b"]},"minContains":9,"$anchor":"x","contentMediaType":"application/json","contentEncoding":"base64"}"#,
        r#"[{"a":1}, "{", [1]]"#,
        "[]",
    ),
    case(
        "annotations",
        r#"{"title":"T","description":"D","default":{"$ref":1},"examples":[{"type":"x"}],"$comment":"c","readOnly":true}"#,
        "[1]",
        "[]",
    ),
];

/// Draft-07, keyword by keyword.
pub async fn draft_07_is_what_is_checked(checker: &dyn SchemaChecker) {
    for case in CASES {
        let schema = case.schema();
        for (values, fits) in [(case.fits, true), (case.fails, false)] {
            let values: Vec<Value> = serde_json::from_str(values).expect("JSON");
            for value in values {
                let found = errors(checker, &schema, &json!({"x": value})).await;
                assert_eq!(found.is_empty(), fits, "{}: {value} gave {found:?}", case.name);
            }
        }
    }
}

/// `$ref` leads where its JSON pointer says, as often as the data asks.
pub async fn references_are_followed(checker: &dyn SchemaChecker) {
    let tree = json!({
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "children": {"type": "array", "items": {"$ref": "#"}}},
    });
    let fits = json!({"name": "a", "children": [{"name": "b", "children": [{"name": "c"}]}]});
    assert_eq!(errors(checker, &tree, &fits).await, []);
    let fails = json!({"name": "a", "children": [{"name": "b", "children": [{"name": 1}, {}]}]});
    assert_eq!(errors(checker, &tree, &fails).await.len(), 2);

    let odd = json!({
        "type": "object",
        "definitions": {
            "a/b": {"x~y": {"type": "integer"}},
            "p%q é": {"$ref": "#/definitions/chained"},
            "chained": {"type": "null"},
            "never": false,
        },
        "lists": [{"minimum": 3}],
        "properties": {
            "slash": {"$ref": "#/definitions/a~1b/x~0y"},
            "percent": {"$ref": "#/definitions/p%25q%20%C3%A9", "type": "string", "title": "siblings of $ref mean nothing"},
            "list": {"$ref": "#/lists/0"},
            "sibling": {"$ref": "#/properties/list"},
            "boolean": {"$ref": "#/definitions/never"},
        },
    });
    let fits = json!({"slash": 1, "percent": null, "list": 3, "sibling": 4});
    assert_eq!(errors(checker, &odd, &fits).await, []);
    for fails in [
        json!({"slash": "a"}),
        json!({"percent": "a"}),
        json!({"list": 2}),
        json!({"sibling": 2}),
        json!({"boolean": 1}),
    ] {
        assert_eq!(errors(checker, &odd, &fails).await.len(), 1, "{fails}");
    }
}

/// No name of a property keeps it from being checked.
pub async fn names_may_be_anything(checker: &dyn SchemaChecker) {
    for name in [
        "`",
        "a/b",
        "~",
        "~1",
        "%25",
        "%",
        "",
        "é",
        "日本",
        "$ref",
        "$id",
        "type",
        "properties",
        "items",
        "0",
        "#",
        "a b",
        "\"",
        "<>",
        "..",
        "\u{0}",
        "\n",
        "'",
        "{}",
        "^",
        "|",
        "definitions",
        "enum",
        "const",
        "default",
        "required",
    ] {
        let schema = json!({
            "type": "object",
            "properties": {name: {"type": "object", "properties": {name: {"type": "integer"}}}},
            "dependencies": {name: {"minProperties": 1}},
        });
        assert_eq!(errors(checker, &schema, &json!({name: {name: 1}})).await, [], "{name:?}");
        let found = errors(checker, &schema, &json!({name: {name: "a"}})).await;
        assert_eq!(found.len(), 1, "{name:?}: {found:?}");
    }
}

/// Whole numbers are integers whatever their size, and no number is lost on the way.
pub async fn large_numbers_are_numbers(checker: &dyn SchemaChecker) {
    let schema = accepted(&of_x(&json!({"type": "integer", "minimum": 0})));
    for number in ["9007199254740993", "18446744073709551615", "12345678901234567890123", "1e300", "5.0", "0"] {
        let data = document_of(format!(r#"{{"x":{number}}}"#));
        assert_eq!(checker.check_data(&schema, &data, "data", &caller()).await, Ok(Vec::new()), "{number}");
    }
    for number in ["-12345678901234567890123", "0.5", "-1"] {
        let data = document_of(format!(r#"{{"x":{number}}}"#));
        assert_eq!(
            checker.check_data(&schema, &data, "data", &caller()).await.map(|errors| errors.len()),
            Ok(1),
            "{number}"
        );
    }
    let exact = of_x(&json!({"const": 9_007_199_254_740_993_u64}));
    let data = document(&json!({"x": 9_007_199_254_740_993_u64}));
    assert_eq!(checker.check_data(&accepted(&exact), &data, "data", &caller()).await, Ok(Vec::new()));
}
