use ports::SchemaChecker;
use schema::{Schema, json::JsonText};
use serde_json::json;

use super::{accepted, assert_compiles, caller, document, errors, of_x, random::Random};

/// A pattern, strings that it matches, and strings that it does not match, by ECMA-262.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

const ROWS: &[Row] = &[
    // Class escapes within a class.
    (r"^[\w-]+$", &["a-b_C9", "-"], &["", "a b", "é", "["]),
    (r"^[\s\S]$", &["a", "\n", "\u{1f600}"], &["", "ab"]),
    (r"[\s\S]*", &["", "a\nb"], &[]),
    (r"^[\d\D]+$", &["1a\n"], &[""]),
    (r"^[\w\W]$", &["é", "a"], &[""]),
    (r"^[\w.]+$", &["a.b"], &["a-b", ""]),
    (r"^[a-z\d]+$", &["abc123"], &["ABC", "٣"]),
    (r"[^\s]", &["a", " a "], &["", " \t\n\u{feff}\u{2028}"]),
    (r"[\d]", &["a1"], &["", "a", "d"]),
    (r"^[\D]$", &["a", "٣"], &["1", ""]),
    (r"^[^\D]$", &["1"], &["a"]),
    (r"^[^\W]$", &["a", "_"], &["-", "é"]),
    (r"^[^\S]$", &[" ", "\u{a0}"], &["a", "\u{85}"]),
    (r"^[\S]$", &["a", "\u{85}", "\u{180e}"], &[" ", "\u{3000}"]),
    (r"[^\s\S]", &[], &["", "a", "\n"]),
    (r"^[\w.+-]+@[\w-]+\.[\w.-]+$", &["a.b+c@d-e.f.g"], &["a@b", "a b@c.d", "@c.d"]),
    (r"^[\p{L}\d]+$", &["é1", "日"], &["-", ""]),
    (r"^[\p{L}\p{N}_-]+$", &["é٣_-"], &[" "]),
    (r"^[\P{L}]+$", &["1-"], &["a"]),
    (r"^[^\p{L}\s]+$", &["1-"], &["a", " "]),
    (r"^[^\d\s]+$", &["ab"], &["1", " ", ""]),
    (r"^[a-\d]+$", &["a-1"], &["b"]),
    (r"^[\d-z]+$", &["1-z"], &["a"]),
    (r"^[\w--z]+$", &["a-z"], &[".", "{"]),
    (r"^[\d\-x]+$", &["1-x"], &["y"]),
    // Syntax of the engine within a class that is none in ECMA-262.
    (r"^[a&&b]+$", &["a&b"], &["c"]),
    (r"^[a-z--b]+$", &["az", "-", "0", "A"], &["{", "!"]),
    (r"^[a~~b]+$", &["a~b"], &["c"]),
    (r"^[[]$", &["["], &["a", "[["]),
    (r"^[[a]]$", &["[]", "a]"], &["a", "["]),
    (r"^[[:alpha:]]$", &["a]", ":]", "[]"], &["a", "b"]),
    (r"^[\[\]]+$", &["[]"], &["a"]),
    (r"^[]$", &[], &["", "a"]),
    (r"^[^]$", &["a", "\n", "]"], &["", "ab"]),
    (r"^[\b]$", &["\u{8}"], &["b", ""]),
    (r"^[.*+?(){}|^$#]+$", &[".*+?(){}|^$#"], &["a"]),
    (r"^[\^a]+$", &["^a"], &["b"]),
    (r"^[+--]+$", &["+,-"], &["."]),
    (r"^[-a]+[a-]+$", &["-a-"], &["b"]),
    (r"^[ -~]+$", &["a [~]"], &["é", "\n"]),
    // Escapes of one character.
    (r"^\/\-\_\@\#$", &["/-_@#"], &["a"]),
    (r"^\cA\ca\cJ$", &["\u{1}\u{1}\n"], &["cA"]),
    (r"^[\cA-\cC]$", &["\u{2}"], &["c", "A"]),
    (r"^\x41\u0041\u{41}\u{000041}$", &["AAAA"], &["x41"]),
    (r"^[\x41-\u0043]$", &["B"], &["x", "D"]),
    (r"^\u{1F600}$", &["\u{1f600}"], &["u"]),
    (r"^\uD83D\uDE00$", &["\u{1f600}"], &["a"]),
    (r"^[\uD83D\uDE00-\uD83D\uDE02]$", &["\u{1f601}"], &["\u{1f603}"]),
    (r"^.$", &["\u{1f600}", "a", "\u{85}"], &["\n", "\r", "\u{2028}", "\u{2029}", ""]),
    (r"^\0\t\n\v\f\r$", &["\0\t\n\u{b}\u{c}\r"], &["0tnvfr"]),
    (r"^\\d$", &["\\d"], &["1"]),
    (r"^\$\.\^$", &["$.^"], &["a"]),
    // Anchors match only at the ends of the string.
    ("^a$", &["a"], &["a\n", "\na", "b\na", "aa"]),
    ("a$", &["ba"], &["a\nb", "a\n"]),
    ("^", &["", "a"], &[]),
    ("^a|b$", &["ax", "xb"], &["xa", "bx"]),
    (r"\bfoo\b", &["a foo.", "foo"], &["afoo", "foo_"]),
    (r"^\B.\B$", &["-"], &["a"]),
    // Patterns that a checker may match without its engine.
    (r"^\S*$", &["", "ab", "\u{85}"], &["a b", "\u{a0}", "\u{feff}"]),
    ("^abc", &["abcd"], &["xabc", "ab"]),
    ("^a/b_c-1$", &["a/b_c-1"], &["a/b_c-1\n", "a/b_c-12"]),
    (r"^\$ref$", &["$ref"], &["ref", "$refs"]),
    ("^(a|b-c)$", &["a", "b-c"], &["b", "a\n", "(a|b-c)"]),
    ("^(a)|(b)$", &["ax", "xb"], &["xa", "bx"]),
    (r"^(\.|/)$", &[".", "/"], &["a"]),
    // Groups and quantifiers.
    (r"^(?<year>\d{4})-(?<month>\d{2})$", &["2025-10"], &["25-10"]),
    ("^(?:a|b)*?c$", &["c", "abac"], &["ab"]),
    (r"^[\w]{2,3}$", &["ab", "abc"], &["a", "abcd"]),
    ("^a{0}b?$", &["", "b"], &["a"]),
    ("^(|a)+$", &["", "aa"], &["b"]),
    ("^{x}$", &["{x}"], &["x"]),
];

/// Patterns match as in ECMA-262, in `pattern` and in `patternProperties`.
pub async fn patterns_match_as_in_ecma_262(checker: &dyn SchemaChecker) {
    for (pattern, matched, unmatched) in ROWS {
        let schema = of_x(&json!({"pattern": pattern, "patternProperties": {*pattern: false}}));
        assert_compiles(checker, &accepted(&schema), pattern).await;
        for (texts, matches) in [(matched, true), (unmatched, false)] {
            for text in *texts {
                let found = errors(checker, &schema, &json!({"x": text})).await;
                assert_eq!(found.is_empty(), matches, "{pattern} with {text:?}: {found:?}");
                let found = errors(checker, &schema, &json!({"x": {*text: 1}})).await;
                assert_eq!(found.is_empty(), !matches, "{pattern} with the name {text:?}: {found:?}");
            }
        }
    }
}

const PIECES: [&str; 62] = [
    "a",
    "b",
    "-",
    "^",
    "$",
    "[",
    "]",
    "(",
    ")",
    "(?:",
    "|",
    "*",
    "+",
    "?",
    "{",
    "}",
    ",",
    "{2}",
    ".",
    "&&",
    "~~",
    "--",
    ":",
    "=",
    "!",
    "<",
    " ",
    "é",
    "#",
    "/",
    r"\d",
    r"\D",
    r"\w",
    r"\W",
    r"\s",
    r"\S",
    r"\b",
    r"\B",
    r"\p{L}",
    r"\P{L}",
    r"\x41",
    r"\u0041",
    r"\u{1F600}",
    r"\cA",
    r"\0",
    r"\n",
    r"\-",
    r"\/",
    r"\]",
    r"\[",
    r"\\",
    r"\^",
    "[a-z]",
    "[^a]",
    r"[\w-]",
    r"[^\s]",
    r"[\d.]",
    "[",
    "]",
    "[^",
    "a-z",
    "0",
];

const TEXTS: [&str; 16] =
    ["", "a", "b", "-", "ab", "A", "1", " ", "\n", "é", "[", "]", "^a", "a&b~", "\u{1f600}", "a-1\\"];

/// The checker compiles every pattern that the guard accepts, and matches the same strings as the explanation.
pub async fn random_patterns_agree_with_the_explanation(checker: &dyn SchemaChecker) {
    let mut accepted = 0;
    for seed in 0..700 {
        let mut random = Random(seed);
        let pattern: String = (0..=random.below(7)).map(|_| random.one_of(&PIECES)).collect();
        let text = of_x(&json!({"pattern": pattern})).to_string();
        let Ok(checked) = Schema::parse(JsonText::from_stored(text)) else { continue };
        accepted += 1;
        let plan = checked.schema.plan();
        for text in TEXTS {
            let data = document(&json!({"x": text}));
            let found = checker
                .check_data(&checked.schema, &data, "data", &caller())
                .await
                .expect("the checker compiles what the guard accepts");
            assert_eq!(found, plan.explain(data.value(), "data"), "{pattern} with {text:?}");
        }
    }
    assert!(accepted > 150, "only {accepted} patterns were accepted");
}
