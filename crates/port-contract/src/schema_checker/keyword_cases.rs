//! The keywords, with valid and invalid values.

use serde_json::Value;

use super::of_x;

/// A schema of one value, with valid and invalid values as JSON arrays.
pub(super) struct Case {
    pub(super) name: &'static str,
    schema: &'static str,
    pub(super) valid: &'static str,
    pub(super) invalid: &'static str,
}

impl Case {
    pub(super) fn schema(&self) -> Value {
        of_x(&serde_json::from_str(self.schema).expect("JSON"))
    }
}

const fn case(name: &'static str, schema: &'static str, valid: &'static str, invalid: &'static str) -> Case {
    Case { name, schema, valid, invalid }
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
    case("enum without values", r#"{"enum":[]}"#, "[]", "[1, null]"),
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
        "minimum beyond the precision of a double",
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
    case("pattern with alternatives", r#"{"pattern":"^(red|green)$"}"#, r#"["red","green"]"#, r#"["reds","blue"]"#),
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
        "patterns with the same translation",
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
        r#"{"nullable":true,"discriminator":{},"x-a":1,"minLenght":9,"contentMediaType":"application/json","contentEncoding":"base64"}"#,
        r#"[{"a":1}, "{", [1]]"#,
        "[]",
    ),
    case("exclusiveMinimum as in draft-04", r#"{"minimum":1,"exclusiveMinimum":true}"#, "[1]", "[0]"),
    case(
        "prefixItems",
        r#"{"prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"null"}}"#,
        r#"[[], [1], [1,"a",null], 1]"#,
        r#"[["a"], [1,2], [1,"a",3]]"#,
    ),
    case(
        "prefixItems and no more",
        r#"{"prefixItems":[{"type":"number"}],"items":false}"#,
        "[[], [1]]",
        r#"[["a"], [1,2]]"#,
    ),
    case(
        "dependentRequired, dependentSchemas and dependencies",
        r#"{"dependentRequired":{"a":["b"]},"dependentSchemas":{"a":{"maxProperties":3},"c":false},"dependencies":{"a":["d"]}}"#,
        r#"[{}, {"b":1}, {"a":1,"b":1,"d":1}, []]"#,
        r#"[{"a":1,"b":1}, {"a":1,"d":1}, {"a":1,"b":1,"d":1,"e":1}, {"c":1}]"#,
    ),
    case(
        "annotations",
        r#"{"title":"T","description":"D","default":{"$ref":1},"examples":[{"type":"x"}],"$comment":"c","readOnly":true}"#,
        "[1]",
        "[]",
    ),
];
